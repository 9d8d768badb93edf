import { blockingStage, linuxFile } from '../../stage.ts';
import { ioport_map, ioread8, ioread16, ioread32, iowrite8, iowrite16, iowrite32 } from '../lib/iomap.ts';
import { pci_conf1_read } from '../pci/direct.ts';
import { PCI_CAP_ID, type PciDev } from '../pci/pci_dev.ts';
import type { GuestCx, Steps } from '../task.ts';
import type { Vring } from './virtio_ring/vring.ts';

const file = linuxFile('guest-kernel', 'drivers/virtio/virtio_pci_modern_dev.c');
const ENODEV = 19;
const EINVAL = 22;

/** Structures that vendor capabilities point to (virtio 1.2, 4.1.4). */
const CAP = { COMMON: 1, NOTIFY: 2, ISR: 3, DEVICE: 4 } as const;
/** Offsets in `struct virtio_pci_cap`, and of the notify capability's multiplier. */
const CAP_FIELD = { TYPE: 3, BAR: 4, OFFSET: 8, LENGTH: 12, MULTIPLIER: 16 } as const;
const BARS = 6;
const FIRST_ID = 0x1000;
const FIRST_MODERN_ID = 0x1040;
const LAST_ID = 0x107f;

/** Offsets in the common configuration structure (virtio 1.2, 4.1.4.3). */
const COMMON = {
  DFSELECT: 0,
  DF: 4,
  GFSELECT: 8,
  GF: 12,
  MSIX: 16,
  NUMQ: 18,
  STATUS: 20,
  Q_SELECT: 22,
  Q_SIZE: 24,
  Q_MSIX: 26,
  Q_ENABLE: 28,
  Q_NOFF: 30,
  Q_DESC: 32,
  Q_AVAIL: 40,
  Q_USED: 48,
} as const;

/** A mapped structure: the cookie of its first byte, and its length. */
interface Mapped {
  readonly cookie: number;
  readonly length: number;
}

/** `struct virtio_pci_modern_device`. */
export interface ModernDevice {
  /** Virtio device id. */
  readonly id: number;
  readonly common: number;
  readonly isr: number;
  readonly device: Mapped | undefined;
  readonly notify: Mapped;
  readonly notify_offset_multiplier: number;
}

/** `virtio_pci_find_capability` and `vp_modern_map_capability`: where a structure lies, undefined where there is none. */
function* mapCapability(cx: GuestCx, dev: PciDev, type: number): Steps<(Mapped & { readonly at: number }) | undefined> {
  for (const at of dev.capabilities.get(PCI_CAP_ID.VENDOR) ?? []) {
    const found = yield* pci_conf1_read(cx, dev.bus, dev.devfn, at + CAP_FIELD.TYPE, 1);
    const bar = yield* pci_conf1_read(cx, dev.bus, dev.devfn, at + CAP_FIELD.BAR, 1);
    const resource = bar < BARS ? dev.bars[bar] : undefined;
    if (found !== type || resource === undefined) {
      continue;
    }
    const offset = yield* pci_conf1_read(cx, dev.bus, dev.devfn, at + CAP_FIELD.OFFSET, 4);
    const length = yield* pci_conf1_read(cx, dev.bus, dev.devfn, at + CAP_FIELD.LENGTH, 4);
    if (offset + length > resource.size) {
      cx.log('error', 'guest-capability-out-of-range', { bar, offset, length });
      return undefined;
    }
    const cookie = resource.io ? ioport_map(resource.address + offset) : resource.address + offset;
    return { at, cookie, length };
  }
  return undefined;
}

/** Finds the structures of a modern device; a negative errno where it is none (-ENODEV) or lacks one (-EINVAL). */
export const vp_modern_probe = blockingStage(file, 'vp_modern_probe', function* (cx: GuestCx, dev: PciDev): Steps<
  ModernDevice | number
> {
  if (dev.device < FIRST_ID || dev.device > LAST_ID) {
    return -ENODEV;
  }
  const common = yield* mapCapability(cx, dev, CAP.COMMON);
  if (common === undefined) {
    cx.log('info', 'guest-leaving-for-legacy-driver', { devfn: dev.devfn });
    return -ENODEV;
  }
  const isr = yield* mapCapability(cx, dev, CAP.ISR);
  const notify = yield* mapCapability(cx, dev, CAP.NOTIFY);
  if (isr === undefined || notify === undefined) {
    cx.log('error', 'guest-missing-capabilities', { devfn: dev.devfn });
    return -EINVAL;
  }
  const device = yield* mapCapability(cx, dev, CAP.DEVICE);
  const multiplier = yield* pci_conf1_read(cx, dev.bus, dev.devfn, notify.at + CAP_FIELD.MULTIPLIER, 4);
  return {
    id: dev.device < FIRST_MODERN_ID ? dev.subsystem_device : dev.device - FIRST_MODERN_ID,
    common: common.cookie,
    isr: isr.cookie,
    device,
    notify,
    notify_offset_multiplier: multiplier,
  };
});

/** Features that the device offers, 64 bits. */
export const vp_modern_get_features = blockingStage(
  file,
  'vp_modern_get_features',
  function* (cx: GuestCx, mdev: ModernDevice): Steps<number> {
    yield* iowrite32(cx, 0, mdev.common + COMMON.DFSELECT);
    const low = yield* ioread32(cx, mdev.common + COMMON.DF);
    yield* iowrite32(cx, 1, mdev.common + COMMON.DFSELECT);
    return low + (yield* ioread32(cx, mdev.common + COMMON.DF)) * 0x100000000;
  },
);

/** Features that the driver takes. */
export const vp_modern_set_features = blockingStage(
  file,
  'vp_modern_set_features',
  function* (cx: GuestCx, mdev: ModernDevice, features: number): Steps<void> {
    yield* iowrite32(cx, 0, mdev.common + COMMON.GFSELECT);
    yield* iowrite32(cx, features % 0x100000000, mdev.common + COMMON.GF);
    yield* iowrite32(cx, 1, mdev.common + COMMON.GFSELECT);
    yield* iowrite32(cx, Math.floor(features / 0x100000000), mdev.common + COMMON.GF);
  },
);

/** Device status. */
export const vp_modern_get_status = blockingStage(
  file,
  'vp_modern_get_status',
  function* (cx: GuestCx, mdev: ModernDevice): Steps<number> {
    return yield* ioread8(cx, mdev.common + COMMON.STATUS);
  },
);

/** Sets the device status. */
export const vp_modern_set_status = blockingStage(
  file,
  'vp_modern_set_status',
  function* (cx: GuestCx, mdev: ModernDevice, status: number): Steps<void> {
    yield* iowrite8(cx, status, mdev.common + COMMON.STATUS);
  },
);

/** Sets the vector of configuration changes; returns what the device then has. */
export const vp_modern_config_vector = blockingStage(
  file,
  'vp_modern_config_vector',
  function* (cx: GuestCx, mdev: ModernDevice, vector: number): Steps<number> {
    yield* iowrite16(cx, vector, mdev.common + COMMON.MSIX);
    return yield* ioread16(cx, mdev.common + COMMON.MSIX);
  },
);

/** Sets a queue's vector; returns what the device then has. */
export const vp_modern_queue_vector = blockingStage(
  file,
  'vp_modern_queue_vector',
  function* (cx: GuestCx, mdev: ModernDevice, index: number, vector: number): Steps<number> {
    yield* iowrite16(cx, index, mdev.common + COMMON.Q_SELECT);
    yield* iowrite16(cx, vector, mdev.common + COMMON.Q_MSIX);
    return yield* ioread16(cx, mdev.common + COMMON.Q_MSIX);
  },
);

/** One 16-bit field of a queue. */
const queueField = (name: string, offset: number) =>
  blockingStage(file, name, function* (cx: GuestCx, mdev: ModernDevice, index: number): Steps<number> {
    yield* iowrite16(cx, index, mdev.common + COMMON.Q_SELECT);
    return yield* ioread16(cx, mdev.common + offset);
  });

/** Length of a queue, 0 where it does not exist. */
export const vp_modern_get_queue_size = queueField('vp_modern_get_queue_size', COMMON.Q_SIZE);
/** Whether a queue is enabled. */
export const vp_modern_get_queue_enable = queueField('vp_modern_get_queue_enable', COMMON.Q_ENABLE);
const vp_modern_get_queue_notify_off = queueField('vp_modern_get_queue_notify_off', COMMON.Q_NOFF);

const setQueueField = (name: string, offset: number) =>
  blockingStage(file, name, function* (cx: GuestCx, mdev: ModernDevice, index: number, value: number): Steps<void> {
    yield* iowrite16(cx, index, mdev.common + COMMON.Q_SELECT);
    yield* iowrite16(cx, value, mdev.common + offset);
  });

/** Sets the length of a queue. */
export const vp_modern_set_queue_size = setQueueField('vp_modern_set_queue_size', COMMON.Q_SIZE);
/** Enables a queue. */
export const vp_modern_set_queue_enable = setQueueField('vp_modern_set_queue_enable', COMMON.Q_ENABLE);

/** Number of queues. */
export const vp_modern_get_num_queues = blockingStage(
  file,
  'vp_modern_get_num_queues',
  function* (cx: GuestCx, mdev: ModernDevice): Steps<number> {
    return yield* ioread16(cx, mdev.common + COMMON.NUMQ);
  },
);

/** Tells the device the three addresses of a queue. */
export const vp_modern_queue_address = blockingStage(
  file,
  'vp_modern_queue_address',
  function* (cx: GuestCx, mdev: ModernDevice, index: number, vring: Vring): Steps<void> {
    yield* iowrite16(cx, index, mdev.common + COMMON.Q_SELECT);
    const parts = [
      [vring.desc, COMMON.Q_DESC],
      [vring.avail, COMMON.Q_AVAIL],
      [vring.used, COMMON.Q_USED],
    ] as const;
    for (const [address, offset] of parts) {
      yield* iowrite32(cx, address % 0x100000000, mdev.common + offset);
      yield* iowrite32(cx, Math.floor(address / 0x100000000), mdev.common + offset + 4);
    }
  },
);

/** Where notifications of a queue go; 0 where its offset is outside the structure. */
export const vp_modern_map_vq_notify = blockingStage(
  file,
  'vp_modern_map_vq_notify',
  function* (cx: GuestCx, mdev: ModernDevice, index: number): Steps<number> {
    const offset = (yield* vp_modern_get_queue_notify_off(cx, mdev, index)) * mdev.notify_offset_multiplier;
    if (offset + 2 > mdev.notify.length) {
      cx.log('warning', 'guest-bad-notification-offset', { queue: index, offset });
      return 0;
    }
    return mdev.notify.cookie + offset;
  },
);

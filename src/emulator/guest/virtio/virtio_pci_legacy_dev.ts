import { blockingStage, linuxFile, stage } from '../../stage.ts';
import { ioport_map, ioread8, ioread16, ioread32, iowrite8, iowrite16, iowrite32 } from '../lib/iomap.ts';
import type { GuestCx, Steps } from '../task.ts';
import type { VirtioPciDevice } from './virtio_pci_common/vp_device.ts';

const file = linuxFile('guest-kernel', 'drivers/virtio/virtio_pci_legacy_dev.c');
const ENODEV = 19;
const EIO = 5;

/** Registers of the legacy interface (include/uapi/linux/virtio_pci.h; virtio 1.2, 4.1.4.10). */
export const LEGACY = {
  HOST_FEATURES: 0,
  GUEST_FEATURES: 4,
  QUEUE_PFN: 8,
  QUEUE_NUM: 12,
  QUEUE_SEL: 14,
  QUEUE_NOTIFY: 16,
  STATUS: 18,
  ISR: 19,
  MSI_CONFIG_VECTOR: 20,
  MSI_QUEUE_VECTOR: 22,
} as const;

/** Legacy and transitional devices have these ids, and revision 0. */
const FIRST_ID = 0x1000;
const LAST_ID = 0x103f;

/** Maps the registers of BAR0; 0, or -ENODEV where this is no legacy device. */
export const vp_legacy_probe = stage(file, 'vp_legacy_probe', (_cx: GuestCx, vpDev: VirtioPciDevice): number => {
  const { pci_dev } = vpDev;
  if (pci_dev.device < FIRST_ID || pci_dev.device > LAST_ID || pci_dev.revision !== 0) {
    return -ENODEV;
  }
  const bar = pci_dev.bars[0];
  if (bar === undefined) {
    return -EIO;
  }
  vpDev.ioaddr.value = bar.io ? ioport_map(bar.address) : bar.address;
  vpDev.isr.value = vpDev.ioaddr.value + LEGACY.ISR;
  return 0;
});

/** Features that the device offers. */
export const vp_legacy_get_features = blockingStage(
  file,
  'vp_legacy_get_features',
  function* (cx: GuestCx, vpDev: VirtioPciDevice): Steps<number> {
    return yield* ioread32(cx, vpDev.ioaddr.value + LEGACY.HOST_FEATURES);
  },
);

/** Features that the driver takes. */
export const vp_legacy_set_features = blockingStage(
  file,
  'vp_legacy_set_features',
  function* (cx: GuestCx, vpDev: VirtioPciDevice, features: number): Steps<void> {
    yield* iowrite32(cx, features, vpDev.ioaddr.value + LEGACY.GUEST_FEATURES);
  },
);

/** Device status. */
export const vp_legacy_get_status = blockingStage(
  file,
  'vp_legacy_get_status',
  function* (cx: GuestCx, vpDev: VirtioPciDevice): Steps<number> {
    return yield* ioread8(cx, vpDev.ioaddr.value + LEGACY.STATUS);
  },
);

/** Sets the device status; 0 resets. */
export const vp_legacy_set_status = blockingStage(
  file,
  'vp_legacy_set_status',
  function* (cx: GuestCx, vpDev: VirtioPciDevice, status: number): Steps<void> {
    yield* iowrite8(cx, status, vpDev.ioaddr.value + LEGACY.STATUS);
  },
);

/** Sets a queue's vector; returns what the device then has. */
export const vp_legacy_queue_vector = blockingStage(
  file,
  'vp_legacy_queue_vector',
  function* (cx: GuestCx, vpDev: VirtioPciDevice, index: number, vector: number): Steps<number> {
    const { value: ioaddr } = vpDev.ioaddr;
    yield* iowrite16(cx, index, ioaddr + LEGACY.QUEUE_SEL);
    yield* iowrite16(cx, vector, ioaddr + LEGACY.MSI_QUEUE_VECTOR);
    return yield* ioread16(cx, ioaddr + LEGACY.MSI_QUEUE_VECTOR);
  },
);

/** Sets the vector of configuration changes; returns what the device then has. */
export const vp_legacy_config_vector = blockingStage(
  file,
  'vp_legacy_config_vector',
  function* (cx: GuestCx, vpDev: VirtioPciDevice, vector: number): Steps<number> {
    const { value: ioaddr } = vpDev.ioaddr;
    yield* iowrite16(cx, vector, ioaddr + LEGACY.MSI_CONFIG_VECTOR);
    return yield* ioread16(cx, ioaddr + LEGACY.MSI_CONFIG_VECTOR);
  },
);

/** Tells the device the page frame number of a queue. */
export const vp_legacy_set_queue_address = blockingStage(
  file,
  'vp_legacy_set_queue_address',
  function* (cx: GuestCx, vpDev: VirtioPciDevice, index: number, pfn: number): Steps<void> {
    const { value: ioaddr } = vpDev.ioaddr;
    yield* iowrite16(cx, index, ioaddr + LEGACY.QUEUE_SEL);
    yield* iowrite32(cx, pfn, ioaddr + LEGACY.QUEUE_PFN);
  },
);

/** Whether a queue has an address already. */
export const vp_legacy_get_queue_enable = blockingStage(
  file,
  'vp_legacy_get_queue_enable',
  function* (cx: GuestCx, vpDev: VirtioPciDevice, index: number): Steps<boolean> {
    const { value: ioaddr } = vpDev.ioaddr;
    yield* iowrite16(cx, index, ioaddr + LEGACY.QUEUE_SEL);
    return (yield* ioread32(cx, ioaddr + LEGACY.QUEUE_PFN)) !== 0;
  },
);

/** Length of a queue, 0 where it does not exist. */
export const vp_legacy_get_queue_size = blockingStage(
  file,
  'vp_legacy_get_queue_size',
  function* (cx: GuestCx, vpDev: VirtioPciDevice, index: number): Steps<number> {
    const { value: ioaddr } = vpDev.ioaddr;
    yield* iowrite16(cx, index, ioaddr + LEGACY.QUEUE_SEL);
    return yield* ioread16(cx, ioaddr + LEGACY.QUEUE_NUM);
  },
);

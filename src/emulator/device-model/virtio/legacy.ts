import { stage } from '../../stage.ts';
import { hazard, pr_err } from '../log.ts';
import { paddr_guest2host } from '../main/guest-memory.ts';
import { pci_lintr_deassert } from '../pci-core/lintr.ts';
import { pci_msix_enabled } from '../pci-core/msix.ts';
import type { PciVdev } from '../pci-core/vdev.ts';
import { type DmCx, NULL } from '../process.ts';
import { acrn_timer_init } from '../timer.ts';
import { file } from './file.ts';
import { vring_size } from './inline.ts';
import { virtio_set_iothread } from './iothread.ts';
import { notifyQueue } from './notify.ts';
import { virtio_poll_timer, virtio_start_timer } from './poll.ts';
import { type ConfigReg, virtio_find_legacy_cr } from './registers.ts';
import {
  BACKEND_VBSU,
  devOf,
  VIRTIO_CONFIG_S_DRIVER_OK,
  VIRTIO_MSI_NO_VECTOR,
  VIRTIO_PCI,
  VIRTIO_PCI_CONFIG_OFF,
  type VirtioBase,
  type VirtioVqInfo,
  VQ_ALLOC,
  vopsOf,
} from './structs.ts';

const ALIGN = 4096;
const CLOCK_MONOTONIC = 1;
/** Offset of `emerg_wr` in the console's configuration (virtio 1.2, 5.3.4). */
const EMERG_WR = 8;

/** All ones of an access's size, what reads of nothing give. */
export const allOnes = (size: number): number => (size === 1 ? 0xff : size === 2 ? 0xffff : 0xffffffff);

const roundUp = (value: number): number => Math.ceil(value / ALIGN) * ALIGN;

/** virtio.c: maps the selected queue's rings, which lie one behind the other from page `pfn` on (virtio 1.2, 2.7.2). */
const virtio_vq_init = stage(
  file,
  'virtio_vq_init',
  (cx: DmCx, base: VirtioBase, vq: VirtioVqInfo, pfn: number): void => {
    vq.pfn.value = pfn;
    const qsize = vq.qsize.value;
    const start = paddr_guest2host(cx, pfn * 4096, vring_size(cx, qsize, ALIGN));
    if (start === NULL) {
      vq.flags.value = 0;
      pr_err(cx, 'vq-enable-failed', {});
      hazard(cx, 'pfn-outside-memory', { queue: base.curq.value, pfn });
      return;
    }
    if (pfn === 0) {
      hazard(cx, 'pfn-zero-maps-ring', { queue: base.curq.value });
    }
    vq.desc.value = start;
    vq.avail.value = start + 16 * qsize;
    vq.used.value = roundUp(start + 16 * qsize + 2 * (3 + qsize));
    vq.last_avail.value = 0;
    vq.save_used.value = 0;
    vq.ownUsed = 0;
    vq.flags.value = VQ_ALLOC;
  },
);

function isrRead(cx: DmCx, base: VirtioBase): number {
  const value = base.isr.value;
  base.isr.value = 0;
  if (value !== 0) {
    cx.world.watch?.(cx, { kind: 'intx_deassert_request' });
    pci_lintr_deassert(cx, devOf(base));
  }
  return value;
}

function readRegister(cx: DmCx, base: VirtioBase, offset: number): number {
  const vq = base.curq.value < vopsOf(base).nvq ? base.queues[base.curq.value] : undefined;
  switch (offset) {
    case VIRTIO_PCI.HOST_FEATURES:
      return base.device_caps.value % 2 ** 32;
    case VIRTIO_PCI.GUEST_FEATURES:
      return base.negotiated_caps.value % 2 ** 32;
    case VIRTIO_PCI.QUEUE_PFN:
      return vq?.pfn.value ?? 0xffffffff;
    case VIRTIO_PCI.QUEUE_NUM:
      return vq?.qsize.value ?? 0;
    case VIRTIO_PCI.QUEUE_SEL:
      return base.curq.value;
    case VIRTIO_PCI.STATUS:
      return base.status.value;
    case VIRTIO_PCI.ISR:
      return isrRead(cx, base);
    case VIRTIO_PCI.MSI_CONFIG_VECTOR:
      return base.msix_cfg_idx.value;
    case VIRTIO_PCI.MSI_QUEUE_VECTOR:
      return vq?.msix_idx.value ?? VIRTIO_MSI_NO_VECTOR;
    default:
      return 0;
  }
}

/** Offset in device configuration, -1 where the access is not (wholly) there: `bad` of the C code. */
function deviceOffset(base: VirtioBase, offset: number, size: number): number {
  const start = VIRTIO_PCI_CONFIG_OFF(pci_msix_enabled(devOf(base)));
  const inside = size === 1 || size === 2 || size === 4;
  return inside && offset >= start && offset - start + size <= vopsOf(base).cfgsize ? offset - start : -1;
}

/** virtio.c: a read of BAR 0. */
export const virtio_pci_legacy_read = stage(
  file,
  'virtio_pci_legacy_read',
  (cx: DmCx, dev: PciVdev, base: VirtioBase, offset: number, size: number): number => {
    const vops = vopsOf(base);
    const inDevice = deviceOffset(base, offset, size);
    if (inDevice >= 0) {
      const value = cx.ptr('(*vops->cfgread)', vops.cfgread)(cx, dev.arg?.vdev ?? base.vdev, inDevice, size);
      if (value !== undefined) {
        return keepUpper(value, size);
      }
    }
    const register = virtio_find_legacy_cr(cx, offset);
    if (register === undefined) {
      pr_err(cx, 'read-bad-offset', { device: vops.name, offset, size });
      return allOnes(size);
    }
    if (register.size !== size) {
      pr_err(cx, 'read-bad-size', { device: vops.name, register: register.name, size });
      return allOnes(size);
    }
    return readRegister(cx, base, offset);
  },
);

/** `memcpy(&value, ptr, size)` into a value that held all ones of that size. */
export const keepUpper = (value: number, size: number): number => (value & allOnes(size)) >>> 0;

/** Logs what is wrong with a write; false where nothing is. */
export function refuseWrite(
  cx: DmCx,
  device: string,
  register: ConfigReg | undefined,
  offset: number,
  size: number,
): boolean {
  if (register === undefined) {
    pr_err(cx, 'write-bad-offset', { device, offset, size });
    return true;
  }
  if (register.size !== size) {
    pr_err(cx, 'write-bad-size', { device, register: register.name, size });
  }
  if (register.ro) {
    pr_err(cx, 'write-read-only', { device, register: register.name });
  }
  return register.size !== size || register.ro;
}

/** virtio.c: the driver wrote the status register (virtio 1.2, 2.1); 0 resets. */
export const virtio_pci_status_handler = stage(
  file,
  'virtio_pci_status_handler',
  (cx: DmCx, base: VirtioBase, value: number): void => {
    const vops = vopsOf(base);
    if (vops.set_status !== undefined) {
      cx.ptr('(*vops->set_status)', vops.set_status)(cx, base.vdev, value);
    }
    if (value === 0) {
      cx.ptr('(*vops->reset)', vops.reset)(cx, base.vdev);
    }
    if (base.backend_type.value !== BACKEND_VBSU) {
      return;
    }
    const polled = cx.world.virtio.poll_enabled.value !== 0;
    const ok = (value & VIRTIO_CONFIG_S_DRIVER_OK) !== 0;
    if (ok && polled) {
      startPolling(cx, base);
    }
    if (base.iothread.value !== 0) {
      virtio_set_iothread(cx, base, ok, polled);
    }
  },
);

function startPolling(cx: DmCx, base: VirtioBase): void {
  if (base.polling_timer.mevp !== undefined) {
    hazard(cx, 'timer-leaked');
  }
  base.polling_timer.clockid.value = CLOCK_MONOTONIC;
  acrn_timer_init(cx, base.polling_timer, virtio_poll_timer, base);
  virtio_start_timer(cx, base.polling_timer, 5, 0);
}

function selectedQueue(cx: DmCx, base: VirtioBase, register: ConfigReg): VirtioVqInfo | undefined {
  const vops = vopsOf(base);
  const vq = base.curq.value < vops.nvq ? base.queues[base.curq.value] : undefined;
  if (vq === undefined) {
    pr_err(cx, 'bad-queue-index', { device: vops.name, register: register.name, curq: base.curq.value, max: vops.nvq });
  }
  return vq;
}

function legacyNotify(cx: DmCx, base: VirtioBase, value: number): void {
  const vops = vopsOf(base);
  const vq = value < vops.nvq ? base.queues[value] : undefined;
  if (vq === undefined) {
    pr_err(cx, 'notify-out-of-range', { device: vops.name, queue: value });
    return;
  }
  notifyQueue(cx, base, vq);
}

/** The legacy transport knows 32 feature bits. */
function writeFeatures(cx: DmCx, base: VirtioBase, value: number): void {
  const vops = vopsOf(base);
  if ((base.status.value & VIRTIO_CONFIG_S_DRIVER_OK) !== 0) {
    hazard(cx, 'features-renegotiated', { status: base.status.value, features: value });
  }
  base.negotiated_caps.value = (value & (base.device_caps.value % 2 ** 32)) >>> 0;
  cx.ptr('(*vops->apply_features)', vops.apply_features)(cx, base.vdev, base.negotiated_caps.value);
}

/** Without MSI-X these offsets are device configuration (virtio 1.2, 4.1.4.10), but only reads go there: no `cfgwrite`. */
function noteVectorWrite(cx: DmCx, base: VirtioBase, register: ConfigReg): void {
  if (!pci_msix_enabled(devOf(base))) {
    hazard(cx, 'vector-written-without-msix', { register: register.name, offset: register.offset });
  }
}

function writeRegister(cx: DmCx, base: VirtioBase, register: ConfigReg, value: number): void {
  switch (register.offset) {
    case VIRTIO_PCI.GUEST_FEATURES:
      writeFeatures(cx, base, value);
      return;
    case VIRTIO_PCI.QUEUE_PFN: {
      const vq = selectedQueue(cx, base, register);
      if (vq !== undefined) {
        virtio_vq_init(cx, base, vq, value);
      }
      return;
    }
    case VIRTIO_PCI.QUEUE_SEL:
      base.curq.value = value;
      return;
    case VIRTIO_PCI.QUEUE_NOTIFY:
      legacyNotify(cx, base, value);
      return;
    case VIRTIO_PCI.STATUS:
      base.status.value = value;
      virtio_pci_status_handler(cx, base, value);
      return;
    case VIRTIO_PCI.MSI_CONFIG_VECTOR:
      noteVectorWrite(cx, base, register);
      base.msix_cfg_idx.value = value;
      return;
    case VIRTIO_PCI.ISR:
      hazard(cx, 'isr-write-ignored', { value });
      return;
    case VIRTIO_PCI.MSI_QUEUE_VECTOR: {
      const vq = selectedQueue(cx, base, register);
      noteVectorWrite(cx, base, register);
      if (vq !== undefined) {
        vq.msix_idx.value = value;
      }
      return;
    }
    default:
      return;
  }
}

/** virtio.c: a write to BAR 0. */
export const virtio_pci_legacy_write = stage(
  file,
  'virtio_pci_legacy_write',
  (cx: DmCx, _dev: PciVdev, base: VirtioBase, offset: number, size: number, value: number): void => {
    const vops = vopsOf(base);
    const inDevice = vops.cfgwrite === undefined ? -1 : deviceOffset(base, offset, size);
    if (inDevice >= 0 && cx.ptr('(*vops->cfgwrite)', vops.cfgwrite)(cx, base.vdev, inDevice, size, value) === 0) {
      return;
    }
    if (inDevice < 0 && deviceOffset(base, offset, size) === EMERG_WR) {
      hazard(cx, 'emergency-write-not-offered', { offset, value });
    }
    const register = virtio_find_legacy_cr(cx, offset);
    if (!refuseWrite(cx, vops.name, register, offset, size) && register !== undefined) {
      writeRegister(cx, base, register, value);
    }
  },
);

import { stage } from '../../stage.ts';
import { pr_err } from '../log.ts';
import type { DmCx } from '../process.ts';
import { virtio_common_cfg_read, virtio_common_cfg_write } from './common-config.ts';
import { virtio_device_cfg_read, virtio_device_cfg_write, virtio_isr_cfg_read } from './device-config.ts';
import { file } from './file.ts';
import { allOnes } from './legacy.ts';
import { notifyQueue } from './notify.ts';
import { type VirtioBase, vopsOf } from './structs.ts';

const CAP = { COMMON: 1, NOTIFY: 2, ISR: 3, DEVICE: 4 } as const;
/** The four regions of BAR 4, each of 4 KiB, in the order of virtio.c's table. */
const regions = [
  { start: 0, id: CAP.COMMON },
  { start: 0x1000, id: CAP.ISR },
  { start: 0x2000, id: CAP.DEVICE },
  { start: 0x3000, id: CAP.NOTIFY },
] as const;

const virtio_get_cap_id = stage(
  file,
  'virtio_get_cap_id',
  (_cx: DmCx, offset: number, size: number): number =>
    regions.find(({ start }) => offset >= start && offset + size <= start + 0x1000)?.id ?? -1,
);

/** Region of an access, -1 with a line logged where size or place is wrong. */
function regionOf(cx: DmCx, base: VirtioBase, bar: number, offset: number, size: number): number {
  const device = vopsOf(base).name;
  if (size !== 1 && size !== 2 && size !== 4) {
    pr_err(cx, 'modern-bad-size', { device, bar, offset, size });
    return -1;
  }
  const id = virtio_get_cap_id(cx, offset, size);
  if (id < 0) {
    pr_err(cx, 'modern-bad-range', { device, bar, offset, size });
  }
  return id;
}

/** virtio.c: a read of BAR 4. */
export const virtio_pci_modern_mmio_read = stage(
  file,
  'virtio_pci_modern_mmio_read',
  (cx: DmCx, base: VirtioBase, bar: number, offset: number, size: number): number => {
    const within = offset % 0x1000;
    switch (regionOf(cx, base, bar, offset, size)) {
      case -1:
        return allOnes(size);
      case CAP.COMMON:
        return virtio_common_cfg_read(cx, base, within, size);
      case CAP.ISR:
        return virtio_isr_cfg_read(cx, base);
      case CAP.DEVICE:
        return virtio_device_cfg_read(cx, base, within, size);
      default:
        pr_err(cx, 'modern-not-supported', { device: vopsOf(base).name, bar, offset, size });
        return allOnes(size);
    }
  },
);

/** virtio.c: a write to the notify region of BAR 4: the place says which queue, the value is ignored. */
export const virtio_notify_cfg_write = stage(
  file,
  'virtio_notify_cfg_write',
  (cx: DmCx, base: VirtioBase, offset: number): void => {
    const idx = Math.floor(offset / 4);
    const vq = idx < vopsOf(base).nvq ? base.queues[idx] : undefined;
    if (vq === undefined) {
      pr_err(cx, 'notify-out-of-range', { device: vopsOf(base).name, queue: idx });
    } else {
      notifyQueue(cx, base, vq);
    }
  },
);

/** virtio.c: a write to BAR 4. */
export const virtio_pci_modern_mmio_write = stage(
  file,
  'virtio_pci_modern_mmio_write',
  (cx: DmCx, base: VirtioBase, bar: number, offset: number, size: number, value: number): void => {
    const within = offset % 0x1000;
    switch (regionOf(cx, base, bar, offset, size)) {
      case -1:
        return;
      case CAP.COMMON:
        virtio_common_cfg_write(cx, base, within, size, value);
        return;
      case CAP.DEVICE:
        virtio_device_cfg_write(cx, base, within, size, value);
        return;
      case CAP.NOTIFY:
        virtio_notify_cfg_write(cx, base, within);
        return;
      default:
        pr_err(cx, 'modern-not-supported', { device: vopsOf(base).name, bar, offset, size });
    }
  },
);

/** virtio.c: drivers should not read the notify port. */
export const virtio_pci_modern_pio_read = stage(file, 'virtio_pci_modern_pio_read', (_cx: DmCx): number => 0);

/** virtio.c: a write to BAR 2: the value says which queue. */
export const virtio_pci_modern_pio_write = stage(
  file,
  'virtio_pci_modern_pio_write',
  (cx: DmCx, base: VirtioBase, bar: number, offset: number, size: number, value: number): void => {
    const device = vopsOf(base).name;
    if (size !== 1 && size !== 2 && size !== 4) {
      pr_err(cx, 'modern-bad-size', { device, bar, offset, size });
      return;
    }
    const vq = value < vopsOf(base).nvq ? base.queues[value] : undefined;
    if (vq === undefined) {
      pr_err(cx, 'notify-out-of-range', { device, queue: value });
    } else {
      notifyQueue(cx, base, vq);
    }
  },
);

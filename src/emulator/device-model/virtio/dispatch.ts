import { stage } from '../../stage.ts';
import { pr_err } from '../log.ts';
import { pci_emul_msix_tread, pci_emul_msix_twrite, pci_msix_pba_bar, pci_msix_table_bar } from '../pci-core/msix.ts';
import type { BarRead, BarWrite, PciVdev } from '../pci-core/vdev.ts';
import type { DmCx } from '../process.ts';
import { file } from './file.ts';
import { allOnes, virtio_pci_legacy_read, virtio_pci_legacy_write } from './legacy.ts';
import {
  virtio_pci_modern_mmio_read,
  virtio_pci_modern_mmio_write,
  virtio_pci_modern_pio_read,
  virtio_pci_modern_pio_write,
} from './modern.ts';
import { VIRTIO_USE_MSIX, type VirtioBase, vopsOf } from './structs.ts';

function baseOf(dev: PciVdev): VirtioBase {
  if (dev.arg === undefined) {
    throw new TypeError('virtio_linkup has not run');
  }
  return dev.arg;
}

const isMsixBar = (base: VirtioBase, dev: PciVdev, bar: number): boolean =>
  (base.flags.value & VIRTIO_USE_MSIX) !== 0 && (bar === pci_msix_table_bar(dev) || bar === pci_msix_pba_bar(dev));

/** virtio.c: a read of any BAR of a virtio function. */
export const virtio_pci_read: BarRead = stage(
  file,
  'virtio_pci_read',
  (cx: DmCx, _vcpu: number, dev: PciVdev, bar: number, offset: number, size: number): number => {
    const base = baseOf(dev);
    if (isMsixBar(base, dev, bar)) {
      return pci_emul_msix_tread(cx, dev, offset, size);
    }
    if (bar === base.legacy_pio_bar_idx.value) {
      return virtio_pci_legacy_read(cx, dev, base, offset, size);
    }
    if (bar === base.modern_mmio_bar_idx.value) {
      return virtio_pci_modern_mmio_read(cx, base, bar, offset, size);
    }
    if (bar === base.modern_pio_bar_idx.value) {
      return virtio_pci_modern_pio_read(cx);
    }
    pr_err(cx, 'unexpected-bar-read', { device: vopsOf(base).name, bar });
    return allOnes(size);
  },
);

/** virtio.c: a write to any BAR of a virtio function. */
export const virtio_pci_write: BarWrite = stage(
  file,
  'virtio_pci_write',
  (cx: DmCx, _vcpu: number, dev: PciVdev, bar: number, offset: number, size: number, value: number): void => {
    const base = baseOf(dev);
    if (isMsixBar(base, dev, bar)) {
      pci_emul_msix_twrite(cx, dev, offset, size, value);
    } else if (bar === base.legacy_pio_bar_idx.value) {
      virtio_pci_legacy_write(cx, dev, base, offset, size, value);
    } else if (bar === base.modern_mmio_bar_idx.value) {
      virtio_pci_modern_mmio_write(cx, base, bar, offset, size, value);
    } else if (bar === base.modern_pio_bar_idx.value) {
      virtio_pci_modern_pio_write(cx, base, bar, offset, size, value);
    } else {
      pr_err(cx, 'unexpected-bar-write', { device: vopsOf(base).name, bar });
    }
  },
);

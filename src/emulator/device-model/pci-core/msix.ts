import { gpa } from '../../../base/brand.ts';
import { stage } from '../../stage.ts';
import { hazard } from '../log.ts';
import type { DmCx } from '../process.ts';
import { vm_lapic_msi } from '../vmmapi.ts';
import { file } from './file.ts';
import type { PciVdev } from './vdev.ts';

const ENTRY = 16;
const VCTRL_MASK = 1;
const TWO32 = 0x1_0000_0000;

/** hw/pci/core.c: BAR of the MSI-X table, -1 without one. */
export const pci_msix_table_bar = (dev: PciVdev): number =>
  dev.msix.table === undefined ? -1 : dev.msix.table_bar.value;
/** hw/pci/core.c: BAR of the pending bits, -1 without them. */
export const pci_msix_pba_bar = (dev: PciVdev): number => (dev.msix.table === undefined ? -1 : dev.msix.pba_bar.value);
/** hw/pci/core.c: MSI wins over MSI-X. */
export const pci_msix_enabled = (dev: PciVdev): boolean => dev.msix.enabled.value !== 0 && dev.msi.enabled.value === 0;

/** hw/pci/core.c: the guest writes the table: 4 or 8 aligned bytes of an existing entry, all else is ignored. */
export const pci_emul_msix_twrite = stage(
  file,
  'pci_emul_msix_twrite',
  (_cx: DmCx, dev: PciVdev, offset: number, size: number, value: number): number => {
    const { table, table_count } = dev.msix;
    const entry = Math.floor(offset / ENTRY);
    if ((size !== 4 && size !== 8) || entry >= table_count.value || offset % size !== 0 || table === undefined) {
      return -1;
    }
    if (size === 4) {
      table.write32(gpa(offset), value >>> 0);
    } else {
      table.write64(gpa(offset), value);
    }
    return 0;
  },
);

/** hw/pci/core.c: the guest reads the table or the pending bits, which are always 0. */
export const pci_emul_msix_tread = stage(
  file,
  'pci_emul_msix_tread',
  (_cx: DmCx, dev: PciVdev, offset: number, size: number): number => {
    const { table, table_count, pba_offset, pba_size } = dev.msix;
    const nothing = size === 8 ? 2 ** 64 : 0xffffffff;
    if ((size !== 1 && size !== 4 && size !== 8) || offset % size !== 0) {
      return nothing;
    }
    if (Math.floor(offset / ENTRY) < table_count.value && table !== undefined) {
      const at = gpa(offset);
      return size === 1 ? table.read8(at) : size === 4 ? table.read32(at) : table.read64(at);
    }
    return offset >= pba_offset.value && offset < pba_offset.value + pba_size.value ? 0 : nothing;
  },
);

/** hw/pci/core.c: sends entry `index`, unless MSI-X, the function or the entry is off; then nothing remembers it. */
export const pci_generate_msix = stage(file, 'pci_generate_msix', (cx: DmCx, dev: PciVdev, index: number): void => {
  const { table, table_count, function_mask } = dev.msix;
  if (!pci_msix_enabled(dev) || table === undefined) {
    return;
  }
  if (function_mask.value !== 0 || index >= table_count.value) {
    hazard(cx, 'msix-interrupt-lost', { entry: index });
    return;
  }
  const at = index * ENTRY;
  if ((table.read32(gpa(at + 12)) & VCTRL_MASK) !== 0) {
    hazard(cx, 'msix-interrupt-lost', { entry: index });
    return;
  }
  vm_lapic_msi(cx, table.read32(gpa(at)), table.read32(gpa(at + 4)), table.read32(gpa(at + 8)));
});

/** High half of a value that may be wider than 32 bits. */
export const highHalf = (value: number): number => Math.floor(value / TWO32);

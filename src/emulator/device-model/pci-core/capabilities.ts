import { gpa } from '../../../base/brand.ts';
import { Memory } from '../../memory.ts';
import { stage } from '../../stage.ts';
import { pr_err } from '../log.ts';
import type { DmCx } from '../process.ts';
import { pci_emul_alloc_bar } from './bars.ts';
import { file } from './file.ts';
import { PCI_REGMAX, PCIBAR, PCIM, PCIR, type PciVdev } from './vdev.ts';

/** Where capabilities begin. */
export const CAP_START_OFFSET = 0x40;
/** Capability identifiers (devicemodel/include/pcireg.h). */
export const PCIY = { MSI: 5, VENDOR: 9, EXPRESS: 0x10, MSIX: 0x11 } as const;

const MAX_MSIX_TABLE_ENTRIES = 2048;
const MSIX_TABLE_ENTRY_SIZE = 16;
const MSICTRL_64BIT = 0x80;
const MSICTRL_PVMC = 0x100;

/** hw/pci/core.c: appends a capability to the list; -1 where the configuration space is full. */
export const pci_emul_add_capability = stage(
  file,
  'pci_emul_add_capability',
  (_cx: DmCx, dev: PciVdev, bytes: Uint8Array): number => {
    const status = dev.cfg(PCIR.STATUS, 2);
    const first = (status & PCIM.STATUS_CAPPRESENT) === 0;
    const offset = first ? CAP_START_OFFSET : dev.capend.value + 1;
    const length = Math.ceil(bytes.length / 4) * 4;
    if (offset + length > PCI_REGMAX + 1) {
      return -1;
    }
    if (first) {
      dev.setCfg(PCIR.CAP_PTR, offset, 1);
      dev.setCfg(PCIR.STATUS, status | PCIM.STATUS_CAPPRESENT, 2);
    } else {
      dev.setCfg(dev.prevcap.value + 1, offset, 1);
    }
    bytes.forEach((byte, index) => {
      dev.setCfg(offset + index, byte, 1);
    });
    dev.setCfg(offset + 1, 0, 1);
    dev.prevcap.value = offset;
    dev.capend.value = offset + length - 1;
    return 0;
  },
);

/** hw/pci/core.c: the first capability of a kind behind `after` (0: from the start), -1 where there is none. */
export function pci_emul_find_capability(dev: PciVdev, capid: number, after: number): number {
  if ((dev.cfg(PCIR.STATUS, 2) & PCIM.STATUS_CAPPRESENT) === 0) {
    return -1;
  }
  let offset = after === 0 ? dev.cfg(PCIR.CAP_PTR, 1) : dev.cfg(after + 1, 1);
  while (offset >= CAP_START_OFFSET && offset <= dev.prevcap.value) {
    if (dev.cfg(offset, 1) === capid) {
      return offset;
    }
    offset = dev.cfg(offset + 1, 1);
  }
  return -1;
}

/** hw/pci/core.c: is the offset inside a capability? */
export const pci_emul_iscap = (dev: PciVdev, offset: number): boolean =>
  (dev.cfg(PCIR.STATUS, 2) & PCIM.STATUS_CAPPRESENT) !== 0 && offset >= CAP_START_OFFSET && offset <= dev.capend.value;

/** hw/pci/core.c: the MSI capability, 64-bit with masks. */
export const pci_emul_add_msicap = stage(
  file,
  'pci_emul_add_msicap',
  (cx: DmCx, dev: PciVdev, messages: number): number => {
    if (messages < 1 || messages > 32 || (messages & (messages - 1)) !== 0) {
      pr_err(cx, 'invalid-msi-messages');
      return 1;
    }
    const bytes = new Uint8Array(24);
    bytes[0] = PCIY.MSI;
    new DataView(bytes.buffer).setUint16(2, MSICTRL_64BIT | MSICTRL_PVMC | ((31 - Math.clz32(messages)) << 1), true);
    return pci_emul_add_capability(cx, dev, bytes) === 0 ? 0 : 1;
  },
);

const pci_msix_table_init = stage(file, 'pci_msix_table_init', (cx: DmCx, dev: PciVdev, entries: number): void => {
  const name = `${dev.name}.msix.table`;
  const size = entries * MSIX_TABLE_ENTRY_SIZE;
  const table = new Memory(cx.world.recorder, 'device-model', name, [{ start: 0, size }]);
  for (let entry = 0; entry < entries; entry++) {
    table.write32(gpa(entry * MSIX_TABLE_ENTRY_SIZE + 12), 1);
  }
  dev.msix.table = table;
});

/** hw/pci/core.c: the MSI-X capability, its table and pending bits behind BAR `bar`. Non-zero where that fails. */
export const pci_emul_add_msixcap = stage(
  file,
  'pci_emul_add_msixcap',
  (cx: DmCx, dev: PciVdev, entries: number, bar: number): number => {
    if (entries > MAX_MSIX_TABLE_ENTRIES) {
      pr_err(cx, 'too-many-msix-entries');
      return -1;
    }
    const tableSize = Math.ceil((entries * MSIX_TABLE_ENTRY_SIZE) / 4096) * 4096;
    const { msix } = dev;
    msix.table_bar.value = bar;
    msix.pba_bar.value = bar;
    msix.table_count.value = entries;
    msix.pba_offset.value = tableSize;
    msix.pba_size.value = Math.ceil(entries / 64) * 8;
    pci_msix_table_init(cx, dev, entries);
    const capability = new Uint8Array(12);
    const view = new DataView(capability.buffer);
    capability[0] = PCIY.MSIX;
    view.setUint16(2, entries - 1, true);
    view.setUint32(4, bar & 7, true);
    view.setUint32(8, tableSize | (bar & 7), true);
    pci_emul_alloc_bar(cx, dev, bar, PCIBAR.MEM32, tableSize + msix.pba_size.value);
    return pci_emul_add_capability(cx, dev, capability);
  },
);

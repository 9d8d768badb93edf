import { stage } from '../../stage.ts';
import { pr_err } from '../log.ts';
import type { DmCx } from '../process.ts';
import { vm_lapic_msi } from '../vmmapi.ts';
import { PCIY, pci_emul_find_capability } from './capabilities.ts';
import { file } from './file.ts';
import type { PciVdev } from './vdev.ts';

const PCIR_MSI_CTRL = 2;
const PCIR_MSI_MASK = 0x10;
const PCIR_MSI_PENDING = 0x14;
const MSICTRL_64BIT = 0x80;

/** Where a field of the MSI capability lies, -1 without the capability. */
function msiField(dev: PciVdev, field: number): number {
  const offset = pci_emul_find_capability(dev, PCIY.MSI, 0);
  if (offset < 0) {
    return -1;
  }
  return offset + field - ((dev.cfg(offset + PCIR_MSI_CTRL, 2) & MSICTRL_64BIT) !== 0 ? 0 : 4);
}

function bitOf(dev: PciVdev, field: number, index: number): boolean {
  const offset = msiField(dev, field);
  return offset >= 0 && (dev.cfg(offset, 4) & (1 << index)) !== 0;
}

/** hw/pci/core.c */
export const pci_is_msi_masked = (dev: PciVdev, index: number): boolean => bitOf(dev, PCIR_MSI_MASK, index);
/** hw/pci/core.c */
export const pci_is_msi_pending = (dev: PciVdev, index: number): boolean => bitOf(dev, PCIR_MSI_PENDING, index);

const pci_set_msi_pending = stage(
  file,
  'pci_set_msi_pending',
  (cx: DmCx, dev: PciVdev, index: number, set: boolean): void => {
    const offset = msiField(dev, PCIR_MSI_PENDING);
    if (offset < 0) {
      pr_err(cx, 'msi-access-failed');
      return;
    }
    const old = dev.cfg(offset, 4);
    dev.setCfg(offset, set ? old | (1 << index) : old & ~(1 << index), 4);
  },
);

/** hw/pci/core.c: sends message `index` where the guest has MSI on; a masked one is kept pending. */
export const pci_generate_msi = stage(file, 'pci_generate_msi', (cx: DmCx, dev: PciVdev, index: number): void => {
  const { msi } = dev;
  if (msi.enabled.value === 0 || index >= msi.maxmsgnum.value) {
    return;
  }
  if (pci_is_msi_masked(dev, index)) {
    pci_set_msi_pending(cx, dev, index, true);
    return;
  }
  vm_lapic_msi(cx, msi.addr.value, 0, msi.msg_data.value + index);
  pci_set_msi_pending(cx, dev, index, false);
});

import { EmulatedFault } from '../../cx.ts';
import { stage } from '../../stage.ts';
import { ioapic_pci_alloc_irq } from '../ioapic.ts';
import { pci_irq_assert, pci_irq_deassert, pirq_alloc_pin, pirq_irq } from '../irq.ts';
import { hazard, pr_warn } from '../log.ts';
import type { DmCx } from '../process.ts';
import { GSI_SET_HIGH, vm_set_gsi_irq } from '../vmmapi.ts';
import { file } from './file.ts';
import { LINTR, PCIM, PCIR, type PciVdev } from './vdev.ts';

/** hw/pci/core.c: INTx works only with MSI and MSI-X off and the command register's bit clear. */
const pci_lintr_permitted = (dev: PciVdev): boolean =>
  dev.msi.enabled.value === 0 && dev.msix.enabled.value === 0 && (dev.cfg(PCIR.COMMAND, 2) & PCIM.CMD_INTxDIS) === 0;

/** The slot's pin counters. */
function intpins(cx: DmCx, slot: number): number[] {
  const known = cx.world.pci.intpins.get(slot) ?? [0, 0, 0, 0];
  cx.world.pci.intpins.set(slot, known);
  return known;
}

/** hw/pci/core.c: the least used of the slot's four pins. */
export const pci_lintr_request = stage(file, 'pci_lintr_request', (cx: DmCx, dev: PciVdev): void => {
  const pins = intpins(cx, dev.slot);
  const best = pins.indexOf(Math.min(...pins));
  pins[best] = (pins[best] ?? 0) + 1;
  dev.lintr.pin.value = best + 1;
  dev.setCfg(PCIR.INTPIN, best + 1, 1);
});

/** hw/pci/core.c: forgets the slot's pins, all but the first. */
export const pci_lintr_release = stage(file, 'pci_lintr_release', (cx: DmCx, dev: PciVdev): void => {
  intpins(cx, dev.slot).fill(0, 1);
});

/** hw/pci/core.c: gives the pin an I/O APIC input and a PIRQ, and lets the line go high. */
export const pci_lintr_route = stage(file, 'pci_lintr_route', (cx: DmCx, dev: PciVdev): void => {
  const { lintr } = dev;
  if (lintr.pin.value === 0) {
    return;
  }
  lintr.ioapic_irq.value = ioapic_pci_alloc_irq(cx);
  lintr.pirq_pin.value = pirq_alloc_pin(cx);
  dev.setCfg(PCIR.INTLINE, pirq_irq(cx, lintr.pirq_pin.value), 1);
  vm_set_gsi_irq(cx, lintr.ioapic_irq.value, GSI_SET_HIGH);
});

function usable(cx: DmCx, dev: PciVdev): boolean {
  if (dev.freed.value !== 0) {
    hazard(cx, 'use-after-free', { what: 'pci_vdev' });
    throw new EmulatedFault('use-after-free', { what: 'pci_vdev' });
  }
  if (dev.lintr.pin.value <= 0) {
    pr_warn(cx, 'invalid-interrupt-pin');
    return false;
  }
  return true;
}

/** hw/pci/core.c: raises INTx, or remembers it while INTx is not permitted. */
export const pci_lintr_assert = stage(file, 'pci_lintr_assert', (cx: DmCx, dev: PciVdev): void => {
  if (!usable(cx, dev) || dev.lintr.state.value !== LINTR.IDLE) {
    return;
  }
  if (pci_lintr_permitted(dev)) {
    dev.lintr.state.value = LINTR.ASSERTED;
    pci_irq_assert(cx, dev);
  } else {
    dev.lintr.state.value = LINTR.PENDING;
    if (dev.msi.enabled.value !== 0) {
      hazard(cx, 'intx-pending-behind-msi');
    }
  }
});

/** hw/pci/core.c: takes INTx back. */
export const pci_lintr_deassert = stage(file, 'pci_lintr_deassert', (cx: DmCx, dev: PciVdev): void => {
  if (!usable(cx, dev)) {
    return;
  }
  const { state } = dev.lintr;
  if (state.value === LINTR.ASSERTED) {
    state.value = LINTR.IDLE;
    pci_irq_deassert(cx, dev);
  } else if (state.value === LINTR.PENDING) {
    state.value = LINTR.IDLE;
  }
});

/** hw/pci/core.c: what permits INTx may have changed. */
export const pci_lintr_update = stage(file, 'pci_lintr_update', (cx: DmCx, dev: PciVdev): void => {
  const { state } = dev.lintr;
  if (state.value === LINTR.ASSERTED && !pci_lintr_permitted(dev)) {
    pci_irq_deassert(cx, dev);
    state.value = LINTR.PENDING;
  } else if (state.value === LINTR.PENDING && pci_lintr_permitted(dev)) {
    state.value = LINTR.ASSERTED;
    hazard(cx, 'stale-intx-raised');
    pci_irq_assert(cx, dev);
  }
});

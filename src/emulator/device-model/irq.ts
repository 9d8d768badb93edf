import { acrnFile, stage } from '../stage.ts';
import type { PciVdev } from './pci-core/vdev.ts';
import type { DmCx } from './process.ts';
import { GSI_SET_HIGH, GSI_SET_LOW, vm_set_gsi_irq } from './vmmapi.ts';

const file = acrnFile('device-model', 'devicemodel/hw/pci/irq.c');
const PERMITTED_IRQS = 0xdef8;
const PIRQS = 8;

/** hw/pci/irq.c: no pin routed yet. */
export const pci_irq_init = stage(file, 'pci_irq_init', (cx: DmCx): void => {
  cx.world.pci.pirqUse.fill(0);
  cx.world.pci.pirqIrq.fill(-1);
  cx.world.pci.irqCounts.fill(0);
});

/** hw/pci/irq.c: the routing is to be made anew. */
export const pci_irq_deinit = stage(file, 'pci_irq_deinit', (cx: DmCx): void => {
  cx.world.pci.pirqIrq.fill(-1);
});

/** hw/pci/irq.c: INTx is active low, so asserting pulls the line low. */
export const pci_irq_assert = stage(file, 'pci_irq_assert', (cx: DmCx, dev: PciVdev): void => {
  vm_set_gsi_irq(cx, dev.lintr.ioapic_irq.value, GSI_SET_LOW);
});

/** hw/pci/irq.c */
export const pci_irq_deassert = stage(file, 'pci_irq_deassert', (cx: DmCx, dev: PciVdev): void => {
  vm_set_gsi_irq(cx, dev.lintr.ioapic_irq.value, GSI_SET_HIGH);
});

function leastUsed(counts: readonly number[], allowed: (index: number) => boolean): number {
  let best = -1;
  counts.forEach((count, index) => {
    if (allowed(index) && (best < 0 || count < (counts[best] ?? 0))) {
      best = index;
    }
  });
  return best;
}

/** hw/pci/irq.c: the least used PIRQ pin, 1-based, routed to the least used permitted IRQ. */
export const pirq_alloc_pin = stage(file, 'pirq_alloc_pin', (cx: DmCx): number => {
  const { pirqUse, pirqIrq, irqCounts } = cx.world.pci;
  const pin = leastUsed(pirqUse, () => true);
  pirqUse[pin] = (pirqUse[pin] ?? 0) + 1;
  if ((pirqIrq[pin] ?? -1) < 0) {
    const irq = leastUsed(irqCounts, (index) => ((1 << index) & PERMITTED_IRQS) !== 0);
    irqCounts[irq] = (irqCounts[irq] ?? 0) + 1;
    pirqIrq[pin] = irq;
  }
  return pin + 1;
});

/** hw/pci/irq.c: IRQ behind a PIRQ pin. */
export const pirq_irq = (cx: DmCx, pin: number): number =>
  pin <= 0 || pin > PIRQS ? 0xff : (cx.world.pci.pirqIrq[pin - 1] ?? 0) & 0x0f;

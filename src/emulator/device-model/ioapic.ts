import { acrnFile, stage } from '../stage.ts';
import type { DmCx } from './process.ts';

const file = acrnFile('device-model', 'devicemodel/hw/platform/ioapic.c');
const LEGACY_IRQ_NUM = 16;
const VIOAPIC_RTE_NUM = 48;

/** hw/platform/ioapic.c: pins from 16 on are PCI's. */
export const ioapic_init = stage(file, 'ioapic_init', (cx: DmCx): void => {
  cx.world.pci.last_pin.value = 0;
});

/** hw/platform/ioapic.c: no pin is given out any more. */
export const ioapic_deinit = stage(file, 'ioapic_deinit', (cx: DmCx): void => {
  cx.world.pci.last_pin.value = 0;
});

/** hw/platform/ioapic.c: the next pin. */
export const ioapic_pci_alloc_irq = stage(file, 'ioapic_pci_alloc_irq', (cx: DmCx): number => {
  const pin = cx.world.pci.last_pin;
  pin.value += 1;
  return LEGACY_IRQ_NUM + ((pin.value - 1) % (VIOAPIC_RTE_NUM - LEGACY_IRQ_NUM));
});

import { acrnFile, stage } from '../stage.ts';
import type { AcrnVm } from './vm_types.ts';
import type { HvCx } from './world.ts';

/* Twin of hypervisor/dm/vpic.c. The emulated guest never programs its interrupt controllers of 1981: they stay not ready. */

const file = acrnFile('hypervisor', 'hypervisor/dm/vpic.c');

/** Pins of both controllers (vpic.c, vpic_pincount). */
export const vpic_pincount = 16;

/** Drives a pin; nothing happens while the controller is not initialized (vpic.c, vpic_set_irqline). */
export const vpic_set_irqline = stage(
  file,
  'vpic_set_irqline',
  (_cx: HvCx, _vm: AcrnVm, _gsi: number, _operation: number): void => undefined,
);

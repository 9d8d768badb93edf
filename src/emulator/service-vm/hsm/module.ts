import { linuxFile, stage } from '../../stage.ts';
import { acrn_ioreq_intr_setup } from '../ioreq/setup.ts';
import type { SvCx } from '../world.ts';

/* Start of the module: part of the twin of drivers/virt/acrn/hsm.c. */

const file = linuxFile('service-vm-kernel', 'drivers/virt/acrn/hsm.c');

/** Loads the module: the device first, then the upcall (hsm.c, hsm_init). */
export const hsm_init = stage(file, 'hsm_init', (cx: SvCx): number => {
  // misc_register: the device node appears.
  cx.world.acrnDevRegistered.value = 1;
  return acrn_ioreq_intr_setup(cx);
});

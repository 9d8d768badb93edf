import type { PointerCell } from '../cell.ts';
import { linuxFile, stage } from '../stage.ts';
import type { Handler, SvCx } from './world.ts';

/* Twin of arch/x86/kernel/cpu/acrn.c: the interrupt by which the hypervisor calls up. */

const file = linuxFile('service-vm-kernel', 'arch/x86/kernel/cpu/acrn.c');

/** Puts a handler into the interrupt descriptor table (arch/x86/kernel/idt.c, idt_install_sysvec). */
const idt_install_sysvec = stage(
  linuxFile('service-vm-kernel', 'arch/x86/kernel/idt.c'),
  'idt_install_sysvec',
  (_cx: SvCx, gate: PointerCell<Handler>, handler: Handler) => {
    gate.value = handler;
  },
);

/** The upcall: vector 0xF3 (acrn.c). Its function is made by the macro DEFINE_IDTENTRY_SYSVEC. */
export const sysvec_acrn_hv_callback: Handler = stage(
  file,
  'DEFINE_IDTENTRY_SYSVEC(sysvec_acrn_hv_callback)',
  (cx: SvCx) => {
    const { acrn_intr_handler, irq_hv_callback_count } = cx.world;
    irq_hv_callback_count.value++;
    if (acrn_intr_handler.value === undefined) {
      cx.hazard('sv-upcall-unhandled');
      return;
    }
    cx.ptr('acrn_intr_handler', acrn_intr_handler.value)(cx);
  },
);

/** Early boot on ACRN (acrn.c, acrn_init_platform). */
export const acrn_init_platform = stage(file, 'acrn_init_platform', (cx: SvCx) => {
  cx.via('macro_defined_function', 'sysvec_install');
  idt_install_sysvec(cx, cx.world.idtHypervisorCallback, sysvec_acrn_hv_callback);
});

/** Arms the upcall (acrn.c, acrn_setup_intr_handler). */
export const acrn_setup_intr_handler = stage(file, 'acrn_setup_intr_handler', (cx: SvCx, handler: Handler) => {
  cx.world.acrn_intr_handler.value = handler;
});

/** Disarms the upcall (acrn.c, acrn_remove_intr_handler). */
export const acrn_remove_intr_handler = stage(file, 'acrn_remove_intr_handler', (cx: SvCx) => {
  cx.world.acrn_intr_handler.value = undefined;
});

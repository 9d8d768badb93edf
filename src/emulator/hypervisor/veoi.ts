import type { Suspend } from '../scheduler.ts';
import { acrnFile, type Blocking, blockingStage } from '../stage.ts';
import type { Vcpu } from './vcpu_types.ts';
import { vioapic_broadcast_eoi } from './vioapic.ts';
import type { HvCx } from './world.ts';

/* End of interrupt: part of the twin of hypervisor/arch/x86/guest/vlapic.c. */

const file = acrnFile('hypervisor', 'hypervisor/arch/x86/guest/vlapic.c');

/** Exit on the end of a level-triggered interrupt (vlapic.c, veoi_vmexit_handler): its I/O APIC pin may fire again. */
export const veoi_vmexit_handler = blockingStage(
  file,
  'veoi_vmexit_handler',
  // biome-ignore lint/correctness/useYield: an entry of dispatch_table, which may block
  function* (cx: HvCx, vcpu: Vcpu): Blocking<number, Suspend> {
    const vector = vcpu.exit_qualification.value & 0xff;
    vcpu.inst_len.value = 0;
    const word = vcpu.vlapic.tmr[vector >> 5]?.value ?? 0;
    if ((word >>> (vector & 31)) & 1) {
      vioapic_broadcast_eoi(cx, vcpu.vm, vector);
    }
    return 0;
  },
);

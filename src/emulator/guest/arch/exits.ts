import { EXIT_REASON } from '../../boundaries.ts';
import { COST } from '../../costs.ts';
import { EmulatedFault } from '../../cx.ts';
import type { GuestCx, Steps } from '../task.ts';
import { takeInterrupts } from './irq_entry.ts';

/**
 * The VM exit of an instruction whose `vmcs` fields are filled in, and the next VM entry, after which pending interrupts
 * are taken before the next instruction. An injected exception ends the task: the kernel has no fixup for its own I/O. `expr` is the instruction as the C source shows it.
 */
export function* leaveGuest(cx: GuestCx, expr: string): Steps<void> {
  const exit = cx.world.cpu.exit;
  exit.exitHop = cx.hop('vm_exit', expr, COST.vmExit);
  yield exit;
  const cpu = cx.world.cpu;
  const vector = cpu.exception.value;
  if (vector !== 0) {
    cpu.exception.value = 0;
    throw new EmulatedFault('guest-exception', { vector });
  }
  if (cpu.interruptPending && cpu.interruptFlag.value !== 0) {
    yield* takeInterrupts(cx);
  }
}

/**
 * End of a level-triggered interrupt: the write to the local APIC is virtualized and leaves the guest only afterwards, for
 * the I/O APIC to hear of it (Intel SDM vol. 3, 30.1.4). Edge-triggered ones do not leave.
 */
export function* apic_eoi(cx: GuestCx, vector: number): Steps<void> {
  const { vmcs } = cx.world.cpu;
  vmcs.exitReason = EXIT_REASON.virtualizedEoi;
  vmcs.exitQualification = vector;
  vmcs.instructionLength = 0;
  yield* leaveGuest(cx, 'apic_eoi');
}

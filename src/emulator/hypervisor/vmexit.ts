import { EXIT_REASON } from '../boundaries.ts';
import type { Suspend } from '../scheduler.ts';
import { acrnFile, type Blocking, blockingStage } from '../stage.ts';
import { E } from './acrn_common.ts';
import { wait_event } from './event.ts';
import type { Vcpu } from './vcpu_types.ts';
import { veoi_vmexit_handler } from './veoi.ts';
import { external_interrupt_vmexit_handler } from './virq.ts';
import type { ExitHandler } from './vlapic_types.ts';
import { ept_violation_vmexit_handler, pio_instr_vmexit_handler } from './vmx_io.ts';
import type { HvCx } from './world.ts';

/* Twin of hypervisor/arch/x86/guest/vmexit.c: from the exit reason to its handler. */

const file = acrnFile('hypervisor', 'hypervisor/arch/x86/guest/vmexit.c');

const NR_VMX_EXIT_REASONS = 70;

/** Waits for an interrupt, unless one is there (vmexit.c, hlt_vmexit_handler). */
const hlt_vmexit_handler = blockingStage(file, 'hlt_vmexit_handler', function* (cx: HvCx, vcpu: Vcpu): Blocking<
  number,
  Suspend
> {
  if (vcpu.pending_req.value === 0) {
    cx.via('waitqueue_wait', 'wait_event');
    yield* wait_event(cx, vcpu, vcpu.virtualInterruptEvent);
  }
  return 0;
});

/** Logs and lets the guest go on (vmexit.c, unhandled_vmexit_handler). */
const unhandled_vmexit_handler = blockingStage(
  file,
  'unhandled_vmexit_handler',
  // biome-ignore lint/correctness/useYield: an entry of dispatch_table, which may block
  function* (cx: HvCx, vcpu: Vcpu): Blocking<number, Suspend> {
    cx.log('error', 'hv-exit-unhandled', { reason: vcpu.exit_reason.value });
    return 0;
  },
);

/** An entry of `dispatch_table` (`struct vm_exit_dispatch`). */
interface ExitDispatch {
  readonly handler: ExitHandler;
  readonly needExitQualification: boolean;
}

/** `dispatch_table` (vmexit.c), as far as the machine takes its exits. */
const dispatch_table: ReadonlyMap<number, ExitDispatch> = new Map([
  [EXIT_REASON.externalInterrupt, { handler: external_interrupt_vmexit_handler, needExitQualification: false }],
  [EXIT_REASON.hlt, { handler: hlt_vmexit_handler, needExitQualification: false }],
  [EXIT_REASON.ioInstruction, { handler: pio_instr_vmexit_handler, needExitQualification: true }],
  [EXIT_REASON.virtualizedEoi, { handler: veoi_vmexit_handler, needExitQualification: true }],
  [EXIT_REASON.eptViolation, { handler: ept_violation_vmexit_handler, needExitQualification: true }],
]);

const unhandled: ExitDispatch = { handler: unhandled_vmexit_handler, needExitQualification: false };

/** Runs the handler of the exit's reason (vmexit.c, vmexit_handler). */
export const vmexit_handler = blockingStage(file, 'vmexit_handler', function* (cx: HvCx, vcpu: Vcpu): Blocking<
  number,
  Suspend
> {
  const reason = vcpu.exit_reason.value & 0xffff;
  if (reason >= NR_VMX_EXIT_REASONS) {
    cx.log('error', 'hv-exit-reason-invalid', { reason });
    return -E.EINVAL;
  }
  const dispatch = dispatch_table.get(reason) ?? unhandled;
  if (dispatch.needExitQualification) {
    vcpu.exit_qualification.value = vcpu.cpu?.vmcs.exitQualification ?? 0;
  }
  return yield* cx.ptr('dispatch->handler', dispatch.handler)(cx, vcpu);
});

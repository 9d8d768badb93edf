import type { Suspend } from '../scheduler.ts';
import { acrnFile, type Blocking, blockingStage, stage } from '../stage.ts';
import { E } from './acrn_common.ts';
import { REQUEST, type Vcpu } from './vcpu_types.ts';
import { vlapic_inject_intr } from './vlapic.ts';
import type { HvCx } from './world.ts';

/* Twin of hypervisor/arch/x86/guest/virq.c: what a vCPU has to look at before it enters its guest. */

const file = acrnFile('hypervisor', 'hypervisor/arch/x86/guest/virq.c');

const IDT_GP = 13;

/** Hands posted interrupts on (virq.c, acrn_inject_pending_intr). */
const acrn_inject_pending_intr = stage(file, 'acrn_inject_pending_intr', (cx: HvCx, vcpu: Vcpu, injected: boolean) => {
  if (vcpu.takeRequest(REQUEST.EVENT)) {
    vlapic_inject_intr(cx, vcpu, true, injected);
  }
});

/** Works off the requests of a vCPU before VM entry (virq.c, acrn_handle_pending_request); negative on a triple fault. */
export const acrn_handle_pending_request = stage(
  file,
  'acrn_handle_pending_request',
  (cx: HvCx, vcpu: Vcpu): number => {
    let injected = false;
    if (vcpu.pending_req.value !== 0) {
      vcpu.takeRequest(REQUEST.INIT_VMCS);
      if (vcpu.takeRequest(REQUEST.EXCP)) {
        vcpu_inject_exception(cx, vcpu);
        injected = true;
      }
    }
    acrn_inject_pending_intr(cx, vcpu, injected);
    return 0;
  },
);

/** Puts the queued exception into the guest (virq.c, vcpu_inject_exception). */
const vcpu_inject_exception = stage(file, 'vcpu_inject_exception', (cx: HvCx, vcpu: Vcpu) => {
  const vector = vcpu.exception.value;
  vcpu.exception.value = 0x100;
  vcpu.inst_len.value = 0;
  vcpu.cpu?.inject?.(vector, cx.hop('vm_entry', 'vcpu_inject_exception'));
});

/** Queues #GP for the guest: what a failed emulation ends in (virq.c, vcpu_inject_gp). */
export function vcpu_inject_gp(cx: HvCx, vcpu: Vcpu): void {
  cx.hazard('hv-gp-injected', { vcpu: vcpu.vcpu_id });
  vcpu.exception.value = IDT_GP;
  vcpu.request(REQUEST.EXCP);
}

/** A physical interrupt ended the guest's time; its handler ran, the guest's instruction is repeated (virq.c). */
export const external_interrupt_vmexit_handler = blockingStage(
  file,
  'external_interrupt_vmexit_handler',
  // biome-ignore lint/correctness/useYield: an entry of dispatch_table, which may block
  function* (cx: HvCx, vcpu: Vcpu): Blocking<number, Suspend> {
    if (vcpu.cpu === undefined) {
      return -E.EINVAL;
    }
    cx.world.interrupted = false;
    vcpu.inst_len.value = 0;
    return 0;
  },
);

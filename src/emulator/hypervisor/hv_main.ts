import type { Suspend } from '../scheduler.ts';
import { acrnFile, type Blocking, blockingStage } from '../stage.ts';
import { reset_event } from './event.ts';
import { need_reschedule, schedule } from './schedule.ts';
import { run_vcpu, zombie_vcpu } from './vcpu.ts';
import { VCPU_STATE, type Vcpu } from './vcpu_types.ts';
import { acrn_handle_pending_request, vcpu_inject_gp } from './virq.ts';
import { vmexit_handler } from './vmexit.ts';
import type { HvCx } from './world.ts';

/* Twin of hypervisor/common/hv_main.c: the loop of a vCPU. */

const file = acrnFile('hypervisor', 'hypervisor/common/hv_main.c');

/** Runs the guest and handles its exits, for ever (hv_main.c, vcpu_thread). */
export const vcpu_thread = blockingStage(file, 'vcpu_thread', function* (cx: HvCx, vcpu: Vcpu): Blocking<
  never,
  Suspend
> {
  for (;;) {
    if (need_reschedule(cx.world)) {
      yield* schedule(cx);
    }
    cx.arrive(vcpu.notification);
    vcpu.notification = -1;
    if (acrn_handle_pending_request(cx, vcpu) < 0) {
      cx.log('error', 'hv-pending-request-failed', { vcpu: vcpu.vcpu_id });
      zombie_vcpu(cx, vcpu);
      continue;
    }
    reset_event(vcpu.virtualInterruptEvent);
    if (vcpu.state.value === VCPU_STATE.ZOMBIE) {
      cx.hazard('hv-zombie-vcpu-runs', { vcpu: vcpu.vcpu_id });
    }
    yield* run_vcpu(cx, vcpu);
    const ret = yield* vmexit_handler(cx, vcpu);
    if (ret < 0) {
      cx.log('error', 'hv-exit-handler-failed', { reason: vcpu.exit_reason.value, ret });
      vcpu_inject_gp(cx, vcpu);
    }
  }
});

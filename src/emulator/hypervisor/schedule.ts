import { COST } from '../costs.ts';
import type { Suspend } from '../scheduler.ts';
import { acrnFile, type Blocking, blockingStage, stage } from '../stage.ts';
import { NEED_RESCHEDULE, type Pcpu } from './pcpu.ts';
import { sched_bvt_wake } from './sched_bvt.ts';
import { THREAD_STS, type Vcpu } from './vcpu_types.ts';
import type { HvCx } from './world.ts';

/*
 * Twin of hypervisor/common/schedule.c. Each physical CPU has two threads, the idle thread and one vCPU's; what the idle
 * thread does is nothing, so switching to it means that the vCPU's thread stands in `schedule` until it is picked again.
 */

const file = acrnFile('hypervisor', 'hypervisor/common/schedule.c');

/** Whether `schedule` should run on this physical CPU (schedule.c, need_reschedule). */
export const need_reschedule = (pcpu: Pcpu): boolean => (pcpu.flags.value & NEED_RESCHEDULE) !== 0;

/** Picks the next thread and switches to it (schedule.c, schedule); returns once the calling thread is picked again. */
export const schedule = blockingStage(file, 'schedule', function* (cx: HvCx): Blocking<void, Suspend> {
  const pcpu = cx.world;
  const prev = pcpu.vcpu;
  pcpu.flags.value &= ~NEED_RESCHEDULE;
  if (prev === undefined || (prev.be_blocking.value === 0 && prev.threadStatus.value === THREAD_STS.RUNNING)) {
    return;
  }
  prev.threadStatus.value = THREAD_STS.BLOCKED;
  prev.be_blocking.value = 0;
  pcpu.curr_obj.value = 0;
  do {
    cx.recorder.block('arch_switch_to');
    yield pcpu.switchedOut;
  } while (prev.threadStatus.value !== THREAD_STS.RUNNABLE);
  pcpu.flags.value &= ~NEED_RESCHEDULE;
  prev.threadStatus.value = THREAD_STS.RUNNING;
  pcpu.curr_obj.value = 1;
});

/**
 * Asks a physical CPU to run `schedule`, with an interrupt where it is another one (schedule.c, make_reschedule_request).
 * The interrupt reaches the idle thread, whose loop then schedules.
 */
export const make_reschedule_request = stage(file, 'make_reschedule_request', (cx: HvCx, pcpu: Pcpu) => {
  pcpu.flags.value |= NEED_RESCHEDULE;
  kick_pcpu(cx, pcpu, pcpu === cx.world ? -1 : cx.hop('interrupt_vector', 'kick_pcpu', COST.interrupt));
});

/** What the idle thread of `pcpu` does next: start the vCPU's thread, or switch back to it, where it may run. */
function kick_pcpu(cx: HvCx, pcpu: Pcpu, hop: number): void {
  const { scheduler } = cx.world.hv;
  if (pcpu.vcpu?.threadStatus.value !== THREAD_STS.RUNNABLE) {
    return;
  }
  if (pcpu.thread !== undefined && pcpu.vcpu.launched.value === 0 && pcpu.curr_obj.value === 0) {
    pcpu.vcpu.threadStatus.value = THREAD_STS.RUNNING;
    pcpu.curr_obj.value = 1;
    pcpu.flags.value &= ~NEED_RESCHEDULE;
    scheduler.spawn(pcpu.thread, hop);
  } else {
    scheduler.wake(pcpu.switchedOut, hop);
  }
}

/** Takes a thread off the run queue; it blocks at its next `schedule` (schedule.c, sleep_thread). */
export const sleep_thread = stage(file, 'sleep_thread', (cx: HvCx, vcpu: Vcpu) => {
  const pcpu = cx.world.hv.pcpus[vcpu.pcpu_id];
  if (vcpu.threadStatus.value === THREAD_STS.RUNNING && pcpu !== undefined) {
    make_reschedule_request(cx, pcpu);
    vcpu.be_blocking.value = 1;
  } else {
    vcpu.threadStatus.value = THREAD_STS.BLOCKED;
  }
});

/** Makes a blocked thread runnable (schedule.c, wake_thread). */
export const wake_thread = stage(file, 'wake_thread', (cx: HvCx, vcpu: Vcpu) => {
  const pcpu = cx.world.hv.pcpus[vcpu.pcpu_id];
  const blocked = vcpu.threadStatus.value === THREAD_STS.BLOCKED;
  if (pcpu === undefined || (!blocked && vcpu.be_blocking.value === 0)) {
    return;
  }
  cx.via('fptr_call', 'scheduler->wake');
  sched_bvt_wake(cx, vcpu);
  if (blocked) {
    vcpu.threadStatus.value = THREAD_STS.RUNNABLE;
    make_reschedule_request(cx, pcpu);
  }
  vcpu.be_blocking.value = 0;
});

import type { Suspend } from '../scheduler.ts';
import { acrnFile, type Blocking, blockingStage, stage } from '../stage.ts';
import { schedule, sleep_thread, wake_thread } from './schedule.ts';
import type { SchedEvent, Vcpu } from './vcpu_types.ts';
import type { HvCx } from './world.ts';

/* Twin of hypervisor/common/event.c: how a vCPU's thread waits and is woken. */

const file = acrnFile('hypervisor', 'hypervisor/common/event.c');

/** Forgets a signal and whoever waited for it (event.c, reset_event). */
export function reset_event(event: SchedEvent): void {
  event.set.value = 0;
  event.waiting_thread.value = 0;
}

/**
 * Blocks the calling vCPU's thread until the event is signalled (event.c, wait_event). A signal that was given before
 * ends the wait at once: nobody cleared it.
 */
export const wait_event = blockingStage(
  file,
  'wait_event',
  function* (cx: HvCx, vcpu: Vcpu, event: SchedEvent): Blocking<void, Suspend> {
    event.waiting_thread.value = 1;
    if (event.set.value !== 0 && event === vcpu.ioreqEvent) {
      cx.hazard('hv-stale-ioreq-event', { vcpu: vcpu.vcpu_id });
    }
    while (event.set.value === 0 && event.waiting_thread.value !== 0) {
      sleep_thread(cx, vcpu);
      yield* schedule(cx);
    }
    reset_event(event);
  },
);

/** Sets the event and wakes the thread that waits for it (event.c, signal_event). */
export const signal_event = stage(file, 'signal_event', (cx: HvCx, vcpu: Vcpu, event: SchedEvent) => {
  event.set.value = 1;
  if (event.waiting_thread.value !== 0) {
    cx.via('waitqueue_wake', 'wake_thread');
    wake_thread(cx, vcpu);
  }
});

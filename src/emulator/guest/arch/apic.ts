import { linuxFile, stage } from '../../stage.ts';
import { wakeTask } from '../locks.ts';
import { type GuestCx, GuestWaitQueue } from '../task.ts';

const file = linuxFile('guest-kernel', 'arch/x86/kernel/apic/apic.c');

/** Tasks that sleep with a timeout: the local timer's next interrupt ends it. */
export class Timers {
  readonly sleepers = new GuestWaitQueue();

  /** What the local timer's interrupt does here. */
  expire(cx: GuestCx): void {
    sysvec_apic_timer_interrupt(cx, this);
  }
}

const sysvec_apic_timer_interrupt = stage(
  file,
  'DEFINE_IDTENTRY_SYSVEC(sysvec_apic_timer_interrupt)',
  (cx: GuestCx, timers: Timers): void => {
    for (const task of timers.sleepers.waiting.splice(0)) {
      wakeTask(cx, task, cx.hop('waitqueue_wake', 'wake_up_process'));
    }
  },
);

import type { Cell } from '../cell.ts';
import { type Thread, WaitQueue } from '../scheduler.ts';
import type { Vcpu } from './vcpu_types.ts';
import type { Hv } from './world.ts';

/** Bit of `sched_control.flags` (schedule.h, NEED_RESCHEDULE). */
export const NEED_RESCHEDULE = 1;

/** Per-CPU data of one physical CPU, as far as the path needs it. */
export class Pcpu {
  readonly hv: Hv;
  readonly pcpu_id: number;
  /** `sched_ctl.flags` */
  readonly flags: Cell;
  /** `sched_ctl.curr_obj`: 0 is the idle thread, 1 the vCPU's thread. */
  readonly curr_obj: Cell;
  /** The vCPU that is bound to this physical CPU; the Service VM's physical CPU has none of the User VM's. */
  vcpu: Vcpu | undefined;
  /** The thread of that vCPU once it exists. */
  thread: Thread | undefined;
  /** An interrupt waits for this physical CPU while guest code runs on it: the guest leaves at its next turn. */
  interrupted = false;
  /** The vCPU's thread stands here while the idle thread runs. */
  readonly switchedOut: WaitQueue;

  constructor(hv: Hv, pcpu_id: number) {
    this.hv = hv;
    this.pcpu_id = pcpu_id;
    this.flags = hv.cells.number(`pcpu${pcpu_id}.sched_ctl.flags`);
    this.curr_obj = hv.cells.number(`pcpu${pcpu_id}.sched_ctl.curr_obj`);
    this.switchedOut = new WaitQueue(`pcpu${pcpu_id} idle`);
  }
}

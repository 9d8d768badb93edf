import { acrnFile, stage } from '../stage.ts';
import type { Vcpu } from './vcpu_types.ts';
import type { HvCx } from './world.ts';

/* Twin of hypervisor/common/sched_bvt.c: the scheduler of ACRN's default configuration. */

const file = acrnFile('hypervisor', 'hypervisor/common/sched_bvt.c');

/**
 * Puts a woken thread into the run queue (sched_bvt.c, sched_bvt_wake). One vCPU runs on each physical CPU here, so its
 * virtual times decide nothing.
 */
export const sched_bvt_wake = stage(file, 'sched_bvt_wake', (_cx: HvCx, _vcpu: Vcpu): void => undefined);

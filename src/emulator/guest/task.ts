import type { Strand } from '../../trace/strand.ts';
import type { GuestLeave } from '../boundaries.ts';
import type { Cx } from '../cx.ts';
import type { GuestCpu } from './cpu.ts';
import type { Kernel } from './kernel-state.ts';

/** A guest task gives its processor to the next runnable one (`schedule()`); the processor stays in the guest. */
export const SCHEDULE = Symbol('schedule');

/** What guest code yields: it leaves the guest, or lets another task run. */
export type GuestYield = GuestLeave | typeof SCHEDULE;

/** A guest function on whose stack control may leave the guest or switch tasks. */
export type Steps<R> = Generator<GuestYield, R, unknown>;

/** Where guest code runs: the kernel's state, the processor it runs on (`smp_processor_id`), and `current`. */
export class Running {
  readonly kernel: Kernel;
  readonly task: Task;

  constructor(kernel: Kernel, task: Task) {
    this.kernel = kernel;
    this.task = task;
  }

  get cpu(): GuestCpu {
    return this.task.cpu;
  }
}

/** First parameter of every emulated function of the guest. */
export type GuestCx = Cx<Running>;

/** `struct task_struct`, as far as scheduling needs it. */
export class Task {
  readonly name: string;
  readonly strand: Strand;
  /** Set right after creation, before it is first scheduled. */
  body: Steps<void> | undefined;
  /** Processor whose run queue it goes to. */
  cpu: GuestCpu;
  /** On a run queue, running, asleep or gone (`__state`). */
  state: 'runnable' | 'asleep' | 'dead' = 'asleep';
  /** Hop that woke it, -1 for none: told to the trace when it runs again. */
  wokenBy = -1;

  constructor(name: string, strand: Strand, cpu: GuestCpu) {
    this.name = name;
    this.strand = strand;
    this.cpu = cpu;
  }
}

/** `wait_queue_head_t`: tasks sleep here until somebody wakes them. */
export class GuestWaitQueue {
  readonly waiting: Task[] = [];
}

/** `yield* NO_STEPS` in a function that never blocks itself but is called through a pointer whose other targets do. */
export const NO_STEPS: readonly never[] = [];

import type { Recorder } from '../../trace/recorder.ts';
import type { Cell, CellFactory, PointerCell } from '../cell.ts';
import { COST } from '../costs.ts';
import { Cx } from '../cx.ts';
import { type Scheduler, Sleep, type Suspend, Thread, WaitQueue } from '../scheduler.ts';
import { untilOops } from './threads.ts';
import type { Handler, ServiceVm, SvCx } from './world.ts';

/* Twin of kernel/workqueue.c, as far as it shows: works run one after the other in their workqueue's worker. */

/** `struct work_struct`: a function to run later, and whether it is queued. */
export class Work {
  readonly func: PointerCell<Handler>;
  /** WORK_STRUCT_PENDING: 1 from queueing until it starts to run. */
  readonly pending: Cell;

  constructor(cells: CellFactory, name: string) {
    this.func = cells.pointer(`${name}.func`);
    this.pending = cells.number(`${name}.pending`);
  }
}

/** An ordered workqueue and its worker thread. */
export class Workqueue {
  readonly name: string;
  readonly #queue: { readonly work: Work; readonly hop: number }[] = [];
  readonly #idle: WaitQueue;

  constructor(name: string) {
    this.name = name;
    this.#idle = new WaitQueue(name);
  }

  /** Starts the worker (alloc_ordered_workqueue); `delay` nanoseconds pass before each work. */
  start(world: ServiceVm, context: string, delay: number): void {
    const { recorder, scheduler } = world;
    const strand = recorder.strand(`kworker ${this.name}`);
    const cx: SvCx = new Cx(world, recorder, strand, recorder.context('service-vm-kernel', context));
    scheduler.spawn(new Thread(strand.name, strand, untilOops(cx, this.#worker(cx, recorder, delay))));
  }

  /** Queues `work` unless it is queued already (queue_work). */
  queue(cx: SvCx, scheduler: Scheduler, work: Work): boolean {
    if (work.pending.value !== 0) {
      return false;
    }
    const hop = cx.hop('workqueue', 'queue_work', COST.wakeUp);
    work.pending.value = 1;
    this.#queue.push({ work, hop });
    scheduler.wake(this.#idle, -1);
    return true;
  }

  *#worker(cx: SvCx, recorder: Recorder, delay: number): Generator<Suspend, void, unknown> {
    for (;;) {
      const next = this.#queue.shift();
      if (next === undefined) {
        yield this.#idle;
        continue;
      }
      if (delay > 0) {
        yield new Sleep(recorder.now + delay);
      }
      next.work.pending.value = 0;
      cx.arrive(next.hop);
      next.work.func.value?.(cx);
    }
  }
}

import type { Cell, CellFactory, PointerCell } from '../../cell.ts';
import { linuxFile, type Stage, stage } from '../../stage.ts';
import { schedule, wakeTask } from '../locks.ts';
import type { GuestCx, Steps, Task } from '../task.ts';

const file = linuxFile('guest-kernel', 'kernel/workqueue.c');

/** `work_func_t`. */
export type WorkFunction = ((cx: GuestCx, work: WorkStruct) => Steps<void>) & Stage;

/** `struct work_struct`: its function, what it belongs to, and whether it waits (WORK_STRUCT_PENDING). */
export class WorkStruct {
  readonly func: PointerCell<WorkFunction>;
  readonly pending: Cell;
  readonly owner: unknown;
  /** Name of the worker that runs it. */
  readonly worker: string;
  /** Hop that queued it; -1 while it does not wait. */
  queuedBy = -1;

  constructor(cells: CellFactory, path: string, func: WorkFunction, owner: unknown, worker: string) {
    this.func = cells.pointer(`${path}.func`);
    this.func.value = func;
    this.pending = cells.number(`${path}.pending`);
    this.owner = owner;
    this.worker = worker;
  }
}

/** The worker of one purpose and the work that waits for it. */
export interface Worker {
  readonly task: Task;
  readonly list: WorkStruct[];
}

const queue_work_on = stage(
  file,
  'queue_work_on',
  (cx: GuestCx, worker: Worker, work: WorkStruct, expr: string): boolean => {
    if (work.pending.value !== 0) {
      return false;
    }
    work.pending.value = 1;
    work.queuedBy = cx.hop('workqueue', expr);
    worker.list.push(work);
    wakeTask(cx, worker.task, -1);
    return true;
  },
);

/** `schedule_work`: the work's function runs on a worker of system_wq, once however often it is asked for meanwhile. */
export function schedule_work(cx: GuestCx, work: WorkStruct, expr = 'schedule_work'): boolean {
  const worker = cx.world.kernel.workers.get(work.worker);
  return worker !== undefined && queue_work_on(cx, worker, work, expr);
}

/** Body of a worker: takes work in order, sleeps when there is none. */
export function* worker_thread(cx: GuestCx, list: WorkStruct[]): Steps<void> {
  for (;;) {
    const work = list.shift();
    if (work === undefined) {
      yield* schedule(cx, 'worker_thread');
      continue;
    }
    cx.arrive(work.queuedBy);
    work.queuedBy = -1;
    work.pending.value = 0;
    yield* cx.ptr('worker->current_func', work.func.value)(cx, work);
  }
}

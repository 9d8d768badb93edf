import type { Cell, CellFactory } from '../cell.ts';
import { COST } from '../costs.ts';
import type { Suspend } from '../scheduler.ts';
import { acrnFile, blockingStage, stage } from '../stage.ts';
import { close } from './libc.ts';
import { hazard, pr_err, pr_info } from './log.ts';
import type { DmCx } from './process.ts';
import { threadOf } from './process-end.ts';
import type { VirtioVqInfo } from './virtio/structs.ts';

const file = acrnFile('device-model', 'devicemodel/core/iothread.c');

/** `IOTHREAD_NUM` */
const IOTHREAD_NUM = 40;

/** `struct iothread_ctx`: one thread with its epoll set. */
export class IothreadCtx {
  readonly idx: number;
  readonly name: string;
  readonly epfd: Cell;
  readonly started: Cell;
  /** 1 while the thread runs its loop. */
  readonly running: Cell;
  /** `data.ptr` of the epoll set, by descriptor. */
  readonly pointers = new Map<number, VirtioVqInfo>();

  constructor(cells: CellFactory, idx: number, name: string, epfd: number) {
    this.idx = idx;
    this.name = name;
    this.epfd = cells.number(`ioctxes[${idx}].epfd`, epfd);
    this.started = cells.number(`ioctxes[${idx}].started`);
    this.running = cells.number(`ioctxes[${idx}].running`);
  }
}

/** Statics of core/iothread.c. */
export class Iothreads {
  readonly contexts: IothreadCtx[] = [];
  readonly active: Cell;

  constructor(cells: CellFactory) {
    this.active = cells.number('ioctx_active_cnt');
  }
}

const io_thread = blockingStage(file, 'io_thread', function* (cx: DmCx, ioctx: IothreadCtx): Generator<
  Suspend,
  void,
  unknown
> {
  if (ioctx.started.value === 0) {
    hazard(cx, 'iothread-start-race', { iothread: ioctx.idx });
  }
  while (ioctx.started.value !== 0) {
    ioctx.running.value = 1;
    cx.recorder.now += COST.syscall;
    const events = yield* cx.world.sys.epollWait(cx, ioctx.epfd.value);
    for (const { fd } of events) {
      const vq = ioctx.pointers.get(fd);
      const run = vq?.viothrd.run.value;
      if (vq !== undefined && run !== undefined) {
        cx.ptr('(*aevp->run)', run)(cx, vq);
      }
    }
  }
  ioctx.running.value = 0;
});

const iothread_start = stage(file, 'iothread_start', (cx: DmCx, ioctx: IothreadCtx): number => {
  if (ioctx.started.value !== 0) {
    return 0;
  }
  const context = cx.world.context(`Service VM, acrn-dm pthread "${ioctx.name}"`);
  const hop = cx.hop('thread_create', 'pthread_create', COST.syscall);
  cx.world.sys.pthreadCreate(
    cx,
    ioctx.name,
    (kernel) => {
      const own: DmCx = kernel.as(cx.world, context);
      return threadOf(own, io_thread(own, ioctx));
    },
    hop,
  );
  ioctx.started.value = 1;
  pr_info(cx, 'iothread-started', { iothread: ioctx.idx });
  return 0;
});

/** core/iothread.c: lets an iothread wait for `fd`; the thread starts with its first descriptor. 0, or negative. */
export const iothread_add = stage(
  file,
  'iothread_add',
  (cx: DmCx, ioctx: IothreadCtx | undefined, fd: number, vq: VirtioVqInfo): number => {
    if (ioctx === undefined) {
      pr_err(cx, 'iothread-context-null');
      return -1;
    }
    const added = cx.world.sys.epollAdd(cx, ioctx.epfd.value, fd);
    if (added < 0) {
      pr_err(cx, 'iothread-add-failed', { errno: -added });
      return added;
    }
    ioctx.pointers.set(fd, vq);
    const started = iothread_start(cx, ioctx);
    if (started < 0) {
      pr_err(cx, 'iothread-start-failed');
    }
    return started;
  },
);

/** core/iothread.c: takes `fd` from an iothread. 0, or negative. */
export const iothread_del = stage(
  file,
  'iothread_del',
  (cx: DmCx, ioctx: IothreadCtx | undefined, fd: number): number => {
    if (ioctx === undefined) {
      pr_err(cx, 'iothread-context-null');
      return -1;
    }
    if (ioctx.epfd.value === 0) {
      return 0;
    }
    const removed = cx.world.sys.epollDelete(cx, ioctx.epfd.value, fd);
    if (removed < 0) {
      pr_err(cx, 'iothread-delete-failed', { errno: -removed });
    }
    return removed;
  },
);

/** core/iothread.c: `count` contexts named after `tag`; empty where there would be more than 40. */
export const iothread_create = stage(
  file,
  'iothread_create',
  (cx: DmCx, count: number, tag: string): readonly IothreadCtx[] => {
    const { contexts, active } = cx.world.iothreads;
    const first = active.value;
    if (first + count > IOTHREAD_NUM) {
      pr_err(cx, 'iothread-too-many', { max: IOTHREAD_NUM });
      return [];
    }
    for (let idx = first; idx < first + count; idx++) {
      contexts[idx] = new IothreadCtx(cx.world.cells, idx, `iothr-${idx}-${tag}`, cx.world.sys.epollCreate(cx));
    }
    active.value = first + count;
    return contexts.slice(first);
  },
);

/** core/iothread.c: ends every thread: each leaves its loop at its next event. That they are joined is not shown. */
export const iothread_deinit = stage(file, 'iothread_deinit', (cx: DmCx): void => {
  const { contexts, active } = cx.world.iothreads;
  for (const ioctx of contexts.splice(0)) {
    ioctx.started.value = 0;
    if (ioctx.epfd.value > 0) {
      close(cx, ioctx.epfd.value);
      ioctx.epfd.value = -1;
    }
    pr_info(cx, 'iothread-stopped', { iothread: ioctx.idx });
  }
  active.value = 0;
});

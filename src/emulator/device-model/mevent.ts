import type { EpollEvent } from '../boundaries.ts';
import type { Cell, CellFactory } from '../cell.ts';
import { COST } from '../costs.ts';
import type { Suspend } from '../scheduler.ts';
import { acrnFile, blockingStage, stage } from '../stage.ts';
import { bind, type Callback } from './callback.ts';
import { close } from './libc.ts';
import { hazard, pr_err } from './log.ts';
import type { DmCx } from './process.ts';
import { ProcessExit } from './process-end.ts';
import { VM_SUSPEND, vm_get_suspend_mode } from './vmmapi.ts';

const file = acrnFile('device-model', 'devicemodel/core/mevent.c');
const MEVENT_MAX = 64;

/** `struct mevent`: a descriptor and what runs when it becomes readable. */
export class Mevent {
  readonly me_fd: Cell;
  readonly me_state: Cell;
  readonly run: Callback;
  readonly teardown: Callback | undefined;
  closefd = false;

  constructor(cells: CellFactory, path: string, fd: number, run: Callback, teardown: Callback | undefined) {
    this.me_fd = cells.number(`${path}.me_fd`, fd);
    this.me_state = cells.number(`${path}.me_state`, 1);
    this.run = run;
    this.teardown = teardown;
  }
}

/** Statics of core/mevent.c. */
export class Mevents {
  readonly epoll_fd: Cell;
  /** Strand that runs `mevent_dispatch`, -1 before it does. */
  readonly mevent_tid: Cell;
  readonly pipefd: readonly [Cell, Cell];
  /** `global_head` and `del_head`, newest first. */
  readonly global_head: Mevent[] = [];
  readonly del_head: Mevent[] = [];
  /** `data.ptr` of the epoll set, by descriptor. */
  readonly pointers = new Map<number, Mevent>();
  made = 0;

  constructor(cells: CellFactory) {
    this.epoll_fd = cells.number('epoll_fd');
    this.mevent_tid = cells.number('mevent_tid', -1);
    this.pipefd = [cells.number('mevent_pipefd[0]'), cells.number('mevent_pipefd[1]')];
  }
}

const mevent_qlock = stage(file, 'mevent_qlock', (_cx: DmCx): void => undefined);
const mevent_qunlock = stage(file, 'mevent_qunlock', (_cx: DmCx): void => undefined);

const is_dispatch_thread = stage(
  file,
  'is_dispatch_thread',
  (cx: DmCx): boolean => cx.strand.id === cx.world.mevent.mevent_tid.value,
);

const mevent_pipe_read = stage(file, 'mevent_pipe_read', (cx: DmCx, fd: number): void => {
  for (let got: Uint8Array | number = MEVENT_MAX; ; ) {
    got = cx.world.sys.read(cx, fd, MEVENT_MAX);
    if (typeof got === 'number' || got.length !== MEVENT_MAX) {
      return;
    }
  }
});

/** core/mevent.c: wakes the dispatcher where another thread calls. 0, or -1. */
export const mevent_notify = stage(file, 'mevent_notify', (cx: DmCx): number => {
  const end = cx.world.mevent.pipefd[1].value;
  if (end !== 0 && !is_dispatch_thread(cx)) {
    return cx.world.sys.writev(cx, end, [new Uint8Array(1)]) <= 0 ? -1 : 0;
  }
  return 0;
});

const mevent_kq_filter = stage(file, 'mevent_kq_filter', (_cx: DmCx): number => 1);

const mevent_handle = stage(file, 'mevent_handle', (cx: DmCx, events: readonly EpollEvent[]): void => {
  for (const { fd } of events) {
    const mevp = cx.world.mevent.pointers.get(fd);
    if (mevp !== undefined && mevp.me_state.value !== 0) {
      mevp.run.call(cx, '(*mevp->run)');
    }
  }
});

/** core/mevent.c: watches `fd` for input; undefined where epoll refuses it. An fd already known gives the old mevent. */
export const mevent_add = stage(
  file,
  'mevent_add',
  (cx: DmCx, fd: number, run: Callback, teardown: Callback | undefined): Mevent | undefined => {
    const state = cx.world.mevent;
    if (fd < 0) {
      return undefined;
    }
    mevent_qlock(cx);
    const known = state.global_head.find((one) => one.me_fd.value === fd);
    mevent_qunlock(cx);
    if (known !== undefined) {
      hazard(cx, 'stale-mevent-reused', { fd });
      return known;
    }
    const mevp = new Mevent(cx.world.cells, `mevent[${state.made++}]`, fd, run, teardown);
    mevent_kq_filter(cx);
    if (cx.world.sys.epollAdd(cx, state.epoll_fd.value, fd) < 0) {
      return undefined;
    }
    state.pointers.set(fd, mevp);
    mevent_qlock(cx);
    state.global_head.unshift(mevp);
    mevent_qunlock(cx);
    return mevp;
  },
);

/** core/mevent.c: stops watching, keeps the mevent. */
export const mevent_disable = stage(file, 'mevent_disable', (cx: DmCx, mevp: Mevent): number =>
  cx.world.sys.epollDelete(cx, cx.world.mevent.epoll_fd.value, mevp.me_fd.value),
);

const mevent_add_to_del_list = stage(file, 'mevent_add_to_del_list', (cx: DmCx, mevp: Mevent): void => {
  mevent_qlock(cx);
  cx.world.mevent.del_head.unshift(mevp);
  mevent_qunlock(cx);
  mevent_notify(cx);
});

function tearDown(cx: DmCx, mevp: Mevent): void {
  if (mevp.closefd) {
    close(cx, mevp.me_fd.value);
  }
  mevp.teardown?.call(cx, 'evp->teardown');
}

const mevent_drain_del_list = stage(file, 'mevent_drain_del_list', (cx: DmCx): void => {
  mevent_qlock(cx);
  for (const mevp of cx.world.mevent.del_head.splice(0)) {
    tearDown(cx, mevp);
  }
  mevent_qunlock(cx);
});

const mevent_delete_event = stage(file, 'mevent_delete_event', (cx: DmCx, mevp: Mevent, closefd: boolean): void => {
  const state = cx.world.mevent;
  mevent_qlock(cx);
  const at = state.global_head.indexOf(mevp);
  if (at >= 0) {
    state.global_head.splice(at, 1);
  }
  mevent_qunlock(cx);
  mevp.me_state.value = 0;
  mevp.closefd = closefd;
  cx.world.sys.epollDelete(cx, state.epoll_fd.value, mevp.me_fd.value);
  if (is_dispatch_thread(cx)) {
    tearDown(cx, mevp);
  } else {
    mevent_add_to_del_list(cx, mevp);
  }
});

/** core/mevent.c: forgets a mevent; its teardown runs on the dispatcher's thread, at once where that is this one. */
export const mevent_delete = stage(file, 'mevent_delete', (cx: DmCx, mevp: Mevent): void => {
  mevent_delete_event(cx, mevp, false);
});

/** core/mevent.c: the same, and closes the descriptor. */
export const mevent_delete_close = stage(file, 'mevent_delete_close', (cx: DmCx, mevp: Mevent): void => {
  mevent_delete_event(cx, mevp, true);
});

/** core/mevent.c: makes the epoll set. 0, or -1. */
export const mevent_init = stage(file, 'mevent_init', (cx: DmCx): number => {
  const fd = cx.world.sys.epollCreate(cx);
  cx.world.mevent.epoll_fd.value = fd;
  return fd >= 0 ? 0 : -1;
});

function openPipe(cx: DmCx): void {
  const { pipefd } = cx.world.mevent;
  if (cx.world.sys.files === undefined) {
    // A Service VM without pipes: nothing wakes the dispatcher from outside, as `mevent_notify` checks for itself.
    return;
  }
  const ends = cx.world.files.pipe();
  if (typeof ends === 'number') {
    pr_err(cx, 'mevent-pipe-failed');
    throw new ProcessExit(0);
  }
  [pipefd[0].value, pipefd[1].value] = ends;
  if (mevent_add(cx, ends[0], bind(mevent_pipe_read, ends[0]), undefined) === undefined) {
    pr_err(cx, 'mevent-pipe-add-failed');
    throw new ProcessExit(0);
  }
}

/** core/mevent.c: the main thread's loop: waits for descriptors and runs what belongs to them. */
export const mevent_dispatch = blockingStage(file, 'mevent_dispatch', function* (cx: DmCx): Generator<
  Suspend,
  void,
  unknown
> {
  cx.world.mevent.mevent_tid.value = cx.strand.id;
  openPipe(cx);
  for (;;) {
    cx.recorder.now += COST.syscall;
    const events = yield* cx.world.sys.epollWait(cx, cx.world.mevent.epoll_fd.value);
    mevent_handle(cx, events);
    mevent_drain_del_list(cx);
    const mode = vm_get_suspend_mode(cx);
    if (mode !== VM_SUSPEND.NONE && mode !== VM_SUSPEND.SYSTEM_RESET && mode !== VM_SUSPEND.SUSPEND) {
      return;
    }
  }
});

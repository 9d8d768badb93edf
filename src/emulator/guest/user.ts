import { gpa } from '../../base/brand.ts';
import type { Context, Strand } from '../../trace/strand.ts';
import { COST } from '../costs.ts';
import { blockingStage, noTree } from '../stage.ts';
import { takeInterrupts } from './arch/irq_entry.ts';
import { beCareless, type CarelessAction } from './careless.ts';
import type { GuestCpu } from './cpu.ts';
import { GuestFile, type SplicePage } from './fs/file.ts';
import { sys_read, sys_write } from './fs/read_write.ts';
import { panic } from './kernel/panic.ts';
import type { Kernel } from './kernel-state.ts';
import { cond_resched, schedule } from './locks.ts';
import { PAGE_SIZE } from './mm.ts';
import type { ActionResult, Outcomes } from './outcomes.ts';
import type { GuestCx, Steps, Task } from './task.ts';

const user = noTree('guest-user');
const ENOENT = 2;
const ENOMEM = 12;
const EINVAL = 22;

/** What a user process does next: it opens `path` if it has not yet, then writes `bytes`, or reads at most `read` bytes. */
export interface UserAction {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly read?: number;
  /** Lengths of the pages of a pipe that hold `bytes`: splice(2) writes them as one chain. */
  readonly splice?: readonly number[];
  /** Closes the file afterwards; it stays open otherwise. */
  readonly close?: boolean;
  /** Only opens the file, and closes it where `close` says so. */
  readonly openOnly?: boolean;
  /** The kernel gives up with this message, and restarts the machine where its command line says so. */
  readonly panic?: string;
  /** Calls a kernel module that deals with the console past its driver; `path` only names the result. */
  readonly careless?: CarelessAction;
}

/** The wrapper of write(2) in libc, and the call behind it. */
const write2 = blockingStage(
  user,
  'write(2)',
  function* (cx: GuestCx, kernelCx: GuestCx, fd: number, buffer: number, count: number): Steps<number> {
    kernelCx.arrive(cx.hop('syscall', 'syscall', COST.syscall));
    return yield* sys_write(kernelCx, fd, buffer, count);
  },
);

const read2 = blockingStage(
  user,
  'read(2)',
  function* (cx: GuestCx, kernelCx: GuestCx, fd: number, buffer: number, count: number): Steps<number> {
    kernelCx.arrive(cx.hop('syscall', 'syscall', COST.syscall));
    return yield* sys_read(kernelCx, fd, buffer, count);
  },
);

const splice2 = blockingStage(
  user,
  'splice(2)',
  function* (cx: GuestCx, kernelCx: GuestCx, fd: number, pages: readonly SplicePage[]): Steps<number> {
    const file = kernelCx.world.kernel.files[fd];
    if (file?.f_op.splice_write === undefined) {
      return -EINVAL;
    }
    kernelCx.arrive(cx.hop('syscall', 'syscall', COST.syscall));
    return yield* file.f_op.splice_write(kernelCx, file, pages);
  },
);

const close2 = blockingStage(user, 'close(2)', function* (cx: GuestCx, kernelCx: GuestCx, fd: number): Steps<void> {
  const { files } = kernelCx.world.kernel;
  const file = files[fd];
  if (file !== undefined) {
    files[fd] = undefined;
    kernelCx.arrive(cx.hop('syscall', 'syscall', COST.syscall));
    yield* file.f_op.release(kernelCx, file);
  }
});

const open2 = blockingStage(user, 'open(2)', function* (cx: GuestCx, kernelCx: GuestCx, path: string): Steps<number> {
  const { files, nodes } = kernelCx.world.kernel;
  const node = nodes.get(path);
  if (node === undefined) {
    return -ENOENT;
  }
  const file = new GuestFile(path, node.f_op, node.node);
  kernelCx.arrive(cx.hop('syscall', 'syscall', COST.syscall));
  const err = yield* file.f_op.open(kernelCx, file);
  if (err < 0) {
    return err;
  }
  const free = files.indexOf(undefined);
  const fd = free < 0 ? files.length : free;
  files[fd] = file;
  return fd;
});

/** Paths that a console may still bring. */
const mayAppear = (path: string): boolean => /^\/dev\/(hvc\d+|vport\d+p\d+)$/.test(path);

/** A process on one processor: takes its actions in order, keeps what it opened. Its threads on other processors share the descriptors. */
export class UserProcess {
  readonly queue: UserAction[] = [];
  readonly #kernel: Kernel;
  readonly #cpu: GuestCpu;
  readonly #strand: Strand;
  readonly #userContext: Context;
  readonly #kernelContext: Context;
  readonly #outcomes: Outcomes;
  readonly #beforeWrite: () => void;
  #task: Task | undefined;

  constructor(kernel: Kernel, cpu: GuestCpu, outcomes: Outcomes, beforeWrite: () => void) {
    const { recorder } = kernel;
    this.#kernel = kernel;
    this.#cpu = cpu;
    this.#outcomes = outcomes;
    this.#beforeWrite = beforeWrite;
    this.#strand = recorder.strand(`user process on vCPU ${cpu.id}`);
    this.#userContext = kernel.context(
      'guest-user',
      cpu.id === 0 ? 'guest user process' : `guest user process, thread on vCPU ${cpu.id}`,
    );
    this.#kernelContext = kernel.context('guest-kernel', `User VM vCPU ${cpu.id} (pCPU of that vCPU), process context`);
  }

  /** Makes the process runnable if it has something to do and is not at it already. */
  start(): void {
    if (this.queue.length > 0 && (this.#task === undefined || this.#task.state === 'dead')) {
      const task = this.#kernel.taskOn('user process', this.#strand, this.#cpu);
      task.body = this.#run(this.#kernel.cxOf(task, this.#userContext), this.#kernel.cxOf(task, this.#kernelContext));
      this.#task = task;
      this.#cpu.makeRunnable(task, -1);
    }
  }

  *#run(cx: GuestCx, kernelCx: GuestCx): Steps<void> {
    for (let action = this.queue.shift(); action !== undefined; action = this.queue.shift()) {
      if (action.panic !== undefined) {
        this.#beforeWrite();
        yield* panic(kernelCx, action.panic);
      } else if (action.careless === undefined) {
        yield* this.#useFile(cx, kernelCx, action);
      } else {
        this.#beforeWrite();
        this.#outcomes.add({ path: action.path, returned: yield* beCareless(kernelCx, action.careless) });
      }
      yield* cond_resched(kernelCx);
    }
  }

  *#useFile(cx: GuestCx, kernelCx: GuestCx, action: UserAction): Steps<void> {
    const { path, close, openOnly } = action;
    const fd = yield* this.#descriptor(cx, kernelCx, path);
    if (close === true && fd >= 0 && openOnly === true) {
      yield* close2(cx, kernelCx, fd);
    }
    if (fd < 0 || openOnly === true) {
      this.#outcomes.add({ path, returned: fd });
      return;
    }
    this.#outcomes.add(yield* this.#act(cx, kernelCx, action, fd));
    if (close === true) {
      yield* close2(cx, kernelCx, fd);
    }
  }

  *#descriptor(cx: GuestCx, kernelCx: GuestCx, path: string): Steps<number> {
    const open = this.#kernel.files.findIndex((file) => file?.path === path);
    if (open >= 0) {
      return open;
    }
    if (mayAppear(path) && !this.#kernel.nodes.has(path)) {
      yield* this.#waitForNode(kernelCx, path);
    }
    return yield* open2(cx, kernelCx, path);
  }

  /** Start-up scripts wait for their devices: until the node is there, or the next timer interrupt. */
  *#waitForNode(kernelCx: GuestCx, path: string): Steps<void> {
    const { nodes, nodeAdded, timers } = this.#kernel;
    while (!nodes.has(path)) {
      nodeAdded.waiting.push(kernelCx.world.task);
      timers.sleepers.waiting.push(kernelCx.world.task);
      yield* schedule(kernelCx, 'wait for the device node');
      if (!timers.sleepers.waiting.includes(kernelCx.world.task)) {
        return;
      }
    }
  }

  *#act(cx: GuestCx, kernelCx: GuestCx, action: UserAction, fd: number): Steps<ActionResult> {
    const { mm, ram } = this.#kernel;
    const size = action.read ?? action.bytes.length;
    const buffer = mm.allocPages(Math.max(size, 1));
    if (buffer === 0) {
      return { path: action.path, returned: -ENOMEM };
    }
    this.#beforeWrite();
    let result: ActionResult;
    if (action.read !== undefined) {
      const returned = yield* read2(cx, kernelCx, fd, buffer, size);
      result = { path: action.path, returned, read: ram.read(gpa(buffer), Math.max(returned, 0)) };
    } else if (action.splice !== undefined) {
      result = { path: action.path, returned: yield* this.#splice(cx, kernelCx, action, action.splice, fd) };
    } else {
      ram.write(gpa(buffer), action.bytes);
      result = { path: action.path, returned: yield* this.#writeAll(cx, kernelCx, fd, buffer, size) };
    }
    mm.freePages(buffer);
    return result;
  }

  *#splice(cx: GuestCx, kernelCx: GuestCx, action: UserAction, lengths: readonly number[], fd: number): Steps<number> {
    const { mm, ram } = this.#kernel;
    let at = 0;
    const pages = lengths.map((length) => {
      const address = mm.allocPages(PAGE_SIZE);
      ram.write(gpa(address), action.bytes.subarray(at, at + length));
      at += length;
      return { address, length };
    });
    const returned = yield* splice2(cx, kernelCx, fd, pages);
    for (const page of pages) {
      mm.freePages(page.address);
    }
    return returned;
  }

  /** Calls write(2) until all is written, as programs do; bytes in all, or the first error. */
  *#writeAll(cx: GuestCx, kernelCx: GuestCx, fd: number, buffer: number, count: number): Steps<number> {
    let done = 0;
    do {
      const written = yield* write2(cx, kernelCx, fd, buffer + done, count - done);
      if (this.#cpu.interruptPending) {
        yield* takeInterrupts(kernelCx);
      }
      if (written <= 0) {
        return done > 0 ? done : written;
      }
      done += written;
    } while (done < count);
    return done;
  }
}

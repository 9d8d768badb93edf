import { ERRNO } from '../boundaries.ts';
import type { Cell } from '../cell.ts';
import { COST } from '../costs.ts';
import { Cx } from '../cx.ts';
import { Sleep, type Suspend, Thread, WaitQueue } from '../scheduler.ts';
import { linuxFile, stage } from '../stage.ts';
import { EPOLLIN, type WaitEntry } from './eventfd.ts';
import type { InternalFile } from './files.ts';
import { untilOops } from './threads.ts';
import type { ServiceVm, SvCx } from './world.ts';

/* Twin of fs/timerfd.c: a timer that epoll can watch. */

const file = linuxFile('service-vm-kernel', 'fs/timerfd.c');

/** The timer ran out, in the interrupt of the processor's timer (fs/timerfd.c, timerfd_tmrproc). */
const timerfd_tmrproc = stage(file, 'timerfd_tmrproc', (cx: SvCx, timer: TimerFile) => {
  timer.ticks.value++;
  for (const entry of [...timer.entries]) {
    cx.via('epoll', 'wake_up_locked_poll');
    entry.wake(cx, EPOLLIN);
  }
});

/** A flow of control that waits for one expiry at a time. */
interface Waiter {
  readonly idle: WaitQueue;
  /** When it wakes up, and by which arming; undefined while it has nothing to wait for. */
  task: { readonly until: number; readonly arming: number; readonly hop: number } | undefined;
}

/** A timerfd. */
export class TimerFile implements InternalFile {
  readonly entries: WaitEntry[] = [];
  /** Expiries that nobody read. */
  readonly ticks: Cell;
  /** Virtual time of the next expiry, 0 for none. */
  readonly #expires: Cell;
  readonly #world: ServiceVm;
  readonly #path: string;
  readonly #waiters: Waiter[] = [];
  #armings = 0;

  constructor(world: ServiceVm, path: string) {
    this.#world = world;
    this.#path = path;
    this.ticks = world.cells.number(`${path}.ticks`);
    this.#expires = world.cells.number(`${path}.expires`);
  }

  /** Expires once after `nanoseconds`; 0 takes it back (timerfd_settime). */
  arm(nanoseconds: number): void {
    const { recorder, scheduler } = this.#world;
    this.#armings++;
    this.ticks.value = 0;
    this.#expires.value = nanoseconds === 0 ? 0 : recorder.now + nanoseconds;
    if (nanoseconds > 0) {
      const hop = recorder.hop('timerfd', 'timerfd_settime');
      const waiter = this.#waiters.find((one) => one.task === undefined) ?? this.#newWaiter();
      waiter.task = { until: this.#expires.value, arming: this.#armings, hop };
      scheduler.wake(waiter.idle, -1);
    }
  }

  #newWaiter(): Waiter {
    const { recorder, scheduler } = this.#world;
    const waiter: Waiter = { idle: new WaitQueue(this.#path), task: undefined };
    this.#waiters.push(waiter);
    const strand = recorder.strand(this.#path);
    const name = 'Service VM, timer interrupt';
    const known = recorder.trace.contexts.find((one) => one.name === name);
    const context = known ?? recorder.context('service-vm-kernel', name);
    const cx: SvCx = new Cx(this.#world, recorder, strand, context);
    scheduler.spawn(new Thread(this.#path, strand, untilOops(cx, this.#wait(cx, waiter))));
    return waiter;
  }

  *#wait(cx: SvCx, waiter: Waiter): Generator<Suspend, void, unknown> {
    for (;;) {
      const task = waiter.task;
      if (task === undefined) {
        yield waiter.idle;
        continue;
      }
      yield new Sleep(task.until);
      waiter.task = undefined;
      if (task.arming === this.#armings && this.#expires.value !== 0) {
        this.#expires.value = 0;
        cx.recorder.now += COST.interrupt;
        cx.arrive(task.hop);
        timerfd_tmrproc(cx, this);
      }
    }
  }

  read(max: number): Uint8Array | number {
    if (max < 8) {
      return -ERRNO.EINVAL;
    }
    if (this.ticks.value === 0) {
      return -ERRNO.EAGAIN;
    }
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setUint32(0, this.ticks.value, true);
    this.ticks.value = 0;
    return bytes;
  }

  write(): number {
    return -ERRNO.EINVAL;
  }

  poll(): number {
    return this.ticks.value > 0 ? EPOLLIN : 0;
  }

  addWait(entry: WaitEntry): () => void {
    this.entries.push(entry);
    return () => {
      const at = this.entries.indexOf(entry);
      this.entries.splice(at, at < 0 ? 0 : 1);
    };
  }

  close(): void {
    this.#expires.value = 0;
    this.#armings++;
  }
}

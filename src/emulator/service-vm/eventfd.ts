import type { Cell, CellFactory } from '../cell.ts';
import { linuxFile, type Stage, stage } from '../stage.ts';
import type { SvCx } from './world.ts';

/* Twin of fs/eventfd.c. */

const file = linuxFile('service-vm-kernel', 'fs/eventfd.c');

/** Poll bits (include/uapi/linux/eventpoll.h). */
export const EPOLLIN = 1;
/** The other side is gone. */
export const EPOLLHUP = 0x10;

/** A function that a wait queue calls instead of waking a thread (wait_queue_entry.func). */
export interface WaitEntry {
  /** Kind and expression of the hop to it. */
  readonly wake: (cx: SvCx, key: number) => void;
}

/** `struct eventfd_ctx`. */
export class EventfdCtx {
  readonly count: Cell;
  /** `wqh`: who is told of every signal. */
  readonly wqh: WaitEntry[] = [];

  /** Where the structure lies in the kernel's memory: what asyncio hands to the hypervisor. */
  readonly address: number;

  constructor(cells: CellFactory, path: string, address: number) {
    this.address = address;
    this.count = cells.number(`${path}.count`);
  }

  /** Takes an entry off the wait queue. */
  remove(entry: WaitEntry): void {
    const at = this.wqh.indexOf(entry);
    if (at >= 0) {
      this.wqh.splice(at, 1);
    }
  }
}

/** A function that is called through a wait queue entry. */
export type WakeFunction<T> = ((cx: SvCx, of: T, key: number) => void) & Stage;

function wake_up_locked_poll(cx: SvCx, ctx: EventfdCtx, key: number): void {
  for (const entry of [...ctx.wqh]) {
    cx.via('eventfd', 'wake_up_locked_poll');
    entry.wake(cx, key);
  }
}

/** Adds one to the counter and tells whoever listens (eventfd.c, eventfd_signal_mask). */
const eventfd_signal_mask = stage(file, 'eventfd_signal_mask', (cx: SvCx, ctx: EventfdCtx, mask: number) => {
  ctx.count.value++;
  wake_up_locked_poll(cx, ctx, EPOLLIN | mask);
});

/** Signals an eventfd from inside the kernel (include/linux/eventfd.h, eventfd_signal). */
export const eventfd_signal = stage(
  linuxFile('service-vm-kernel', 'include/linux/eventfd.h'),
  'eventfd_signal',
  (cx: SvCx, ctx: EventfdCtx) => eventfd_signal_mask(cx, ctx, 0),
);

/** write(2) on an eventfd: adds `count` (eventfd.c, eventfd_write). */
export const eventfd_write = stage(file, 'eventfd_write', (cx: SvCx, ctx: EventfdCtx, count: number) => {
  ctx.count.value += count;
  wake_up_locked_poll(cx, ctx, EPOLLIN);
});

import type { EpollEvent } from '../boundaries.ts';
import type { Cell, CellFactory } from '../cell.ts';
import type { Cx } from '../cx.ts';
import { SPIN, type Suspend, WaitQueue, waitUntil, wakeUp } from '../scheduler.ts';
import { linuxFile, stage } from '../stage.ts';
import { EPOLLHUP, EPOLLIN, type WaitEntry } from './eventfd.ts';
import type { SvCx } from './world.ts';

/* Twin of fs/eventpoll.c, level-triggered. */

const file = linuxFile('service-vm-kernel', 'fs/eventpoll.c');

/** What epoll needs of a file. */
export interface Pollable {
  /** Events that hold now. */
  poll(): number;
  /** Calls `entry` on every change; returns what ends that. */
  addWait(entry: WaitEntry): () => void;
}

/** `struct epitem`: one file that an epoll set watches. */
export interface Epitem {
  readonly ep: Eventpoll;
  readonly fd: number;
  readonly file: Pollable;
  readonly events: number;
  readonly remove: () => void;
}

/** `struct eventpoll`. */
export class Eventpoll {
  readonly items: Epitem[] = [];
  /** `rdllist`: items that may have something to report, in order. */
  readonly rdllist: Epitem[] = [];
  readonly ready: Cell;
  readonly wq: WaitQueue;
  /** Waits in a row that found something at once: who never sleeps lets the scheduler in all the same. */
  busy = 0;

  constructor(cells: CellFactory, path: string) {
    this.ready = cells.number(`${path}.rdllist.length`);
    this.wq = new WaitQueue(path);
  }

  /** Adds an item to the ready list unless it is there. */
  link(item: Epitem): void {
    if (!this.rdllist.includes(item)) {
      this.rdllist.push(item);
      this.ready.value = this.rdllist.length;
    }
  }

  /** Takes an item off both lists. */
  unlink(item: Epitem): void {
    for (const list of [this.items, this.rdllist]) {
      const at = list.indexOf(item);
      if (at >= 0) {
        list.splice(at, 1);
      }
    }
    this.ready.value = this.rdllist.length;
  }
}

/** A watched file has changed: its item becomes ready, whoever waits is woken (eventpoll.c, ep_poll_callback). */
export const ep_poll_callback = stage(file, 'ep_poll_callback', (cx: SvCx, item: Epitem, key: number) => {
  if (key !== 0 && (key & (item.events | EPOLLHUP)) === 0) {
    return;
  }
  item.ep.link(item);
  wakeUp(cx, cx.world.scheduler, item.ep.wq, 'wake_up');
});

/** Watches `target` for input under the name `fd` (eventpoll.c, ep_insert). */
export const ep_insert = stage(file, 'ep_insert', (cx: SvCx, ep: Eventpoll, target: Pollable, fd: number) => {
  const entry: WaitEntry = { wake: (waker, key) => ep_poll_callback(waker, item, key) };
  const detach = target.addWait(entry);
  const item: Epitem = {
    ep,
    fd,
    file: target,
    events: EPOLLIN,
    remove: () => {
      detach();
      ep.unlink(item);
    },
  };
  ep.items.push(item);
  if ((target.poll() & (EPOLLIN | EPOLLHUP)) !== 0) {
    ep.link(item);
    wakeUp(cx, cx.world.scheduler, ep.wq, 'wake_up');
  }
});

/** Reports of the ready list; what is still ready stays on it (eventpoll.c, ep_send_events). */
function sendEvents(ep: Eventpoll): EpollEvent[] {
  const reports: EpollEvent[] = [];
  for (const item of ep.rdllist.splice(0)) {
    const events = item.file.poll() & (item.events | EPOLLHUP);
    if (events !== 0) {
      reports.push({ fd: item.fd, events });
      ep.rdllist.push(item);
    }
  }
  ep.ready.value = ep.rdllist.length;
  return reports;
}

/** Far more waits than any input takes that is read in pieces: from here on it is a busy loop. */
const BUSY_LOOP = 2000;

/**
 * epoll_wait(2) without a timeout: blocks the calling thread in the stage that called it. A thread that asks again and again
 * about something that it never consumes does not sleep; it then counts as spinning.
 */
export function* epollWait(cx: Cx, ep: Eventpoll): Generator<Suspend, EpollEvent[], unknown> {
  ep.busy = ep.rdllist.length > 0 ? ep.busy + 1 : 0;
  if (ep.busy > BUSY_LOOP) {
    yield SPIN;
  }
  for (;;) {
    yield* waitUntil(cx, ep.wq, 'epoll_wait', () => ep.rdllist.length > 0);
    const reports = sendEvents(ep);
    if (reports.length > 0) {
      return reports;
    }
  }
}

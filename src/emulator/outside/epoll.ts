import type { EpollEvent, OutsideFile } from '../boundaries.ts';

interface Item {
  readonly fd: number;
  readonly file: OutsideFile;
  readonly unwatch: () => void;
  queued: boolean;
}

/** An epoll set, level triggered: a queue of what became ready, in that order (fs/eventpoll.c). */
export class EpollSet {
  readonly #items = new Map<number, Item>();
  #ready: Item[] = [];

  has(fd: number): boolean {
    return this.#items.has(fd);
  }

  add(fd: number, file: OutsideFile): void {
    const unwatch = file.watch?.(() => this.#woken(item)) ?? (() => undefined);
    const item: Item = { fd, file, unwatch, queued: false };
    this.#items.set(fd, item);
    this.#woken(item);
  }

  /** False where `fd` is not in the set. */
  remove(fd: number): boolean {
    const item = this.#items.get(fd);
    if (item === undefined) {
      return false;
    }
    item.unwatch();
    this.#items.delete(fd);
    this.#ready = this.#ready.filter((one) => one !== item);
    return true;
  }

  /** What is ready now, at most `max`; what stays ready goes to the end of the queue. */
  collect(max: number): readonly EpollEvent[] {
    const events: EpollEvent[] = [];
    for (const item of this.#ready.splice(0)) {
      const mask = item.file.poll?.() ?? 0;
      item.queued = mask !== 0;
      if (mask === 0) {
        continue;
      }
      this.#ready.push(item);
      if (events.length < max) {
        events.push({ fd: item.fd, events: mask });
      }
    }
    return events;
  }

  /** Whether `collect` would find anything. */
  get isReady(): boolean {
    return this.#ready.some((item) => (item.file.poll?.() ?? 0) !== 0);
  }

  #woken(item: Item): void {
    if (!item.queued && (item.file.poll?.() ?? 0) !== 0) {
      item.queued = true;
      this.#ready.push(item);
    }
  }
}

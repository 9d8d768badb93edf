import type { OutsideFile } from '../boundaries.ts';

/** What epoll reports (include/uapi/linux/eventpoll.h). */
export const EPOLL = { IN: 1, ERR: 8, HUP: 0x10 } as const;

/** A file whose readiness changes: who waits for it is told. */
export abstract class Watched implements OutsideFile {
  readonly #watchers = new Set<() => void>();

  abstract readonly endpoint: string;
  abstract readonly isTty: boolean;
  abstract write(bytes: Uint8Array): number;
  abstract read(max: number): Uint8Array | number;
  abstract poll(): number;

  watch(wake: () => void): () => void {
    this.#watchers.add(wake);
    return () => this.#watchers.delete(wake);
  }

  /** Readiness may have changed. */
  changed(): void {
    for (const wake of [...this.#watchers]) {
      wake();
    }
  }
}

/** Bytes that wait to be read, in order. */
export class ByteQueue {
  #bytes = new Uint8Array(0);

  get length(): number {
    return this.#bytes.length;
  }

  push(bytes: Uint8Array): void {
    const joined = new Uint8Array(this.#bytes.length + bytes.length);
    joined.set(this.#bytes);
    joined.set(bytes, this.#bytes.length);
    this.#bytes = joined;
  }

  /** At most `max` bytes from the front, which leave the queue. */
  take(max: number): Uint8Array<ArrayBuffer> {
    const taken = this.#bytes.slice(0, max);
    this.#bytes = this.#bytes.slice(taken.length);
    return taken;
  }
}

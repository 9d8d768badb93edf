import { ERRNO, type OutsideFile } from '../boundaries.ts';
import { ByteQueue, EPOLL, Watched } from './watched.ts';

function counterBytes(count: number): Uint8Array {
  const bytes = new Uint8Array(8);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, count % 2 ** 32, true);
  view.setUint32(4, Math.floor(count / 2 ** 32), true);
  return bytes;
}

/** An eventfd: a counter; reading takes it and clears it (fs/eventfd.c). */
export class EventFd extends Watched {
  readonly endpoint = '';
  readonly isTty = false;
  #count = 0;

  /** Signals that nobody has read. */
  get count(): number {
    return this.#count;
  }

  /** `eventfd_signal` */
  signal(): void {
    this.#count += 1;
    this.changed();
  }

  write(bytes: Uint8Array): number {
    if (bytes.length < 8) {
      return -ERRNO.EINVAL;
    }
    this.signal();
    return 8;
  }

  read(): Uint8Array | number {
    if (this.#count === 0) {
      return -ERRNO.EAGAIN;
    }
    const bytes = counterBytes(this.#count);
    this.#count = 0;
    return bytes;
  }

  poll(): number {
    return this.#count > 0 ? EPOLL.IN : 0;
  }
}

/** The read end of a non-blocking pipe. */
class PipeReader extends Watched {
  readonly endpoint = '';
  readonly isTty = false;
  readonly #queue = new ByteQueue();

  write(): number {
    return -ERRNO.EBADF;
  }

  /** What the write end writes. */
  push(bytes: Uint8Array): number {
    this.#queue.push(bytes);
    this.changed();
    return bytes.length;
  }

  read(max: number): Uint8Array | number {
    return this.#queue.length === 0 ? -ERRNO.EAGAIN : this.#queue.take(max);
  }

  poll(): number {
    return this.#queue.length > 0 ? EPOLL.IN : 0;
  }
}

/** A non-blocking pipe: its read end and its write end. */
export function newPipe(): readonly [OutsideFile, OutsideFile] {
  const reader = new PipeReader();
  const writer: OutsideFile = {
    endpoint: '',
    isTty: false,
    write: (bytes) => reader.push(bytes),
    read: () => -ERRNO.EBADF,
  };
  return [reader, writer];
}

/** The clock that timers run by. */
export interface Timers {
  /** Calls `expire` once after `nanoseconds`; returns what takes that back. */
  after(nanoseconds: number, expire: () => void): () => void;
}

/** A timerfd (fs/timerfd.c): readable once it has expired. */
export class TimerFd extends Watched {
  readonly endpoint = '';
  readonly isTty = false;
  readonly #timers: Timers;
  #expirations = 0;
  #cancel: () => void = () => undefined;

  constructor(timers: Timers) {
    super();
    this.#timers = timers;
  }

  /** Expires once after `nanoseconds`; 0 takes it back. */
  arm(nanoseconds: number): void {
    this.#cancel();
    this.#expirations = 0;
    if (nanoseconds > 0) {
      this.#cancel = this.#timers.after(nanoseconds, () => {
        this.#expirations += 1;
        this.changed();
      });
    }
  }

  write(): number {
    return -ERRNO.EINVAL;
  }

  read(): Uint8Array | number {
    if (this.#expirations === 0) {
      return -ERRNO.EAGAIN;
    }
    const bytes = counterBytes(this.#expirations);
    this.#expirations = 0;
    return bytes;
  }

  poll(): number {
    return this.#expirations > 0 ? EPOLL.IN : 0;
  }

  close(): void {
    this.#cancel();
  }
}

import { ERRNO } from '../boundaries.ts';
import type { Cell } from '../cell.ts';
import { linuxFile, stage } from '../stage.ts';
import { EPOLLIN, type WaitEntry } from './eventfd.ts';
import type { InternalFile } from './files.ts';
import type { ServiceVm, SvCx } from './world.ts';

/* Twin of fs/pipe.c: a non-blocking pipe. */

const file = linuxFile('service-vm-kernel', 'fs/pipe.c');

/** Bytes that a pipe holds at most: 16 pages. */
const CAPACITY = 65536;

/** Tells whoever watches the read end that there is something (fs/pipe.c, pipe_write). */
const pipe_write = stage(file, 'pipe_write', (cx: SvCx, pipe: PipeReader, bytes: Uint8Array): number => {
  const taken = pipe.take(bytes);
  for (const entry of [...pipe.entries]) {
    cx.via('epoll', 'wake_up_interruptible_sync_poll');
    entry.wake(cx, EPOLLIN);
  }
  return taken;
});

/** Read end of a pipe, with its bytes. */
class PipeReader implements InternalFile {
  readonly entries: WaitEntry[] = [];
  readonly #length: Cell;
  #bytes: number[] = [];

  constructor(world: ServiceVm, path: string) {
    this.#length = world.cells.number(`${path}.length`);
  }

  /** Appends as much as fits; -EAGAIN where nothing does. */
  take(bytes: Uint8Array): number {
    const room = CAPACITY - this.#bytes.length;
    if (room === 0) {
      return -ERRNO.EAGAIN;
    }
    const taken = bytes.subarray(0, room);
    this.#bytes.push(...taken);
    this.#length.value = this.#bytes.length;
    return taken.length;
  }

  read(max: number): Uint8Array | number {
    if (this.#bytes.length === 0) {
      return -ERRNO.EAGAIN;
    }
    const bytes = Uint8Array.from(this.#bytes.splice(0, max));
    this.#length.value = this.#bytes.length;
    return bytes;
  }

  write(): number {
    return -ERRNO.EBADF;
  }

  poll(): number {
    return this.#bytes.length > 0 ? EPOLLIN : 0;
  }

  addWait(entry: WaitEntry): () => void {
    this.entries.push(entry);
    return () => {
      const at = this.entries.indexOf(entry);
      this.entries.splice(at, at < 0 ? 0 : 1);
    };
  }

  close(): void {
    this.#bytes = [];
  }
}

/** Read end and write end of a new pipe. */
export function newPipe(world: ServiceVm, path: string): readonly [InternalFile, InternalFile] {
  const reader = new PipeReader(world, path);
  const writer: InternalFile = {
    read: () => -ERRNO.EBADF,
    write: (cx, bytes) => pipe_write(cx, reader, bytes),
    poll: () => 0,
    addWait: () => () => undefined,
    close: () => undefined,
  };
  return [reader, writer];
}

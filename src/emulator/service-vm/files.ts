import type { OutsideFile } from '../boundaries.ts';
import { ERRNO } from '../boundaries.ts';
import type { Cell } from '../cell.ts';
import type { EventfdCtx, WaitEntry } from './eventfd.ts';
import { EPOLLIN } from './eventfd.ts';
import type { Eventpoll, Pollable } from './eventpoll.ts';
import type { HsmVm } from './hsm_vm.ts';
import type { ServiceVm, SvCx } from './world.ts';

/** An open file of acrn-dm, by what lies behind it. */
export type KernelFile =
  | { readonly kind: 'hsm'; readonly vm: HsmVm }
  | { readonly kind: 'eventfd'; readonly ctx: EventfdCtx }
  | { readonly kind: 'epoll'; readonly ep: Eventpoll }
  | { readonly kind: 'outside'; readonly file: OutsideFile }
  | { readonly kind: 'internal'; readonly file: InternalFile };

const CODES = { hsm: 1, eventfd: 2, epoll: 3, outside: 4, internal: 5 } as const;

/** acrn-dm's descriptor table: the lowest free number is given out (fs/file.c, alloc_fd). */
export class FileTable {
  readonly #world: ServiceVm;
  readonly #files: (KernelFile | undefined)[] = [];
  readonly #cells: Cell[] = [];

  constructor(world: ServiceVm) {
    this.#world = world;
    for (let fd = 0; fd < 3; fd++) {
      this.install({ kind: 'outside', file: world.outside.stdin });
    }
  }

  /** The file behind `fd`, undefined where it is closed. */
  get(fd: number): KernelFile | undefined {
    return this.#files[fd];
  }

  /** Gives `file` a number. */
  install(file: KernelFile): number {
    const free = this.#files.indexOf(undefined);
    const fd = free >= 0 ? free : this.#files.length;
    this.#files[fd] = file;
    this.#cell(fd).value = CODES[file.kind];
    return fd;
  }

  /** Frees the number; returns what was there. */
  remove(fd: number): KernelFile | undefined {
    const file = this.#files[fd];
    if (file !== undefined) {
      this.#files[fd] = undefined;
      this.#cell(fd).value = 0;
      if (!this.isShared(file)) {
        this.#releaseFromEpoll(fd);
      }
    }
    return file;
  }

  /** A file that is gone leaves every epoll set (fs/eventpoll.c, eventpoll_release_file). */
  #releaseFromEpoll(fd: number): void {
    for (const file of this.#files) {
      if (file?.kind === 'epoll') {
        for (const item of file.ep.items.filter((one) => one.fd === fd)) {
          item.remove();
        }
      }
    }
  }

  /** Whether another number still names the same file. */
  isShared(file: KernelFile): boolean {
    return this.#files.some(
      (one) => one?.kind === 'outside' && file.kind === 'outside' && one.file === file.file && one !== file,
    );
  }

  #cell(fd: number): Cell {
    let cell = this.#cells[fd];
    if (cell === undefined) {
      cell = this.#world.cells.number(`acrn-dm.files.fd[${fd}]`);
      this.#cells[fd] = cell;
    }
    return cell;
  }
}

/** A pipe's end or a timer: what the kernel makes without a device or an outside. */
export interface InternalFile extends Pollable {
  read(max: number): Uint8Array | number;
  write(cx: SvCx, bytes: Uint8Array): number;
  close(): void;
}

/** What epoll sees of a file; -EPERM for one that cannot be watched. */
export function pollable(file: KernelFile | undefined, watch: (entry: WaitEntry) => void): Pollable | number {
  switch (file?.kind) {
    case undefined:
      return -ERRNO.EBADF;
    case 'eventfd':
      return eventfdPollable(file.ctx);
    case 'internal':
      return file.file;
    case 'outside':
      return file.file.poll === undefined ? -ERRNO.EPERM : outsidePollable(file.file, watch);
    default:
      return -ERRNO.EPERM;
  }
}

function eventfdPollable(ctx: EventfdCtx): Pollable {
  return {
    poll: () => (ctx.count.value > 0 ? EPOLLIN : 0),
    addWait: (entry) => {
      ctx.wqh.push(entry);
      return () => ctx.remove(entry);
    },
  };
}

function outsidePollable(file: OutsideFile, watch: (entry: WaitEntry) => void): Pollable {
  return {
    poll: () => file.poll?.() ?? 0,
    addWait: (entry) => file.watch?.(() => watch(entry)) ?? (() => undefined),
  };
}

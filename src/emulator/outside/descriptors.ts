import { type EpollEvent, ERRNO, type FileSyscalls, type Outside, type OutsideFile } from '../boundaries.ts';
import { EpollSet } from './epoll.ts';
import { EventFd, newPipe, TimerFd, type Timers } from './kernel-files.ts';

/** What a descriptor table tells of the calls that change it. */
export interface DescriptorWatch {
  opened(file: OutsideFile): void;
  closed(file: OutsideFile): void;
}

const EPOLL_MAX = 64;

/**
 * The open files of one process: the lowest free descriptor is taken, closing the last descriptor of a file ends it and
 * takes it out of every epoll set. A kernel model embeds it; negative results are -errno.
 */
export class Descriptors implements FileSyscalls {
  readonly #files: (OutsideFile | undefined)[];
  readonly #epolls = new Map<number, EpollSet>();
  readonly #paths = new Map<OutsideFile, string>();
  readonly #outside: Outside;
  readonly #timers: Timers;
  readonly #watch: DescriptorWatch | undefined;

  /** Descriptors 0, 1, 2 are open; only 0 leads outside. */
  constructor(outside: Outside, timers: Timers, watch?: DescriptorWatch) {
    this.#outside = outside;
    this.#timers = timers;
    this.#watch = watch;
    this.#files = [outside.stdin, KERNEL_FILE, KERNEL_FILE];
  }

  /** The file behind a descriptor. */
  file(fd: number): OutsideFile | undefined {
    return this.#files[fd];
  }

  /** Gives a file the lowest free descriptor. */
  install(file: OutsideFile): number {
    const free = this.#files.indexOf(undefined);
    const fd = free < 0 ? this.#files.length : free;
    this.#files[fd] = file;
    this.#watch?.opened(file);
    return fd;
  }

  open(path: string, flags: number): number {
    const file = this.#outside.open(path, flags);
    return file === undefined ? -ERRNO.ENOENT : this.install(file);
  }

  close(fd: number): number {
    const file = this.#files[fd];
    if (file === undefined) {
      return -ERRNO.EBADF;
    }
    this.#files[fd] = undefined;
    this.#epolls.delete(fd);
    this.#watch?.closed(file);
    if (!this.#files.includes(file)) {
      for (const set of this.#epolls.values()) {
        set.remove(fd);
      }
      file.close?.();
    }
    return 0;
  }

  /** Bytes written; nothing to write is 0 before anybody looks at the file, but for one opened to read only. */
  write(fd: number, bytes: Uint8Array): number {
    const file = this.#files[fd];
    if (file === undefined) {
      return -ERRNO.EBADF;
    }
    if (bytes.length > 0) {
      return file.write(bytes);
    }
    return file.write(bytes) === -ERRNO.EBADF ? -ERRNO.EBADF : 0;
  }

  /** Bytes read; room for none is no bytes before anybody looks at the file. */
  read(fd: number, max: number): Uint8Array | number {
    const file = this.#files[fd];
    return file === undefined ? -ERRNO.EBADF : max === 0 ? new Uint8Array(0) : file.read(max);
  }

  isatty(fd: number): boolean {
    return this.#files[fd]?.isTty ?? false;
  }

  eventfd(): number {
    return this.install(new EventFd());
  }

  /** Signals of an eventfd that nobody has read; 0 for any other file. */
  eventfdCount(fd: number): number {
    const file = this.#files[fd];
    return file instanceof EventFd ? file.count : 0;
  }

  epollCreate(): number {
    const fd = this.install({ ...KERNEL_FILE });
    this.#epolls.set(fd, new EpollSet());
    return fd;
  }

  epollAdd(epfd: number, fd: number): number {
    const [set, file] = [this.#epolls.get(epfd), this.#files[fd]];
    if (set === undefined || file === undefined) {
      return -ERRNO.EBADF;
    }
    if (file.poll === undefined) {
      return -ERRNO.EPERM;
    }
    if (set.has(fd)) {
      return -ERRNO.EEXIST;
    }
    set.add(fd, file);
    return 0;
  }

  epollDelete(epfd: number, fd: number): number {
    const set = this.#epolls.get(epfd);
    if (set === undefined || this.#files[fd] === undefined) {
      return -ERRNO.EBADF;
    }
    return set.remove(fd) ? 0 : -ERRNO.ENOENT;
  }

  /** What `epoll_wait` would return now. */
  epollReady(epfd: number): readonly EpollEvent[] {
    return this.#epolls.get(epfd)?.collect(EPOLL_MAX) ?? [];
  }

  /** Whether `epoll_wait` would return now. */
  epollIsReady(epfd: number): boolean {
    return this.#epolls.get(epfd)?.isReady ?? false;
  }

  openpt(): number {
    const made = this.#outside.openpt?.();
    if (made === undefined) {
      return -ERRNO.ENOSYS;
    }
    this.#paths.set(made.master, made.path);
    return this.install(made.master);
  }

  ptsname(fd: number): string | number {
    const file = this.#files[fd];
    return (file === undefined ? undefined : this.#paths.get(file)) ?? -ERRNO.ENOTTY;
  }

  makeRaw(fd: number, opost: boolean): number {
    const file = this.#files[fd];
    if (file?.makeRaw === undefined) {
      return file === undefined ? -ERRNO.EBADF : -ERRNO.ENOTTY;
    }
    file.makeRaw(opost);
    return 0;
  }

  setNonBlocking(fd: number): number {
    return this.#files[fd] === undefined ? -ERRNO.EBADF : 0;
  }

  socket(): number {
    const { sockets } = this.#outside;
    return sockets === undefined ? -ERRNO.ENOSYS : this.install(sockets.socket());
  }

  bind(fd: number, path: string): number {
    return this.#onSocket(fd, (sockets, file) => sockets.bind(file, path));
  }

  listen(fd: number): number {
    return this.#onSocket(fd, (sockets, file) => sockets.listen(file));
  }

  accept(fd: number): number {
    return this.#onSocket(fd, (sockets, file) => {
      const accepted = sockets.accept(file);
      return typeof accepted === 'number' ? accepted : this.install(accepted);
    });
  }

  connect(fd: number, path: string): number {
    return this.#onSocket(fd, (sockets, file) => sockets.connect(file, path));
  }

  exists(path: string): boolean {
    return this.#outside.sockets?.exists(path) ?? false;
  }

  unlink(path: string): number {
    return this.#outside.sockets?.unlink(path) ?? -ERRNO.ENOENT;
  }

  pipe(): readonly [number, number] {
    const [reader, writer] = newPipe();
    return [this.install(reader), this.install(writer)];
  }

  timerfd(): number {
    return this.install(new TimerFd(this.#timers));
  }

  timerfdSettime(fd: number, nanoseconds: number): number {
    const file = this.#files[fd];
    if (!(file instanceof TimerFd)) {
      return file === undefined ? -ERRNO.EBADF : -ERRNO.EINVAL;
    }
    file.arm(nanoseconds);
    return 0;
  }

  #onSocket(fd: number, call: (sockets: NonNullable<Outside['sockets']>, file: OutsideFile) => number): number {
    const [file, sockets] = [this.#files[fd], this.#outside.sockets];
    return file === undefined || sockets === undefined ? -ERRNO.EBADF : call(sockets, file);
  }
}

/** A descriptor that leads nowhere outside: the log, an epoll set. */
const KERNEL_FILE: OutsideFile = {
  endpoint: '',
  isTty: false,
  write: () => -ERRNO.EINVAL,
  read: () => -ERRNO.EINVAL,
};

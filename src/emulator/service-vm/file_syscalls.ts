import { ERRNO, type FileSyscalls, type OutsideFile, type OutsideSockets } from '../boundaries.ts';
import type { FileTable } from './files.ts';
import { newPipe } from './pipe.ts';
import { TimerFile } from './timerfd.ts';
import type { ServiceVm } from './world.ts';

/** System calls on terminals, sockets, pipes and timers; what lies outside is asked to do them. */
export class ServiceVmFiles implements FileSyscalls {
  readonly #world: ServiceVm;
  readonly #files: FileTable;
  readonly #terminals = new Map<OutsideFile, string>();
  #made = 0;

  constructor(world: ServiceVm, files: FileTable) {
    this.#world = world;
    this.#files = files;
  }

  /** See `FileSyscalls`. */
  openpt(): number {
    const made = this.#world.outside.openpt?.();
    if (made === undefined) {
      return -ERRNO.ENOSYS;
    }
    this.#terminals.set(made.master, made.path);
    return this.#install(made.master);
  }

  /** See `FileSyscalls`. */
  ptsname(fd: number): string | number {
    const file = this.#outside(fd);
    return (file === undefined ? undefined : this.#terminals.get(file)) ?? -ERRNO.ENOTTY;
  }

  /** See `FileSyscalls`. */
  makeRaw(fd: number, opost: boolean): number {
    const file = this.#outside(fd);
    if (file?.makeRaw === undefined) {
      return -(this.#files.get(fd) === undefined ? ERRNO.EBADF : ERRNO.ENOTTY);
    }
    file.makeRaw(opost);
    return 0;
  }

  /** See `FileSyscalls`. Nothing here blocks in any case. */
  setNonBlocking(fd: number): number {
    return this.#files.get(fd) === undefined ? -ERRNO.EBADF : 0;
  }

  /** See `FileSyscalls`. */
  socket(): number {
    const sockets = this.#world.outside.sockets;
    return sockets === undefined ? -ERRNO.ENOSYS : this.#install(sockets.socket());
  }

  /** See `FileSyscalls`. */
  bind(fd: number, path: string): number {
    return this.#onSocket(fd, (sockets, file) => sockets.bind(file, path));
  }

  /** See `FileSyscalls`. */
  listen(fd: number): number {
    return this.#onSocket(fd, (sockets, file) => sockets.listen(file));
  }

  /** See `FileSyscalls`. */
  accept(fd: number): number {
    return this.#onSocket(fd, (sockets, file) => {
      const accepted = sockets.accept(file);
      return typeof accepted === 'number' ? accepted : this.#install(accepted);
    });
  }

  /** See `FileSyscalls`. */
  connect(fd: number, path: string): number {
    return this.#onSocket(fd, (sockets, file) => sockets.connect(file, path));
  }

  /** See `FileSyscalls`. */
  exists(path: string): boolean {
    return this.#world.outside.sockets?.exists(path) ?? false;
  }

  /** See `FileSyscalls`. */
  unlink(path: string): number {
    return this.#world.outside.sockets?.unlink(path) ?? -ERRNO.ENOENT;
  }

  /** See `FileSyscalls`. */
  pipe(): readonly [number, number] {
    const [reader, writer] = newPipe(this.#world, `pipe${this.#made++}`);
    return [
      this.#files.install({ kind: 'internal', file: reader }),
      this.#files.install({ kind: 'internal', file: writer }),
    ];
  }

  /** See `FileSyscalls`. */
  timerfd(): number {
    const file = new TimerFile(this.#world, `timerfd${this.#made++}`);
    return this.#files.install({ kind: 'internal', file });
  }

  /** See `FileSyscalls`. */
  timerfdSettime(fd: number, nanoseconds: number): number {
    const file = this.#files.get(fd);
    if (file?.kind !== 'internal' || !(file.file instanceof TimerFile)) {
      return -(file === undefined ? ERRNO.EBADF : ERRNO.EINVAL);
    }
    file.file.arm(nanoseconds);
    return 0;
  }

  #install(file: OutsideFile): number {
    return this.#files.install({ kind: 'outside', file });
  }

  #outside(fd: number): OutsideFile | undefined {
    const file = this.#files.get(fd);
    return file?.kind === 'outside' ? file.file : undefined;
  }

  #onSocket(fd: number, call: (sockets: OutsideSockets, file: OutsideFile) => number): number {
    const file = this.#outside(fd);
    const sockets = this.#world.outside.sockets;
    return file === undefined || sockets === undefined ? -ERRNO.EBADF : call(sockets, file);
  }
}

import { ERRNO, type OutsideFile } from '../boundaries.ts';

/** A regular file that is only appended to. */
export class RegularFile implements OutsideFile {
  readonly endpoint: string;
  readonly isTty = false;
  #bytes = new Uint8Array(1024);
  #length = 0;

  constructor(endpoint: string) {
    this.endpoint = endpoint;
  }

  write(bytes: Uint8Array): number {
    const end = this.#length + bytes.length;
    if (end > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(end, 2 * this.#bytes.length));
      grown.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = grown;
    }
    this.#bytes.set(bytes, this.#length);
    this.#length = end;
    return bytes.length;
  }

  read(): Uint8Array | number {
    return -ERRNO.EBADF;
  }

  /** All bytes written so far; a view that later writes do not change. */
  get contents(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }
}

/** A device without contents: `/dev/null` takes everything, `/dev/full` nothing (drivers/char/mem.c). */
export class MemoryDevice implements OutsideFile {
  readonly endpoint: string;
  readonly isTty = false;
  readonly #full: boolean;

  constructor(endpoint: string, full: boolean) {
    this.endpoint = endpoint;
    this.#full = full;
  }

  write(bytes: Uint8Array): number {
    return this.#full ? -ERRNO.ENOSPC : bytes.length;
  }

  read(): Uint8Array | number {
    return new Uint8Array(0);
  }
}

/** The read end of a pipe that nobody writes to, opened for reading only. */
export const readOnlyPipe = (endpoint: string): OutsideFile => ({
  endpoint,
  isTty: false,
  write: () => -ERRNO.EBADF,
  read: () => -ERRNO.EAGAIN,
  poll: () => 0,
});

const O_CREAT = 0x40;

const parentOf = (path: string): string => path.slice(0, Math.max(path.lastIndexOf('/'), 0));

/** Names of a file system: regular files, devices, terminals, and which directories exist. */
export class FileSystem {
  readonly #files = new Map<string, () => OutsideFile>();
  readonly #directories: ReadonlySet<string> | undefined;

  /** `directories` that exist, without a slash at the end (`''`: the current one and the root); all where left out. */
  constructor(directories?: ReadonlySet<string>) {
    this.#directories = directories;
    this.add('/dev/null', () => new MemoryDevice('/dev/null', false));
    this.add('/dev/full', () => new MemoryDevice('/dev/full', true));
  }

  /** A name and what opening it gives. */
  add(path: string, open: () => OutsideFile): void {
    this.#files.set(path, open);
  }

  exists(path: string): boolean {
    return this.#files.has(path);
  }

  remove(path: string): boolean {
    return this.#files.delete(path);
  }

  /** Whether a name can be made there: its directory exists and it is none itself. */
  canCreate(path: string): boolean {
    if (path === '' || path.endsWith('/')) {
      return false;
    }
    return this.#directories === undefined || (this.#directories.has(parentOf(path)) && !this.#directories.has(path));
  }

  /** Opens a name, makes a regular file where `flags` has O_CREAT; undefined where neither works. */
  open(path: string, flags: number, endpointOf: (path: string) => string): OutsideFile | undefined {
    const known = this.#files.get(path);
    if (known !== undefined) {
      return known();
    }
    if ((flags & O_CREAT) === 0 || !this.canCreate(path)) {
      return undefined;
    }
    const file = new RegularFile(endpointOf(path));
    this.add(path, () => file);
    return file;
  }
}

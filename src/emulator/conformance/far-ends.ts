import { toHex } from '../../base/bytes.ts';
import { ERRNO, type OutsideFile } from '../boundaries.ts';
import { RegularFile, readOnlyPipe } from '../outside/files.ts';
import { EmulatedOutside } from '../outside/outside.ts';
import { PtyMaster, type PtySlave } from '../outside/terminal.ts';
import type { UnixSocket } from '../outside/unix-sockets.ts';

/** Directories of the machine that the recordings were made on. */
const DIRECTORIES = new Set([
  '',
  '.',
  '/',
  '/dev',
  '/dev/pts',
  '/etc',
  '/home',
  '/root',
  '/run',
  '/tmp',
  '/usr',
  '/var',
  '/var/log',
]);
const EVERYTHING = 1 << 30;

interface End {
  read(): Uint8Array | number;
  write?(bytes: Uint8Array): number;
  close?(): void;
  reading: boolean;
}

const LISTENER = 'listener';

/** The far ends of all backends: what a recorder reads from and writes to while the device model runs. */
export class FarEnds {
  readonly outside: EmulatedOutside;
  readonly ttyPath = '/dev/pts/ttys/0';
  readonly #ends = new Map<string, End>();
  readonly #files: RegularFile[] = [];
  readonly #reported = new Map<RegularFile, number>();
  #listener: UnixSocket | undefined = undefined;

  constructor(stdin: string, stdioEndpoint: string) {
    this.outside = new EmulatedOutside({
      unread: true,
      directories: DIRECTORIES,
      fileEndpoint: (path) => `file:${path}`,
      ...(stdin === 'pty' ? {} : { stdin: this.#stdinOf(stdin) }),
    });
    if (stdin === 'pty') {
      this.#ends.set(stdioEndpoint, endOfMaster(this.outside.console));
    }
    const tty = new PtyMaster('tty0');
    this.outside.fileSystem.add(this.ttyPath, () => tty.openSlave());
    this.#ends.set('tty0', endOfMaster(tty));
  }

  /** acrn-dm opened a file: where its far end can be read, it is from now on. */
  opened(file: OutsideFile): void {
    if (file instanceof RegularFile && !this.#files.includes(file)) {
      this.#files.push(file);
    }
    if (file instanceof PtyMaster) {
      this.#ends.set(file.endpoint, endOfSlave(file.openSlave()));
    }
  }

  /** Bytes from outside. */
  input(endpoint: string, bytes: Uint8Array): void {
    this.#ends.get(endpoint)?.write?.(bytes);
  }

  /** A client connects; the errno, 0 for success. */
  connect(endpoint: string, path: string): number {
    const socket = this.outside.sockets.socket(endpoint);
    const result = this.outside.sockets.connect(socket, path);
    if (result === 0) {
      this.#ends.set(endpoint, endOfSocket(socket));
    }
    return Math.abs(result);
  }

  /** Somebody outside waits for clients. */
  listen(path: string): void {
    this.#listener = this.outside.sockets.socket(LISTENER);
    this.outside.sockets.bind(this.#listener, path);
    this.outside.sockets.listen(this.#listener);
  }

  /** Takes the client that connected. */
  accept(endpoint: string): void {
    const accepted = this.#listener === undefined ? -ERRNO.EINVAL : this.outside.sockets.accept(this.#listener);
    if (typeof accepted !== 'number') {
      this.#ends.set(endpoint, endOfSocket(accepted));
    }
  }

  /** The far end goes away. */
  close(endpoint: string): void {
    this.#ends.get(endpoint)?.close?.();
    this.#ends.delete(endpoint);
  }

  /** Nobody reads the far end any more, or again. */
  setReading(endpoint: string, reading: boolean): void {
    const end = this.#ends.get(endpoint);
    if (end !== undefined) {
      end.reading = reading;
    }
  }

  /** What came out since the last call, by endpoint. */
  output(): { readonly endpoint: string; readonly hex: string }[] {
    const out: { endpoint: string; hex: string }[] = [];
    for (const [endpoint, end] of this.#ends) {
      const bytes = end.reading ? end.read() : 0;
      if (typeof bytes !== 'number' && bytes.length > 0) {
        out.push({ endpoint, hex: toHex(bytes) });
      }
    }
    for (const file of this.#files) {
      const bytes = file.contents.subarray(this.#reported.get(file) ?? 0);
      if (bytes.length > 0) {
        this.#reported.set(file, file.contents.length);
        out.push({ endpoint: file.endpoint, hex: toHex(bytes) });
      }
    }
    return out;
  }

  #stdinOf(kind: string): OutsideFile {
    return kind === 'pipe' ? readOnlyPipe('stdin') : { ...readOnlyPipe('stdin'), write: (bytes) => bytes.length };
  }
}

const endOfMaster = (master: PtyMaster): End => ({
  read: () => master.read(EVERYTHING),
  write: (bytes) => master.write(bytes),
  close: () => master.close(),
  reading: true,
});

const endOfSlave = (slave: PtySlave): End => ({
  read: () => slave.read(EVERYTHING),
  write: (bytes) => slave.write(bytes),
  close: () => slave.close(),
  reading: true,
});

const endOfSocket = (socket: UnixSocket): End => ({
  read: () => socket.read(EVERYTHING),
  write: (bytes) => socket.write(bytes),
  close: () => socket.close(),
  reading: true,
});

import type { Outside, OutsideFile } from '../boundaries.ts';
import { FileSystem } from './files.ts';
import { PtyMaster, type PtySlave } from './terminal.ts';
import { UnixSockets } from './unix-sockets.ts';
import { EPOLL } from './watched.ts';

/** Ways to set an emulated outside up. */
export interface OutsideOptions {
  /** Directories that exist; all where left out. */
  readonly directories?: ReadonlySet<string>;
  /** What descriptor 0 of acrn-dm is; a terminal where left out. */
  readonly stdin?: OutsideFile;
  /** Endpoint under which the output to a file is reported; `file` where left out. */
  readonly fileEndpoint?: (path: string) => string;
  /** Nobody reads the far ends of terminals until the caller does: they fill up. */
  readonly unread?: boolean;
}

/**
 * The world outside the machine, emulated: a terminal on descriptor 0, a file system that is empty but for a few devices,
 * pseudo terminals and unix sockets. Nothing real is touched. A test or scenario reads and writes the far ends.
 */
export class EmulatedOutside implements Outside {
  readonly stdin: OutsideFile;
  /** Far end of descriptor 0 where that is the emulated terminal. */
  readonly console: PtyMaster;
  readonly fileSystem: FileSystem;
  readonly sockets: UnixSockets;
  /** Pseudo terminals that acrn-dm made, in order: `pty0`, `pty1`, ... */
  readonly ptys: PtyMaster[] = [];
  /** Far ends of terminal devices, by endpoint. */
  readonly terminals = new Map<string, PtyMaster>();
  readonly #fileEndpoint: (path: string) => string;
  readonly #unread: boolean;
  #connections = 0;

  constructor(options: OutsideOptions = {}) {
    this.#unread = options.unread ?? false;
    this.console = this.#terminal('stdio');
    this.stdin = options.stdin ?? this.console.openSlave();
    this.fileSystem = new FileSystem(options.directories);
    this.sockets = new UnixSockets(this.fileSystem, () => `socket${this.#connections++}`);
    this.#fileEndpoint = options.fileEndpoint ?? (() => 'file');
  }

  open(path: string, flags = 0x40): OutsideFile | undefined {
    return this.fileSystem.open(path, flags, this.#fileEndpoint);
  }

  openpt(): { readonly master: PtyMaster; readonly path: string } {
    const master = new PtyMaster(`pty${this.ptys.length}`);
    if (!this.#unread) {
      // Here acrn-dm holds the master: a person's program reads the other end.
      readAtOnce(master.openSlave());
    }
    const path = `/dev/pts/${this.ptys.length}`;
    this.ptys.push(master);
    this.fileSystem.add(path, () => master.openSlave());
    return { master, path };
  }

  /** A terminal device at `path`, as a serial line would be; returns its far end. */
  addTerminal(path: string, endpoint: string): PtyMaster {
    const master = this.#terminal(endpoint);
    this.fileSystem.add(path, () => master.openSlave());
    this.terminals.set(endpoint, master);
    return master;
  }

  /** A terminal whose far end is read at once, as a person's terminal program does. */
  #terminal(endpoint: string): PtyMaster {
    const master = new PtyMaster(endpoint);
    if (!this.#unread) {
      readAtOnce(master);
    }
    return master;
  }
}

function readAtOnce(end: PtyMaster | PtySlave): void {
  end.watch(() => {
    while ((end.poll() & (EPOLL.IN | EPOLL.HUP)) === EPOLL.IN) {
      end.read(4096);
    }
  });
}

/** A fresh emulated outside. */
export const emulatedOutside = (options: OutsideOptions = {}): EmulatedOutside => new EmulatedOutside(options);

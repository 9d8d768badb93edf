import { ERRNO } from '../boundaries.ts';
import { ByteQueue, EPOLL, Watched } from './watched.ts';

/**
 * Bytes that an unread pseudo terminal takes before a writer gets EAGAIN: the flip buffer's limit and the line discipline's
 * buffer with their overheads (drivers/tty/pty.c, tty_buffer.c, n_tty.c), measured on Linux 6.1. Other kernels differ.
 */
export const PTY_CAPACITY = 13_824;

const NEWLINE = 10;
const RETURN = 13;

/** NL becomes CR NL (OPOST with ONLCR, drivers/tty/n_tty.c do_output_char). */
function onlcr(bytes: Uint8Array): Uint8Array {
  const out: number[] = [];
  for (const byte of bytes) {
    if (byte === NEWLINE) {
      out.push(RETURN);
    }
    out.push(byte);
  }
  return Uint8Array.from(out);
}

/** State that both ends of a pseudo terminal share. */
class PtyPair {
  readonly toMaster = new ByteQueue();
  readonly toSlave = new ByteQueue();
  outputProcessing = true;
  masterOpen = true;
  slavesOpen = 0;
  /** A terminal nobody has opened yet is not hung up. */
  everOpened = false;
}

/** Master end: what a terminal emulator holds, and acrn-dm's own end of a pty backend. */
export class PtyMaster extends Watched {
  readonly endpoint: string;
  readonly isTty = true;
  readonly pair = new PtyPair();
  readonly #slaves: PtySlave[] = [];

  constructor(endpoint: string) {
    super();
    this.endpoint = endpoint;
  }

  /** Opens the terminal end. */
  openSlave(): PtySlave {
    const slave = new PtySlave(this);
    this.pair.slavesOpen += 1;
    this.pair.everOpened = true;
    this.#slaves.push(slave);
    return slave;
  }

  write(bytes: Uint8Array): number {
    const room = PTY_CAPACITY - this.pair.toSlave.length;
    if (room <= 0) {
      return -ERRNO.EAGAIN;
    }
    const taken = bytes.subarray(0, room);
    this.pair.toSlave.push(taken);
    this.slavesChanged();
    return taken.length;
  }

  read(max: number): Uint8Array | number {
    if (this.pair.toMaster.length > 0) {
      return this.pair.toMaster.take(max);
    }
    return this.#hungUp ? -ERRNO.EIO : -ERRNO.EAGAIN;
  }

  poll(): number {
    return (this.pair.toMaster.length > 0 ? EPOLL.IN : 0) | (this.#hungUp ? EPOLL.HUP : 0);
  }

  close(): void {
    this.pair.masterOpen = false;
    this.slavesChanged();
  }

  /** Terminal attributes of a master are those of its terminal. */
  makeRaw(opost: boolean): void {
    this.pair.outputProcessing = opost;
  }

  /** Readiness of the terminal end may have changed. */
  slavesChanged(): void {
    for (const slave of this.#slaves) {
      slave.changed();
    }
  }

  get #hungUp(): boolean {
    return this.pair.everOpened && this.pair.slavesOpen === 0;
  }
}

/** Terminal end: `/dev/pts/N`. */
export class PtySlave extends Watched {
  readonly isTty = true;
  readonly #master: PtyMaster;
  #open = true;

  constructor(master: PtyMaster) {
    super();
    this.#master = master;
  }

  get endpoint(): string {
    return this.#master.endpoint;
  }

  write(bytes: Uint8Array): number {
    const { pair } = this.#master;
    if (!pair.masterOpen) {
      return -ERRNO.EIO;
    }
    const room = PTY_CAPACITY - pair.toMaster.length;
    if (room <= 0) {
      return -ERRNO.EAGAIN;
    }
    const taken = bytes.subarray(0, room);
    pair.toMaster.push(pair.outputProcessing ? onlcr(taken) : taken);
    this.#master.changed();
    return taken.length;
  }

  read(max: number): Uint8Array | number {
    const { pair } = this.#master;
    if (pair.toSlave.length > 0 && pair.masterOpen) {
      return pair.toSlave.take(max);
    }
    return pair.masterOpen ? -ERRNO.EAGAIN : new Uint8Array(0);
  }

  poll(): number {
    const { pair } = this.#master;
    return pair.masterOpen ? (pair.toSlave.length > 0 ? EPOLL.IN : 0) : EPOLL.IN | EPOLL.ERR | EPOLL.HUP;
  }

  close(): void {
    if (this.#open) {
      this.#open = false;
      this.#master.pair.slavesOpen -= 1;
      this.#master.changed();
    }
  }

  makeRaw(opost: boolean): void {
    this.#master.pair.outputProcessing = opost;
  }
}

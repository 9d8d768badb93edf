import { gpa } from '../../../base/brand.ts';
import type { Cell, CellFactory } from '../../cell.ts';
import type { Memory } from '../../memory.ts';
import type { WorkStruct } from '../kernel/workqueue.ts';
import type { TtyStruct } from './tty_struct.ts';

/** Bytes of a terminal's flip buffer. */
const FLIP_SIZE = 4096;

/** `struct tty_port` with its flip buffer (`struct tty_bufhead`): bytes between `read` and `used` wait for the line discipline. */
export class TtyPort {
  /** How often the terminal is open. */
  readonly count: Cell;
  /** The open terminal (`tty_port_tty_get`). */
  tty: TtyStruct | undefined;
  work: WorkStruct | undefined;
  readonly used: Cell;
  readonly read: Cell;
  readonly #ram: Memory;
  readonly #buffer: number;

  constructor(cells: CellFactory, path: string, ram: Memory, buffer: number) {
    this.#ram = ram;
    this.#buffer = buffer;
    this.count = cells.number(`${path}.port.count`);
    this.used = cells.number(`${path}.port.buf.used`);
    this.read = cells.number(`${path}.port.buf.read`);
  }

  /** `tty_buffer_request_room`. */
  room(wanted: number): number {
    if (this.read.value === this.used.value) {
      this.read.value = 0;
      this.used.value = 0;
    }
    return Math.min(wanted, FLIP_SIZE - this.used.value);
  }

  /** `tty_insert_flip_char` for all of `bytes`. */
  insert(bytes: Uint8Array): void {
    this.#ram.write(gpa(this.#buffer + this.used.value), bytes);
    this.used.value += bytes.length;
  }

  /** Takes what waits, for the line discipline. */
  take(): Uint8Array {
    const bytes = this.#ram.read(gpa(this.#buffer + this.read.value), this.used.value - this.read.value);
    this.read.value = this.used.value;
    return bytes;
  }
}

/** Size of the flip buffer's allocation. */
export const FLIP_BUFFER_SIZE = FLIP_SIZE;

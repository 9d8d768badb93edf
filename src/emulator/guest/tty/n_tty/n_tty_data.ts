import type { Cell, CellFactory } from '../../../cell.ts';
import { linuxFile } from '../../../stage.ts';
import { Mutex } from '../../locks.ts';

/** The C file whose functions this folder holds. */
export const file = linuxFile('guest-kernel', 'drivers/tty/n_tty.c');

/** Bytes of the line discipline's read and echo buffers (N_TTY_BUF_SIZE). */
export const N_TTY_BUF_SIZE = 4096;

/** `struct n_tty_data`: the read buffer and, behind it, the echo buffer lie in guest RAM. */
export class NTtyData {
  readonly output_lock: Mutex;
  readonly column: Cell;
  readonly canon_column: Cell;
  /** Addresses. */
  readonly read_buf: number;
  readonly echo_buf: number;
  readonly read_head: Cell;
  readonly read_tail: Cell;
  /** End of the last whole line. */
  readonly canon_head: Cell;
  readonly echo_head: Cell;
  readonly echo_mark: Cell;
  readonly echo_commit: Cell;
  readonly echo_tail: Cell;

  constructor(cells: CellFactory, path: string, buffers: number) {
    const data = `${path}.n_tty`;
    this.output_lock = new Mutex(cells, `${data}.output_lock`);
    this.column = cells.number(`${data}.column`);
    this.canon_column = cells.number(`${data}.canon_column`);
    this.read_buf = buffers;
    this.echo_buf = buffers + N_TTY_BUF_SIZE;
    this.read_head = cells.number(`${data}.read_head`);
    this.read_tail = cells.number(`${data}.read_tail`);
    this.canon_head = cells.number(`${data}.canon_head`);
    this.echo_head = cells.number(`${data}.echo_head`);
    this.echo_mark = cells.number(`${data}.echo_mark`);
    this.echo_commit = cells.number(`${data}.echo_commit`);
    this.echo_tail = cells.number(`${data}.echo_tail`);
  }
}

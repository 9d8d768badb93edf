import type { Cell, CellFactory } from '../../cell.ts';
import type { Stage } from '../../stage.ts';
import { Mutex } from '../locks.ts';
import { type GuestCx, GuestWaitQueue, type Steps } from '../task.ts';
import type { HvcStruct } from './hvc_console/hvc_struct.ts';
import { NTtyData } from './n_tty/n_tty_data.ts';
import type { TtyPort } from './tty_port.ts';

/** `struct tty_operations`, as far as writing needs it. */
export interface TtyOperations {
  readonly write: ((cx: GuestCx, tty: TtyStruct, buffer: number, count: number) => Steps<number>) & Stage;
  readonly write_room: ((cx: GuestCx, tty: TtyStruct) => number) & Stage;
  readonly open: ((cx: GuestCx, tty: TtyStruct) => Steps<number>) & Stage;
  readonly close: ((cx: GuestCx, tty: TtyStruct) => Steps<number>) & Stage;
}

/** `struct tty_ldisc_ops`: what a line discipline offers to reads, writes and arriving bytes. */
export interface LdiscOperations {
  readonly write: ((cx: GuestCx, tty: TtyStruct, buffer: number, count: number) => Steps<number>) & Stage;
  readonly read: ((cx: GuestCx, tty: TtyStruct, buffer: number, count: number) => Steps<number>) & Stage;
  readonly receive_buf2: ((cx: GuestCx, tty: TtyStruct, bytes: Uint8Array) => Steps<number>) & Stage;
}

/** Output flags (include/uapi/asm-generic/termbits.h). */
export const OFLAG = { OPOST: 1, OLCUC: 2, ONLCR: 4, OCRNL: 8, ONOCR: 0x10, ONLRET: 0x20, TABDLY: 0x1800 } as const;
/** Input flags. */
export const IFLAG = { IGNCR: 0x80, ICRNL: 0x100, INLCR: 0x40, IXON: 0x400 } as const;
/** Local flags. */
export const LFLAG = {
  ISIG: 1,
  ICANON: 2,
  ECHO: 8,
  ECHOE: 0x10,
  ECHOK: 0x20,
  ECHONL: 0x40,
  ECHOCTL: 0x200,
  ECHOKE: 0x800,
  IEXTEN: 0x8000,
} as const;

/** `tty_std_termios` (drivers/tty/tty_io.c). */
const STANDARD = {
  iflag: IFLAG.ICRNL | IFLAG.IXON,
  oflag: OFLAG.OPOST | OFLAG.ONLCR,
  lflag:
    LFLAG.ISIG | LFLAG.ICANON | LFLAG.ECHO | LFLAG.ECHOE | LFLAG.ECHOK | LFLAG.ECHOCTL | LFLAG.ECHOKE | LFLAG.IEXTEN,
} as const;

/** `struct tty_struct` of an hvc terminal. */
export class TtyStruct {
  readonly driver_data: HvcStruct;
  readonly ops: TtyOperations;
  readonly ldisc: LdiscOperations;
  readonly disc_data: NTtyData;
  readonly c_iflag: Cell;
  readonly c_oflag: Cell;
  readonly c_lflag: Cell;
  readonly atomic_write_lock: Mutex;
  readonly write_wait = new GuestWaitQueue();
  readonly read_wait = new GuestWaitQueue();
  /** Address and size of the buffer that writes are copied into. */
  readonly write_buf: Cell;
  readonly write_cnt: Cell;

  constructor(cells: CellFactory, hp: HvcStruct, ops: TtyOperations, ldisc: LdiscOperations, inputBuffer: number) {
    const path = `tty.hvc${hp.index}`;
    this.driver_data = hp;
    this.ops = ops;
    this.ldisc = ldisc;
    this.disc_data = new NTtyData(cells, path, inputBuffer);
    this.c_iflag = cells.hex(`${path}.termios.c_iflag`, STANDARD.iflag);
    this.c_oflag = cells.hex(`${path}.termios.c_oflag`, STANDARD.oflag);
    this.c_lflag = cells.hex(`${path}.termios.c_lflag`, STANDARD.lflag);
    this.atomic_write_lock = new Mutex(cells, `${path}.atomic_write_lock`);
    this.write_buf = cells.hex(`${path}.write_buf`);
    this.write_cnt = cells.number(`${path}.write_cnt`);
  }

  get port(): TtyPort {
    return this.driver_data.port;
  }
}

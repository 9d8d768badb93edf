import type { Cell, CellFactory, PointerCell } from '../../../cell.ts';
import { linuxFile, type Stage } from '../../../stage.ts';
import { SpinLock } from '../../locks.ts';
import type { GuestCx, Steps, Task } from '../../task.ts';
import type { TtyPort } from '../tty_port.ts';

/** The C file whose functions this folder holds. */
export const file = linuxFile('guest-kernel', 'drivers/tty/hvc/hvc_console.c');

type CharsOperation = ((cx: GuestCx, vtermno: number, buffer: number, count: number) => Steps<number>) & Stage;
type Notifier = ((cx: GuestCx, hp: HvcStruct) => Steps<number>) & Stage;

/** `struct hv_ops`: what a console driver gives to hvc. */
export interface HvOps {
  readonly get_chars: CharsOperation;
  readonly put_chars: CharsOperation;
  readonly notifier_add: Notifier;
  readonly notifier_del: Notifier;
}

/** `struct hvc_struct`. */
export class HvcStruct {
  readonly vtermno: number;
  readonly index: number;
  /** Address and size of the output buffer. */
  readonly outbuf: number;
  readonly outbuf_size: number;
  readonly n_outbuf: Cell;
  readonly do_wakeup: Cell;
  readonly irq_requested: Cell;
  readonly lock: SpinLock;
  readonly port: TtyPort;
  readonly put_chars: PointerCell<CharsOperation>;
  readonly get_chars: PointerCell<CharsOperation>;
  readonly notifier_add: PointerCell<Notifier>;
  readonly notifier_del: PointerCell<Notifier>;

  constructor(
    cells: CellFactory,
    vtermno: number,
    index: number,
    ops: HvOps,
    outbuf: number,
    size: number,
    port: TtyPort,
  ) {
    const path = `hvc${index}`;
    this.vtermno = vtermno;
    this.index = index;
    this.outbuf = outbuf;
    this.outbuf_size = size;
    this.port = port;
    this.n_outbuf = cells.number(`${path}.n_outbuf`);
    this.do_wakeup = cells.number(`${path}.do_wakeup`);
    this.irq_requested = cells.number(`${path}.irq_requested`);
    this.lock = new SpinLock(cells, `${path}.lock`);
    this.put_chars = cells.pointer(`${path}.ops.put_chars`);
    this.get_chars = cells.pointer(`${path}.ops.get_chars`);
    this.notifier_add = cells.pointer(`${path}.ops.notifier_add`);
    this.notifier_del = cells.pointer(`${path}.ops.notifier_del`);
    this.notifier_del.value = ops.notifier_del;
    this.put_chars.value = ops.put_chars;
    this.get_chars.value = ops.get_chars;
    this.notifier_add.value = ops.notifier_add;
  }
}

/** What hvc_console.c keeps for all terminals. */
export interface HvcDriver {
  readonly structs: HvcStruct[];
  /** `hvc_kicked`. */
  readonly kicked: Cell;
  /** `khvcd`, once it runs. */
  task: Task | undefined;
}

import type { Cell, CellFactory } from '../../cell.ts';
import { WaitQueue } from '../../scheduler.ts';
import type { Stage } from '../../stage.ts';
import type { HsmVm } from '../hsm_vm.ts';
import type { SvCx } from '../world.ts';

/** `ioreq_handler_t`: handles the request at address `req`; negative on failure. */
export type IoreqHandler = ((cx: SvCx, client: IoreqClient, req: number) => number) & Stage;

/** `struct acrn_ioreq_range`: addresses [start, end], both included. */
export interface IoreqRange {
  readonly type: number;
  readonly start: number;
  readonly end: number;
}

/** ACRN_IOREQ_CLIENT_DESTROYING, as a mask of `flags`. */
export const CLIENT_DESTROYING = 1;

/** `struct acrn_ioreq_client` (drivers/virt/acrn/acrn_drv.h). */
export class IoreqClient {
  readonly name: string;
  readonly vm: HsmVm;
  readonly is_default: boolean;
  readonly handler: IoreqHandler | undefined;
  /** One bit for each slot that waits for this client. */
  readonly ioreqs_map: Cell;
  readonly flags: Cell;
  readonly rangeCount: Cell;
  /** 1 once `kthread_stop` was called for its thread. */
  readonly should_stop: Cell;
  /** `range_list`: newest first. */
  readonly range_list: IoreqRange[] = [];
  readonly wq: WaitQueue;

  constructor(cells: CellFactory, vm: HsmVm, handler: IoreqHandler | undefined, is_default: boolean, name: string) {
    const path = `${vm.path}.client "${name}"`;
    this.name = name;
    this.vm = vm;
    this.is_default = is_default;
    this.handler = handler;
    this.ioreqs_map = cells.hex(`${path}.ioreqs_map`);
    this.flags = cells.number(`${path}.flags`);
    this.rangeCount = cells.number(`${path}.range_list.length`);
    this.should_stop = cells.number(`${path}.kthread_should_stop`);
    this.wq = new WaitQueue(`${path}.wq`);
  }
}

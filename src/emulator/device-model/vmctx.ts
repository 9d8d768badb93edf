import type { Cell, CellFactory } from '../cell.ts';

/** `struct vmctx` (devicemodel/include/vmmapi.h). */
export class Vmctx {
  readonly fd: Cell;
  readonly vmid: Cell;
  readonly ioreq_client: Cell;
  readonly lowmem_limit: Cell;
  readonly lowmem: Cell;
  readonly highmem: Cell;
  readonly highmem_gpa_base: Cell;

  constructor(cells: CellFactory) {
    this.fd = cells.number('ctx.fd', -1);
    this.vmid = cells.number('ctx.vmid');
    this.ioreq_client = cells.number('ctx.ioreq_client');
    this.lowmem_limit = cells.hex('ctx.lowmem_limit');
    this.lowmem = cells.hex('ctx.lowmem');
    this.highmem = cells.hex('ctx.highmem');
    this.highmem_gpa_base = cells.hex('ctx.highmem_gpa_base');
  }
}

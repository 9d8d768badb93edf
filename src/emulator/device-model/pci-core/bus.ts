import type { Cell, CellFactory } from '../../cell.ts';
import type { PciVdev, PciVdevOps } from './vdev.ts';

/** `struct funcinfo`: one function of a slot as the command line gave it. */
export interface FuncInfo {
  readonly fi_name: string;
  readonly fi_param: string | null;
  readonly slot: number;
  readonly func: number;
  fi_devi: PciVdev | undefined;
}

/** Statics of hw/pci/core.c, irq.c and ioapic.c: bus 0, which is all that a console needs. */
export class PciBus {
  readonly funcs: FuncInfo[] = [];
  /** `pci_vdev_ops_set`: device types that this acrn-dm knows. */
  readonly types = new Map<string, PciVdevOps>();
  readonly iobase: Cell;
  readonly membase32: Cell;
  readonly membase64: Cell;
  readonly last_pin: Cell;
  /** `ii_count` of the slot's four INTx pins, by slot. */
  readonly intpins = new Map<number, number[]>();
  readonly pirqUse = new Array<number>(8).fill(0);
  readonly pirqIrq = new Array<number>(8).fill(-1);
  readonly irqCounts = new Array<number>(16).fill(0);

  constructor(cells: CellFactory) {
    this.iobase = cells.hex('pci_emul_iobase');
    this.membase32 = cells.hex('pci_emul_membase32');
    this.membase64 = cells.hex('pci_emul_membase64');
    this.last_pin = cells.number('ioapic.last_pin');
  }
}

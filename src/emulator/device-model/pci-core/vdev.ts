import { gpa } from '../../../base/brand.ts';
import type { Recorder } from '../../../trace/recorder.ts';
import type { Cell, CellFactory } from '../../cell.ts';
import { Memory } from '../../memory.ts';
import type { Stage } from '../../stage.ts';
import type { DmCx } from '../process.ts';
import type { VirtioBase } from '../virtio/structs.ts';

/** Offsets in a function's configuration space (devicemodel/include/pcireg.h). */
export const PCIR = {
  VENDOR: 0,
  DEVICE: 2,
  COMMAND: 4,
  STATUS: 6,
  REVID: 8,
  SUBCLASS: 0xa,
  CLASS: 0xb,
  HDRTYPE: 0xe,
  BAR0: 0x10,
  SUBVEND_0: 0x2c,
  SUBDEV_0: 0x2e,
  BIOS: 0x30,
  CAP_PTR: 0x34,
  INTLINE: 0x3c,
  INTPIN: 0x3d,
} as const;

/** Bits of the command and status registers. */
export const PCIM = {
  CMD_PORTEN: 1,
  CMD_MEMEN: 2,
  CMD_BUSHOSTEN: 4,
  CMD_INTxDIS: 0x400,
  STATUS_CAPPRESENT: 0x10,
} as const;

/** Last BAR, and last byte of the standard configuration space. */
export const PCI_BARMAX = 5;
/** Last offset of the standard configuration space. */
export const PCI_REGMAX = 255;

/** `enum pcibar_type` */
export const PCIBAR = { NONE: 0, IO: 1, MEM32: 2, MEM64: 3, MEMHI64: 4, ROM: 5 } as const;

/** States of an INTx line (`enum lintr_stat`). */
export const LINTR = { IDLE: 0, ASSERTED: 1, PENDING: 2 } as const;

/** `struct pcibar` */
export class PciBar {
  readonly type: Cell;
  readonly size: Cell;
  readonly addr: Cell;
  readonly sizing: Cell;

  constructor(cells: CellFactory, path: string) {
    this.type = cells.number(`${path}.type`);
    this.size = cells.hex(`${path}.size`);
    this.addr = cells.hex(`${path}.addr`);
    this.sizing = cells.number(`${path}.sizing`);
  }
}

/** BAR access functions of a device. */
export type BarRead = Stage &
  ((cx: DmCx, vcpu: number, dev: PciVdev, bar: number, offset: number, size: number) => number);
/** The same for writes. */
export type BarWrite = Stage &
  ((cx: DmCx, vcpu: number, dev: PciVdev, bar: number, offset: number, size: number, value: number) => void);

/** `struct pci_vdev_ops` */
export interface PciVdevOps {
  readonly class_name: string;
  readonly vdev_init: Stage & ((cx: DmCx, dev: PciVdev, opts: string | null) => number);
  readonly vdev_deinit: Stage & ((cx: DmCx, dev: PciVdev) => void);
  readonly vdev_barwrite: BarWrite;
  readonly vdev_barread: BarRead;
}

class Lintr {
  readonly pin: Cell;
  readonly state: Cell;
  readonly pirq_pin: Cell;
  readonly ioapic_irq: Cell;

  constructor(cells: CellFactory, path: string) {
    this.pin = cells.number(`${path}.pin`);
    this.state = cells.number(`${path}.state`);
    this.pirq_pin = cells.number(`${path}.pirq_pin`);
    this.ioapic_irq = cells.number(`${path}.ioapic_irq`);
  }
}

class Msi {
  readonly enabled: Cell;
  readonly addr: Cell;
  readonly msg_data: Cell;
  readonly maxmsgnum: Cell;

  constructor(cells: CellFactory, path: string) {
    this.enabled = cells.number(`${path}.enabled`);
    this.addr = cells.hex(`${path}.addr`);
    this.msg_data = cells.hex(`${path}.msg_data`);
    this.maxmsgnum = cells.number(`${path}.maxmsgnum`);
  }
}

class Msix {
  readonly enabled: Cell;
  readonly function_mask: Cell;
  readonly table_bar: Cell;
  readonly pba_bar: Cell;
  readonly table_count: Cell;
  readonly pba_offset: Cell;
  readonly pba_size: Cell;
  /** The table's entries of 16 bytes, undefined before it is made and after it is freed. */
  table: Memory | undefined = undefined;

  constructor(cells: CellFactory, path: string) {
    this.enabled = cells.number(`${path}.enabled`);
    this.function_mask = cells.number(`${path}.function_mask`);
    this.table_bar = cells.number(`${path}.table_bar`);
    this.pba_bar = cells.number(`${path}.pba_bar`);
    this.table_count = cells.number(`${path}.table_count`);
    this.pba_offset = cells.hex(`${path}.pba_offset`);
    this.pba_size = cells.number(`${path}.pba_size`);
  }
}

/** `struct pci_vdev` (devicemodel/include/pci_core.h): one emulated PCI function. */
export class PciVdev {
  readonly name: string;
  readonly ops: PciVdevOps;
  readonly bus: number;
  readonly slot: number;
  readonly func: number;
  readonly lintr: Lintr;
  readonly msi: Msi;
  readonly msix: Msix;
  readonly bar: readonly PciBar[];
  readonly prevcap: Cell;
  readonly capend: Cell;
  /** 1 once `free(pdi)` ran: every use after that is undefined in C. */
  readonly freed: Cell;
  /** `arg`: the device's own state, undefined before `virtio_linkup`. */
  arg: VirtioBase | undefined = undefined;
  readonly #cfgdata: Memory;

  constructor(recorder: Recorder, cells: CellFactory, ops: PciVdevOps, at: readonly [number, number, number]) {
    [this.bus, this.slot, this.func] = at;
    this.ops = ops;
    this.name = `${ops.class_name}-pci-${this.slot}`;
    const path = `pci[${at.join(':')}]`;
    this.lintr = new Lintr(cells, `${path}.lintr`);
    this.msi = new Msi(cells, `${path}.msi`);
    this.msix = new Msix(cells, `${path}.msix`);
    this.bar = Array.from({ length: PCI_BARMAX + 1 }, (_, index) => new PciBar(cells, `${path}.bar[${index}]`));
    this.prevcap = cells.hex(`${path}.prevcap`);
    this.capend = cells.hex(`${path}.capend`);
    this.freed = cells.number(`${path}.freed`);
    this.#cfgdata = new Memory(recorder, 'device-model', `${path}.cfgdata`, [{ start: 0, size: PCI_REGMAX + 1 }]);
  }

  /** `pci_get_cfgdata8`, `16`, `32` by size. */
  cfg(offset: number, bytes: number): number {
    const at = gpa(offset);
    return bytes === 1 ? this.#cfgdata.read8(at) : bytes === 2 ? this.#cfgdata.read16(at) : this.#cfgdata.read32(at);
  }

  /** `pci_set_cfgdata8`, `16`, `32` by size. */
  setCfg(offset: number, value: number, bytes: number): void {
    const at = gpa(offset);
    if (bytes === 1) {
      this.#cfgdata.write8(at, value);
    } else if (bytes === 2) {
      this.#cfgdata.write16(at, value);
    } else {
      this.#cfgdata.write32(at, value >>> 0);
    }
  }
}

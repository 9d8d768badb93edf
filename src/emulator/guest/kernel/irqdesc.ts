import type { Cell, CellFactory, PointerCell } from '../../cell.ts';
import { blockingStage, linuxFile, type Stage } from '../../stage.ts';
import type { GuestCx, Steps } from '../task.ts';

const file = linuxFile('guest-kernel', 'include/linux/irqdesc.h');

/** `irqreturn_t`. */
export const IRQ_NONE = 0;
/** The handler's device raised the interrupt. */
export const IRQ_HANDLED = 1;

/** `irq_handler_t`: gets the interrupt's number and what was registered with it. */
export type IrqHandler = ((cx: GuestCx, irq: number, dev: unknown) => Steps<number>) & Stage;

/** `irq_flow_handler_t`. */
export type IrqFlowHandler = ((cx: GuestCx, desc: IrqDesc) => Steps<void>) & Stage;

/** `struct irqaction`. */
export interface IrqAction {
  readonly name: string;
  readonly handler: PointerCell<IrqHandler>;
  readonly device: unknown;
}

/** `struct irq_desc`: one interrupt, the vector that brings it, and who handles it. */
export interface IrqDesc {
  readonly irq: number;
  readonly handle_irq: PointerCell<IrqFlowHandler>;
  /** Vector and processor; vector 0 while none is assigned. */
  readonly vector: Cell;
  readonly cpu: Cell;
  /** IRQS_PENDING (0x200) and IRQD_IRQ_INPROGRESS (0x40000), as far as they are used. */
  readonly istate: Cell;
  readonly actions: IrqAction[];
}

/** `desc->handle_irq(desc)`. */
export const generic_handle_irq_desc = blockingStage(
  file,
  'generic_handle_irq_desc',
  function* (cx: GuestCx, desc: IrqDesc): Steps<void> {
    yield* cx.ptr('desc->handle_irq', desc.handle_irq.value)(cx, desc);
  },
);

/** First vector that devices get; 0x30 to 0x3f belong to the legacy interrupts (arch/x86/include/asm/irq_vectors.h). */
const FIRST_DEVICE_VECTOR = 0x21;
const ISA_VECTORS = 0x30;
const AFTER_ISA_VECTORS = 0x40;
const LAST_DEVICE_VECTOR = 0xeb;
const SYSCALL_VECTOR = 0x80;

/** All interrupts of the guest and the per-processor vector tables (`vector_irq`). */
export class IrqTable {
  readonly #cells: CellFactory;
  readonly #descs = new Map<number, IrqDesc>();
  readonly #vectors: Map<number, IrqDesc>[];
  #nextIrq = 24;

  constructor(cells: CellFactory, cpus: number) {
    this.#cells = cells;
    this.#vectors = Array.from({ length: cpus }, () => new Map());
  }

  /** A new interrupt number; `irq` asks for a given one (an interrupt line). */
  allocate(handle: IrqFlowHandler, irq = this.#nextIrq++): IrqDesc {
    const path = `irq_desc[${irq}]`;
    const desc: IrqDesc = {
      irq,
      handle_irq: this.#cells.pointer<IrqFlowHandler>(`${path}.handle_irq`),
      vector: this.#cells.hex(`${path}.vector`),
      cpu: this.#cells.number(`${path}.cpu`),
      istate: this.#cells.hex(`${path}.istate`),
      actions: [],
    };
    desc.handle_irq.value = handle;
    this.#descs.set(irq, desc);
    return desc;
  }

  /** The interrupt of number `irq`. */
  desc(irq: number): IrqDesc | undefined {
    return this.#descs.get(irq);
  }

  /** `vector_irq[vector]` of a processor. */
  descOfVector(cpu: number, vector: number): IrqDesc | undefined {
    return this.#vectors[cpu]?.get(vector);
  }

  /** Gives `desc` a vector on the processor with the most free ones (`activate_reserved`, kernel/irq/matrix.c); false where none is left. */
  assignVector(desc: IrqDesc): boolean {
    const fewest = Math.min(...this.#vectors.map((table) => table.size));
    const cpu = this.#vectors.findIndex((table) => table.size === fewest);
    const table = this.#vectors[cpu];
    let vector = FIRST_DEVICE_VECTOR;
    while (table !== undefined && (table.has(vector) || vector === ISA_VECTORS || vector === SYSCALL_VECTOR)) {
      vector = vector === ISA_VECTORS ? AFTER_ISA_VECTORS : vector + 1;
    }
    if (table === undefined || vector > LAST_DEVICE_VECTOR) {
      return false;
    }
    table.set(vector, desc);
    desc.vector.value = vector;
    desc.cpu.value = cpu;
    return true;
  }

  /** `request_irq`, without what the interrupt chip does. */
  addAction(desc: IrqDesc, name: string, handler: IrqHandler, device: unknown): void {
    const pointer = this.#cells.pointer<IrqHandler>(`irq_desc[${desc.irq}].action[${desc.actions.length}].handler`);
    pointer.value = handler;
    desc.actions.push({ name, handler: pointer, device });
  }

  /** `free_irq`: the vector goes back, too, with the last action. */
  removeAction(desc: IrqDesc, device: unknown): void {
    const at = desc.actions.findIndex((action) => action.device === device);
    if (at >= 0) {
      desc.actions.splice(at, 1);
    }
    if (desc.actions.length === 0 && desc.vector.value !== 0) {
      this.#vectors[desc.cpu.value]?.delete(desc.vector.value);
      desc.vector.value = 0;
    }
  }
}

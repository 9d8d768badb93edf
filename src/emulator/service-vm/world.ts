import type { Recorder } from '../../trace/recorder.ts';
import type { HypercallGate, Outside } from '../boundaries.ts';
import type { Cell, CellFactory, PointerCell } from '../cell.ts';
import type { Cx } from '../cx.ts';
import type { Memory } from '../memory.ts';
import type { Scheduler } from '../scheduler.ts';
import type { Stage } from '../stage.ts';
import type { EventfdCtx } from './eventfd.ts';
import type { ServiceVmFaults } from './faults.ts';
import type { Heap } from './heap.ts';
import type { HsmVm } from './hsm_vm.ts';
import type { Work, Workqueue } from './workqueue.ts';

/** Where code of the Service VM's kernel runs. */
export type SvCx = Cx<ServiceVm>;

/** A function without arguments that a pointer may hold: an interrupt handler, a work function. */
export type Handler = ((cx: SvCx) => void) & Stage;

/** State of the Service VM's kernel: what is global there. */
export interface ServiceVm {
  readonly recorder: Recorder;
  readonly scheduler: Scheduler;
  readonly cells: CellFactory;
  readonly ram: Memory;
  readonly gate: HypercallGate;
  readonly outside: Outside;
  readonly heap: Heap;
  readonly faults: ServiceVmFaults;
  /** ACRN's own kernel instead of mainline's: it has asyncio. */
  readonly acrnKernel: boolean;
  /** The eventfds, by the address of their structure. */
  readonly eventfds: Map<number, EventfdCtx>;
  /** Gate of vector 0xF3 in the interrupt descriptor table. */
  readonly idtHypervisorCallback: PointerCell<Handler>;
  /** `acrn_intr_handler` (arch/x86/kernel/cpu/acrn.c). */
  readonly acrn_intr_handler: PointerCell<Handler>;
  /** `irq_stat.irq_hv_callback_count` */
  readonly irq_hv_callback_count: Cell;
  /** 1 once `/dev/acrn_hsm` exists. */
  readonly acrnDevRegistered: Cell;
  /** `acrn_vm_list`: newest first. */
  readonly acrn_vm_list: HsmVm[];
  /** `ioreq_wq` and `ioreq_work` (drivers/virt/acrn/ioreq.c). */
  readonly ioreq_wq: Workqueue;
  readonly ioreq_work: Work;
  /** 1 once `ioreq_wq` was allocated. */
  readonly ioreqWqAllocated: Cell;
}

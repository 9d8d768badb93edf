import type { Gpa } from '../../base/brand.ts';
import type { Context } from '../../trace/strand.ts';
import type { NonRootCpu } from '../boundaries.ts';
import type { Cell } from '../cell.ts';
import { REQS, slotField } from './acrn_common.ts';
import { AcrnVlapic } from './vlapic_types.ts';
import type { AcrnVm } from './vm_types.ts';
import type { Hv } from './world.ts';

/** `enum vcpu_state` (vcpu.h). */
export const VCPU_STATE = { OFFLINE: 0, INIT: 1, RUNNING: 2, ZOMBIE: 3 } as const;

/** Bits of `vcpu->arch.pending_req` (vcpu.h, ACRN_REQUEST_*), as masks. */
export const REQUEST = { EXCP: 1 << 0, EVENT: 1 << 1, EXTINT: 1 << 2, INIT_VMCS: 1 << 8 } as const;

/** `enum thread_object_state` (schedule.h). */
export const THREAD_STS = { RUNNING: 1, RUNNABLE: 2, BLOCKED: 3 } as const;

/** `struct sched_event` (event.h). */
export class SchedEvent {
  readonly set: Cell;
  /** 0 is NULL, 1 the vCPU's thread. */
  readonly waiting_thread: Cell;

  constructor(hv: Hv, path: string) {
    this.set = hv.cells.number(`${path}.set`);
    this.waiting_thread = hv.cells.number(`${path}.waiting_thread`);
  }
}

/** `vcpu->req`: the request that an exit handler builds (`struct io_request`). Port I/O and MMIO share the layout. */
export class IoRequest {
  readonly io_type: Cell;
  readonly direction: Cell;
  readonly address: Cell;
  readonly size: Cell;
  /** 64 bits; port I/O touches the low 32 only. */
  readonly value: Cell;
  /** The union as it is copied to a slot; written from the fields above each time. */
  readonly bytes = new Uint8Array(REQS.length);
  readonly view = new DataView(this.bytes.buffer);

  constructor(hv: Hv, path: string) {
    this.io_type = hv.cells.number(`${path}.io_type`);
    this.direction = hv.cells.number(`${path}.reqs.direction`);
    this.address = hv.cells.hex(`${path}.reqs.address`);
    this.size = hv.cells.number(`${path}.reqs.size`);
    this.value = hv.cells.hex(`${path}.reqs.value`);
  }

  /** Stores `pio_request.value`: the upper half of the union's 64 bits stays. */
  setPioValue(value: number): void {
    const high = Math.floor(this.value.value / 0x1_0000_0000);
    this.value.value = high * 0x1_0000_0000 + (value >>> 0);
  }

  /** `pio_request.value` */
  get pioValue(): number {
    return this.value.value % 0x1_0000_0000;
  }
}

/** `struct acrn_vcpu` and its thread object. */
export class Vcpu {
  readonly vm: AcrnVm;
  readonly vcpu_id: number;
  readonly pcpu_id: number;
  /** The processor in non-root mode; undefined for the Service VM, whose code runs elsewhere. */
  readonly cpu: NonRootCpu | undefined;
  readonly context: Context;
  readonly state: Cell;
  readonly launched: Cell;
  readonly pending_req: Cell;
  readonly exit_reason: Cell;
  readonly exit_qualification: Cell;
  readonly inst_len: Cell;
  readonly rax: Cell;
  readonly exception: Cell;
  readonly req: IoRequest;
  /** `events[VCPU_EVENT_IOREQ]` */
  readonly ioreqEvent: SchedEvent;
  /** `events[VCPU_EVENT_VIRTUAL_INTERRUPT]` */
  readonly virtualInterruptEvent: SchedEvent;
  readonly vlapic: AcrnVlapic;
  readonly threadStatus: Cell;
  readonly be_blocking: Cell;
  /** 1 while guest code runs: posted interrupts then go straight to the processor. */
  readonly nonRoot: Cell;
  /** Notification that came in root mode and is looked at before the next VM entry; -1 for none. Plumbing of the trace. */
  notification = -1;
  /** Notification that the vCPU sent to itself for its next VM entry; -1 for none. Plumbing of the trace. */
  selfNotification = -1;

  constructor(hv: Hv, vm: AcrnVm, vcpu_id: number, pcpu_id: number, cpu: NonRootCpu | undefined, context: Context) {
    const path = `vm${vm.vm_id}.vcpu${vcpu_id}`;
    this.vm = vm;
    this.vcpu_id = vcpu_id;
    this.pcpu_id = pcpu_id;
    this.cpu = cpu;
    this.context = context;
    this.state = hv.cells.number(`${path}.state`);
    this.launched = hv.cells.number(`${path}.launched`);
    this.pending_req = hv.cells.hex(`${path}.arch.pending_req`);
    this.exit_reason = hv.cells.number(`${path}.arch.exit_reason`);
    this.exit_qualification = hv.cells.hex(`${path}.arch.exit_qualification`);
    this.inst_len = hv.cells.number(`${path}.arch.inst_len`);
    this.rax = hv.cells.hex(`${path}.arch.rax`);
    this.exception = hv.cells.hex(`${path}.arch.exception_info.exception`, 0x100);
    this.req = new IoRequest(hv, `${path}.req`);
    this.ioreqEvent = new SchedEvent(hv, `${path}.events[VCPU_EVENT_IOREQ]`);
    this.virtualInterruptEvent = new SchedEvent(hv, `${path}.events[VCPU_EVENT_VIRTUAL_INTERRUPT]`);
    this.vlapic = new AcrnVlapic(hv, `${path}.vlapic`, vcpu_id);
    this.threadStatus = hv.cells.number(`${path}.thread_obj.status`, THREAD_STS.BLOCKED);
    this.be_blocking = hv.cells.number(`${path}.thread_obj.be_blocking`);
    this.nonRoot = hv.cells.number(`${path}.non_root`);
  }

  /** Sets bits of `arch.pending_req`. */
  request(mask: number): void {
    this.pending_req.value |= mask;
  }

  /** Clears bits of `arch.pending_req`; says whether any was set (`bitmap_test_and_clear_lock`). */
  takeRequest(mask: number): boolean {
    const set = (this.pending_req.value & mask) !== 0;
    this.pending_req.value &= ~mask;
    return set;
  }

  /** Address of a slot field of this vCPU in the I/O request page. */
  slot(field: number): Gpa {
    return slotField(this.vm.io_shared_page.value, this.vcpu_id, field);
  }
}

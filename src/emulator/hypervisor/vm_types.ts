import type { Cell, PointerCell } from '../cell.ts';
import type { Stage } from '../stage.ts';
import type { Vcpu } from './vcpu_types.ts';
import type { Vioapic } from './vioapic.ts';
import type { Hv, HvCx } from './world.ts';

/** `enum vm_state` (vm.h). */
export const VM_STATE = { POWERED_OFF: 0, CREATED: 1, RUNNING: 2, READY_TO_POWEROFF: 3, PAUSED: 4 } as const;

/** `load_order` of a VM's configuration (vm_config.h). */
export type LoadOrder = 'SERVICE_VM' | 'POST_LAUNCHED_VM';

/** Reads a port: stores the value in `vcpu->req`, false lets the request go on to the Service VM. */
export type IoRead = ((cx: HvCx, vcpu: Vcpu, port: number, size: number) => boolean) & Stage;

/** Writes a port; false lets the request go on to the Service VM. */
export type IoWrite = ((cx: HvCx, vcpu: Vcpu, port: number, size: number, value: number) => boolean) & Stage;

/** An entry of `vm->emul_pio` (`struct vm_io_handler_desc`). */
export interface PioHandler {
  readonly port_start: number;
  readonly port_end: number;
  readonly io_read: PointerCell<IoRead>;
  readonly io_write: PointerCell<IoWrite>;
}

/** Emulates an MMIO access of `vcpu->req`; a negative errno lets the request go on or fail. */
export type MmioHandler = ((cx: HvCx, vcpu: Vcpu) => number) & Stage;

/** An entry of `vm->emul_mmio` (`struct mem_io_node`). */
export interface MmioNode {
  readonly range_start: number;
  readonly range_end: number;
  readonly read_write: PointerCell<MmioHandler>;
}

/** `struct asyncio_desc`. */
export interface AsyncioDesc {
  readonly type: Cell;
  readonly match_data: Cell;
  readonly addr: Cell;
  readonly fd: Cell;
  readonly data: Cell;
}

/** `struct acrn_vm` and its configuration. */
export class AcrnVm {
  readonly vm_id: number;
  readonly load_order: LoadOrder;
  readonly vcpus: Vcpu[] = [];
  /** Guest flags of the VM's configuration. */
  readonly guest_flags: Cell;
  readonly state: Cell;
  readonly created_vcpus: Cell;
  readonly configuredAffinity: number;
  /** `sw.io_shared_page`: address of the I/O request page, 0 for NULL. */
  readonly io_shared_page: Cell;
  readonly is_polling_ioreq: Cell;
  /** `sw.asyncio_sbuf`, 0 for NULL. */
  readonly asyncio_sbuf: Cell;
  /** Byte that fills `arch_vm.io_bitmap`: 0xFF intercepts every port. */
  readonly io_bitmap: Cell;
  /** Memory regions mapped into the VM's EPT, and their bytes. */
  readonly eptRegions: Cell;
  readonly eptBytes: Cell;
  /** `vpci.addr` */
  readonly pciConfigAddress: Cell;
  readonly emul_pio: PioHandler[] = [];
  readonly emul_mmio: MmioNode[] = [];
  /** `aio_desc`, made when first needed, in the order of the array. */
  readonly aio_desc: AsyncioDesc[] = [];
  /** `aiodesc_queue`: newest first. */
  readonly aiodesc_queue: AsyncioDesc[] = [];
  /** The I/O APIC; the Service VM's is not modelled. */
  vioapic: Vioapic | undefined;

  constructor(hv: Hv, vm_id: number, load_order: LoadOrder, affinity: number) {
    const path = `vm${vm_id}`;
    this.vm_id = vm_id;
    this.load_order = load_order;
    this.configuredAffinity = affinity;
    this.guest_flags = hv.cells.hex(`${path}.config.guest_flags`);
    this.state = hv.cells.number(`${path}.state`);
    this.created_vcpus = hv.cells.number(`${path}.hw.created_vcpus`);
    this.io_shared_page = hv.cells.hex(`${path}.sw.io_shared_page`);
    this.is_polling_ioreq = hv.cells.number(`${path}.sw.is_polling_ioreq`);
    this.asyncio_sbuf = hv.cells.hex(`${path}.sw.asyncio_sbuf`);
    this.io_bitmap = hv.cells.hex(`${path}.arch_vm.io_bitmap`);
    this.eptRegions = hv.cells.number(`${path}.arch_vm.ept_regions`);
    this.eptBytes = hv.cells.hex(`${path}.arch_vm.ept_bytes`);
    this.pciConfigAddress = hv.cells.hex(`${path}.vpci.addr`);
  }

  get isPostLaunched(): boolean {
    return this.load_order === 'POST_LAUNCHED_VM';
  }

  get isPoweredOff(): boolean {
    return this.state.value === VM_STATE.POWERED_OFF;
  }
}

/** Severities of a VM's configuration (vm_config.h): they come from its load order, never from what acrn-dm asks for. */
const SEVERITY = { SERVICE_VM: 0x20, POST_LAUNCHED_VM: 0x10 } as const;

/** Whether the Service VM may act on `vm`: only on one whose severity is not above its own (vm_config.c). */
export const is_severity_pass = (vm: AcrnVm): boolean => SEVERITY.SERVICE_VM >= SEVERITY[vm.load_order];

import { COST } from '../costs.ts';
import { linuxFile, stage } from '../stage.ts';
import type { SvCx } from './world.ts';

/* Twin of drivers/virt/acrn/hypercall.h: VMCALL with an id in r8 and up to two arguments. */

const file = linuxFile('service-vm-kernel', 'drivers/virt/acrn/hypercall.h');

/** Hypercall ids (hypercall.h): 0x80 << 24 | n. The asyncio ones and SETUP_SBUF only ACRN's own kernel knows. */
const HC = {
  CREATE_VM: 0x8000_0010,
  DESTROY_VM: 0x8000_0011,
  START_VM: 0x8000_0012,
  PAUSE_VM: 0x8000_0013,
  RESET_VM: 0x8000_0015,
  SET_VCPU_REGS: 0x8000_0016,
  INJECT_MSI: 0x8000_0023,
  VM_INTR_MONITOR: 0x8000_0024,
  SET_IRQLINE: 0x8000_0025,
  SET_IOREQ_BUFFER: 0x8000_0030,
  NOTIFY_REQUEST_FINISH: 0x8000_0031,
  VM_SET_MEMORY_REGIONS: 0x8000_0042,
  ASYNCIO_ASSIGN: 0x8000_0032,
  ASYNCIO_DEASSIGN: 0x8000_0033,
  SETUP_SBUF: 0x8000_0044,
} as const;

function acrn_hypercall1(cx: SvCx, id: number, param: number): number {
  return cx.world.gate.vmcall(cx, id, param, 0, cx.hop('hypercall', 'acrn_hypercall1', COST.hypercall));
}

function acrn_hypercall2(cx: SvCx, id: number, param1: number, param2: number): number {
  return cx.world.gate.vmcall(cx, id, param1, param2, cx.hop('hypercall', 'acrn_hypercall2', COST.hypercall));
}

/** A hypercall about one VM or structure. */
const one = (name: string, id: number) =>
  stage(file, name, (cx: SvCx, param: number): number => acrn_hypercall1(cx, id, param));

/** A hypercall about a VM, with an address or value. */
const two = (name: string, id: number) =>
  stage(file, name, (cx: SvCx, vmid: number, param: number): number => acrn_hypercall2(cx, id, vmid, param));

/** Creates a VM from a `struct acrn_vm_creation` at a physical address. */
export const hcall_create_vm = one('hcall_create_vm', HC.CREATE_VM);
/** Starts a VM. */
export const hcall_start_vm = one('hcall_start_vm', HC.START_VM);
/** Pauses a VM. */
export const hcall_pause_vm = one('hcall_pause_vm', HC.PAUSE_VM);
/** Destroys a VM. */
export const hcall_destroy_vm = one('hcall_destroy_vm', HC.DESTROY_VM);
/** Resets a VM. */
export const hcall_reset_vm = one('hcall_reset_vm', HC.RESET_VM);
/** Sets the registers of a vCPU. */
export const hcall_set_vcpu_regs = two('hcall_set_vcpu_regs', HC.SET_VCPU_REGS);
/** Injects the MSI at a physical address. */
export const hcall_inject_msi = two('hcall_inject_msi', HC.INJECT_MSI);
/** Sets up interrupt statistics. */
export const hcall_vm_intr_monitor = two('hcall_vm_intr_monitor', HC.VM_INTR_MONITOR);
/** Drives an interrupt line. */
export const hcall_set_irqline = two('hcall_set_irqline', HC.SET_IRQLINE);
/** Hands over the page whose address stands at a physical address. */
export const hcall_set_ioreq_buffer = two('hcall_set_ioreq_buffer', HC.SET_IOREQ_BUFFER);
/** Says that the request of a vCPU is done. */
export const hcall_notify_req_finish = two('hcall_notify_req_finish', HC.NOTIFY_REQUEST_FINISH);
/** Maps the memory regions listed at a physical address. */
export const hcall_set_memory_regions = one('hcall_set_memory_regions', HC.VM_SET_MEMORY_REGIONS);
/** Hands a shared buffer over (acrn-kernel only). */
export const hcall_setup_sbuf = two('hcall_setup_sbuf', HC.SETUP_SBUF);
/** Registers an access as asyncio (acrn-kernel only). */
export const hcall_asyncio_assign = two('hcall_asyncio_assign', HC.ASYNCIO_ASSIGN);
/** Takes that back (acrn-kernel only). */
export const hcall_asyncio_deassign = two('hcall_asyncio_deassign', HC.ASYNCIO_DEASSIGN);

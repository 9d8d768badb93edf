import { acrnFile, stage } from '../stage.ts';
import { E, HC, HC_ID_BASE, VM_CREATION } from './acrn_common.ts';
import { copy_from_gpa, get16 } from './guest_memory.ts';
import { hcall_get_api_version, hcall_service_vm_offline_cpu, hcall_set_callback_vector } from './hypercall/general.ts';
import type { HypercallHandler } from './hypercall/handler.ts';
import { hcall_inject_msi, hcall_set_irqline, hcall_vm_intr_monitor } from './hypercall/interrupts.ts';
import {
  hcall_asyncio_assign,
  hcall_asyncio_deassign,
  hcall_notify_ioreq_finish,
  hcall_set_ioreq_buffer,
  hcall_setup_sbuf,
} from './hypercall/ioreq.ts';
import { hcall_set_vm_memory_regions } from './hypercall/memory.ts';
import {
  hcall_create_vcpu,
  hcall_create_vm,
  hcall_destroy_vm,
  hcall_pause_vm,
  hcall_reset_vm,
  hcall_set_vcpu_regs,
  hcall_start_vm,
} from './hypercall/vm_life.ts';
import type { AcrnVm } from './vm_types.ts';
import type { HvCx } from './world.ts';

/* Twin of hypervisor/arch/x86/guest/vmcall.c: from VMCALL to the handler of its id. */

const file = acrnFile('hypervisor', 'hypervisor/arch/x86/guest/vmcall.c');

/** `hc_dispatch_table` (vmcall.c), for a Service VM that passes no device through. */
const hc_dispatch_table: ReadonlyMap<number, HypercallHandler> = new Map([
  [HC.GET_API_VERSION, hcall_get_api_version],
  [HC.SERVICE_VM_OFFLINE_CPU, hcall_service_vm_offline_cpu],
  [HC.SET_CALLBACK_VECTOR, hcall_set_callback_vector],
  [HC.CREATE_VM, hcall_create_vm],
  [HC.DESTROY_VM, hcall_destroy_vm],
  [HC.START_VM, hcall_start_vm],
  [HC.RESET_VM, hcall_reset_vm],
  [HC.PAUSE_VM, hcall_pause_vm],
  [HC.SET_VCPU_REGS, hcall_set_vcpu_regs],
  [HC.CREATE_VCPU, hcall_create_vcpu],
  [HC.SET_IRQLINE, hcall_set_irqline],
  [HC.INJECT_MSI, hcall_inject_msi],
  [HC.SET_IOREQ_BUFFER, hcall_set_ioreq_buffer],
  [HC.ASYNCIO_ASSIGN, hcall_asyncio_assign],
  [HC.ASYNCIO_DEASSIGN, hcall_asyncio_deassign],
  [HC.NOTIFY_REQUEST_FINISH, hcall_notify_ioreq_finish],
  [HC.VM_SET_MEMORY_REGIONS, hcall_set_vm_memory_regions],
  [HC.VM_INTR_MONITOR, hcall_vm_intr_monitor],
  [HC.SETUP_SBUF, hcall_setup_sbuf],
]);

/** Hypercalls that concern no VM but the caller's (vmcall.c, parse_target_vm). */
const OWN_VM: ReadonlySet<number> = new Set([
  HC_ID_BASE + HC.GET_API_VERSION,
  HC_ID_BASE + HC.SERVICE_VM_OFFLINE_CPU,
  HC_ID_BASE + HC.SET_CALLBACK_VECTOR,
]);

/** The VM that a hypercall is about; ids count from the Service VM's (vmcall.c, parse_target_vm). */
function parse_target_vm(cx: HvCx, id: number, param1: number): AcrnVm | undefined {
  const { vms } = cx.world.hv;
  if (OWN_VM.has(id)) {
    return vms[0];
  }
  if (id === HC_ID_BASE + HC.CREATE_VM) {
    // There is one configured User VM; whatever name acrn-dm gives it, it is that one's.
    return copy_from_gpa(cx, param1, VM_CREATION.length) ? vms[1] : undefined;
  }
  if (id === HC_ID_BASE + HC.VM_SET_MEMORY_REGIONS) {
    return copy_from_gpa(cx, param1, 16) ? vms[get16(cx, param1)] : undefined;
  }
  return vms[param1 & 0xffff];
}

/** Whether the scenario refuses this hypercall, and with what result. */
function refusal(cx: HvCx, index: number): number | undefined {
  const { faults, refusals } = cx.world.hv;
  const fault = faults.refuseHypercalls?.find((one) => one.index === index);
  if (fault === undefined || refusals.value >= fault.times) {
    return undefined;
  }
  refusals.value++;
  return fault.result;
}

/** Calls the handler of the id's low byte; -ENOTTY where there is none or no such VM (vmcall.c, dispatch_hypercall). */
const dispatch_hypercall = stage(file, 'dispatch_hypercall', (cx: HvCx, id: number, param1: number, param2: number) => {
  const index = id % 0x100;
  const handler = hc_dispatch_table.get(index);
  if (handler === undefined) {
    return -E.ENOTTY;
  }
  const refused = refusal(cx, index);
  if (refused !== undefined) {
    return refused;
  }
  const target = parse_target_vm(cx, id, param1);
  if (target === undefined) {
    return -E.ENOTTY;
  }
  return cx.ptr('dispatch->handler', handler)(cx, target, param1, param2);
});

/** VMCALL by the Service VM's kernel; the result goes to RAX (vmcall.c, vmcall_vmexit_handler). */
export const vmcall_vmexit_handler = stage(
  file,
  'vmcall_vmexit_handler',
  (cx: HvCx, id: number, param1: number, param2: number): number => {
    const ret = dispatch_hypercall(cx, id, param1, param2);
    if (ret < 0) {
      cx.log('error', 'hv-hypercall-failed', { hypercall: id, ret });
    }
    return ret;
  },
);

import { acrnFile, stage } from '../../stage.ts';
import { ACRN_INVALID_VMID, DM_OWNED_GUEST_FLAG_MASK, GUEST_FLAG, VM_CREATION } from '../acrn_common.ts';
import { copy_from_gpa, get16, get64, put16 } from '../guest_memory.ts';
import { MAX_VCPUS_PER_VM } from '../vcpu.ts';
import { VCPU_STATE } from '../vcpu_types.ts';
import { create_vm, pause_vm, reset_vm, shutdown_vm, start_vm } from '../vm.ts';
import { type AcrnVm, VM_STATE } from '../vm_types.ts';
import type { HvCx } from '../world.ts';

/* Twin of hypervisor/common/hypercall.c, part 5: a VM's life. */

const file = acrnFile('hypervisor', 'hypervisor/common/hypercall.c');

/** Creates the VM of the structure at `param1`, which gets its id and number of vCPUs (hypercall.c, hcall_create_vm). */
export const hcall_create_vm = stage(file, 'hcall_create_vm', (cx: HvCx, target: AcrnVm, creation: number): number => {
  if (!copy_from_gpa(cx, creation, VM_CREATION.length) || !target.isPoweredOff) {
    return -1;
  }
  const kept = target.guest_flags.value & ~DM_OWNED_GUEST_FLAG_MASK;
  const asked = get64(cx, creation + VM_CREATION.vmFlag) % 0x1_0000_0000;
  target.guest_flags.value = kept | (asked & DM_OWNED_GUEST_FLAG_MASK);
  const affinity = get64(cx, creation + VM_CREATION.cpuAffinity) % 0x1_0000_0000;
  if ((affinity & ~target.configuredAffinity) !== 0) {
    cx.log('error', 'hv-vm-pcpus-invalid', { vm: target.vm_id, affinity });
    return -1;
  }
  const flags = target.guest_flags.value;
  if ((flags & GUEST_FLAG.LAPIC_PASSTHROUGH) !== 0 && (flags & GUEST_FLAG.RT) === 0) {
    cx.log('error', 'hv-guest-flags-wrong', { flags });
    return -1;
  }
  if (create_vm(cx, target, affinity === 0 ? target.configuredAffinity : affinity) === 0) {
    put16(cx, creation + VM_CREATION.vmid, target.vm_id);
    put16(cx, creation + VM_CREATION.vcpuNum, target.created_vcpus.value);
  } else {
    cx.log('debug', 'hv-vm-create-failed', { vm: target.vm_id });
    put16(cx, creation + VM_CREATION.vmid, ACRN_INVALID_VMID);
  }
  return 0;
});

/** Ends a VM; -1 unless it is paused (hypercall.c, hcall_destroy_vm). */
export const hcall_destroy_vm = stage(file, 'hcall_destroy_vm', (cx: HvCx, target: AcrnVm): number =>
  target.state.value === VM_STATE.PAUSED ? shutdown_vm(cx, target) : -1,
);

/** Starts a VM; -1 unless it is created and has an I/O request page (hypercall.c, hcall_start_vm). */
export const hcall_start_vm = stage(file, 'hcall_start_vm', (cx: HvCx, target: AcrnVm): number => {
  if (target.state.value !== VM_STATE.CREATED || target.io_shared_page.value === 0) {
    return -1;
  }
  start_vm(cx, target);
  return 0;
});

/** Pauses a VM (hypercall.c, hcall_pause_vm). */
export const hcall_pause_vm = stage(file, 'hcall_pause_vm', (cx: HvCx, target: AcrnVm): number => {
  if (target.isPoweredOff) {
    return -1;
  }
  pause_vm(cx, target);
  return 0;
});

/** Resets a VM; -1 unless it is paused (hypercall.c, hcall_reset_vm). */
export const hcall_reset_vm = stage(file, 'hcall_reset_vm', (cx: HvCx, target: AcrnVm): number =>
  target.state.value === VM_STATE.PAUSED ? reset_vm(cx, target) : -1,
);

/** Bytes of `struct acrn_vcpu_regs`. */
const VCPU_REGS_LENGTH = 296;

/** Entry state of a vCPU; registers are not modelled, so it is only checked (hypercall.c, hcall_set_vcpu_regs). */
export const hcall_set_vcpu_regs = stage(
  file,
  'hcall_set_vcpu_regs',
  (cx: HvCx, target: AcrnVm, _vmId: number, regs: number): number => {
    if (target.isPoweredOff || regs === 0 || target.state.value === VM_STATE.RUNNING) {
      return -1;
    }
    if (!copy_from_gpa(cx, regs, VCPU_REGS_LENGTH)) {
      return -1;
    }
    const vcpuId = get16(cx, regs);
    if (vcpuId >= MAX_VCPUS_PER_VM) {
      cx.log('error', 'hv-set-vcpu-regs-invalid', { vcpu: vcpuId });
      return -1;
    }
    const state = target.vcpus[vcpuId]?.state.value ?? VCPU_STATE.OFFLINE;
    return state === VCPU_STATE.OFFLINE ? -1 : 0;
  },
);

/** Kept for older callers (hypercall.c, hcall_create_vcpu). */
export const hcall_create_vcpu = stage(file, 'hcall_create_vcpu', (_cx: HvCx, _target: AcrnVm): number => 0);

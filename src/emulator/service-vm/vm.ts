import type { Gpa } from '../../base/brand.ts';
import { linuxFile, stage } from '../stage.ts';
import type { HsmVm } from './hsm_vm.ts';
import { hcall_create_vm, hcall_destroy_vm, hcall_inject_msi } from './hypercall.ts';
import { acrn_ioeventfd_deinit, acrn_ioeventfd_init } from './ioeventfd.ts';
import { acrn_ioreq_deinit, acrn_ioreq_init } from './ioreq/setup.ts';
import { acrn_irqfd_deinit, acrn_irqfd_init } from './irqfd.ts';
import { acrn_vm_all_ram_unmap } from './mm.ts';
import { ACRN_INVALID_VMID, VM_FLAG } from './uapi_acrn.ts';
import type { SvCx } from './world.ts';

/* Twin of drivers/virt/acrn/vm.c. */

const file = linuxFile('service-vm-kernel', 'drivers/virt/acrn/vm.c');

/** Bytes of `struct acrn_vm_creation`. */
export const VM_CREATION_LENGTH = 48;

/**
 * Creates a VM (vm.c, acrn_vm_create). `param` is the kernel's copy of `struct acrn_vm_creation`, in memory the hypervisor
 * reads and writes. False where the hypervisor or the I/O request page does not allow it.
 */
export const acrn_vm_create = stage(file, 'acrn_vm_create', (cx: SvCx, vm: HsmVm, param: number): boolean => {
  const { ram, acrn_vm_list } = cx.world;
  const field = (offset: number): Gpa => (param + offset) as Gpa;
  const ret = hcall_create_vm(cx, param);
  const vmid = ram.read16(field(0));
  if (ret < 0 || vmid === ACRN_INVALID_VMID) {
    cx.log('error', 'sv-vm-create-failed', { ret });
    return false;
  }
  vm.vmid.value = vmid;
  vm.vcpu_num.value = ram.read16(field(4));
  if (acrn_ioreq_init(cx, vm, ram.read64(field(32))) < 0) {
    hcall_destroy_vm(cx, vmid);
    vm.vmid.value = ACRN_INVALID_VMID;
    return false;
  }
  acrn_vm_list.unshift(vm);
  if (acrn_ioeventfd_init(cx, vm) < 0) {
    cx.hazard('sv-ioeventfd-init-ignored');
  }
  acrn_irqfd_init(cx, vm);
  cx.log('debug', 'sv-vm-created', { vm: vmid });
  return true;
});

/** Destroys a VM; the hypervisor's refusal where it is not paused (vm.c, acrn_vm_destroy). */
export const acrn_vm_destroy = stage(file, 'acrn_vm_destroy', (cx: SvCx, vm: HsmVm): number => {
  const { acrn_vm_list } = cx.world;
  if (vm.vmid.value === ACRN_INVALID_VMID || (vm.flags.value & VM_FLAG.DESTROYED) !== 0) {
    return 0;
  }
  vm.flags.value |= VM_FLAG.DESTROYED;
  const ret = hcall_destroy_vm(cx, vm.vmid.value);
  if (ret < 0) {
    cx.log('error', 'sv-vm-destroy-failed', { vm: vm.vmid.value, ret });
    vm.flags.value &= ~VM_FLAG.DESTROYED;
    return ret;
  }
  acrn_vm_list.splice(acrn_vm_list.indexOf(vm), 1);
  acrn_ioeventfd_deinit(cx, vm);
  acrn_irqfd_deinit(cx, vm);
  acrn_ioreq_deinit(cx, vm);
  acrn_vm_all_ram_unmap(cx, vm);
  cx.log('debug', 'sv-vm-destroyed', { vm: vm.vmid.value });
  vm.vmid.value = ACRN_INVALID_VMID;
  return 0;
});

/** Injects an MSI from inside the kernel (vm.c, acrn_msi_inject). */
export const acrn_msi_inject = stage(file, 'acrn_msi_inject', (cx: SvCx, vm: HsmVm, address: number, data: number) => {
  const { heap } = cx.world;
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, address % 0x1_0000_0000, true);
  view.setUint32(4, Math.floor(address / 0x1_0000_0000), true);
  view.setUint32(8, data, true);
  const msi = heap.duplicate(bytes);
  const ret = hcall_inject_msi(cx, vm.vmid.value, msi);
  heap.release(msi, bytes.length);
  if (ret < 0) {
    cx.log('error', 'sv-msi-failed', { vm: vm.vmid.value, ret });
  }
  return ret;
});

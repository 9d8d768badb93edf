import { acrnFile, stage } from '../stage.ts';
import type { Vcpu } from './vcpu_types.ts';
import type { HvCx } from './world.ts';

/* Twin of hypervisor/arch/x86/guest/vmx_asm.S: where the processor lands at a VM exit. */

const file = acrnFile('hypervisor', 'hypervisor/arch/x86/guest/vmx_asm.S');

/** Label `vm_exit`, HOST_RIP of every VMCS: saves the guest's registers. */
export const vm_exit = stage(file, 'vm_exit', (_cx: HvCx, vcpu: Vcpu) => {
  const access = vcpu.cpu?.vmcs.access;
  if (access?.write === true) {
    vcpu.rax.value = access.value;
  }
});

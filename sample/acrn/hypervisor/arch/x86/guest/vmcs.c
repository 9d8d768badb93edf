/* vmcs.c: tells the processor how to run a guest and where to return. SPDX-License-Identifier: MIT */
#include <asm/guest/guest_memory.h>
#include <asm/guest/vmcs.h>
#include <asm/guest/vmexit.h>
#include <asm/vmx.h>

/* Every exit of the guest lands on the label vm_exit. */
static void init_host_state(void)
{
	exec_vmwrite(VMX_HOST_RIP, (uint64_t)&vm_exit);
}

/* The bitmap says which ports exit: for a guest of acrn-dm, all. */
static void init_exec_ctrl(struct acrn_vcpu *vcpu)
{
	uint8_t *bitmap = vcpu->vm->arch_vm.io_bitmap;

	exec_vmwrite64(VMX_IO_BITMAP_A_FULL, hva2hpa(bitmap));
	exec_vmwrite64(VMX_IO_BITMAP_B_FULL, hva2hpa(bitmap + PAGE_SIZE));
}

void init_vmcs(struct acrn_vcpu *vcpu)
{
	init_host_state();
	init_exec_ctrl(vcpu);
}

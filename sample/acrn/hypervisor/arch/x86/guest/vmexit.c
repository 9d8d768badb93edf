/* vmexit.c: one handler per reason to leave the guest. SPDX-License-Identifier: MIT */
#include <asm/guest/vm.h>
#include <asm/guest/vmexit.h>
#include <asm/vmx.h>
#include <errno.h>
#include <logmsg.h>

#define NR_VMX_EXIT_REASONS	70U

static int32_t unhandled_vmexit_handler(struct acrn_vcpu *vcpu);
static int32_t hlt_vmexit_handler(struct acrn_vcpu *vcpu);
static int32_t pause_vmexit_handler(struct acrn_vcpu *vcpu);

/* The console's path uses three of them: port access, EPT violation (MSI-X table), hypercall (Service VM). */
static const struct vm_exit_dispatch dispatch_table[NR_VMX_EXIT_REASONS] = {
	[VMX_EXIT_REASON_EXTERNAL_INTERRUPT] = { .handler = external_interrupt_vmexit_handler },
	[VMX_EXIT_REASON_TRIPLE_FAULT] = { .handler = unhandled_vmexit_handler },
	[VMX_EXIT_REASON_HLT] = { .handler = hlt_vmexit_handler },
	[VMX_EXIT_REASON_VMCALL] = { .handler = vmcall_vmexit_handler },
	[VMX_EXIT_REASON_IO_INSTRUCTION] = { .handler = pio_instr_vmexit_handler, .need_exit_qualification = 1U },
	[VMX_EXIT_REASON_PAUSE] = { .handler = pause_vmexit_handler },
	[VMX_EXIT_REASON_VIRTUALIZED_EOI] = { .handler = veoi_vmexit_handler, .need_exit_qualification = 1U },
	[VMX_EXIT_REASON_EPT_VIOLATION] = { .handler = ept_violation_vmexit_handler, .need_exit_qualification = 1U },
};

int32_t vmexit_handler(struct acrn_vcpu *vcpu)
{
	uint32_t reason = vcpu->arch.exit_reason & 0xFFFFU;
	const struct vm_exit_dispatch *dispatch;

	if (reason >= ARRAY_SIZE(dispatch_table) || dispatch_table[reason].handler == NULL) {
		pr_err("no handler for exit reason %u", reason);
		return -EINVAL;
	}
	dispatch = &dispatch_table[reason];
	if (dispatch->need_exit_qualification)	/* details that depend on the reason */
		vcpu->arch.exit_qualification = exec_vmread64(VMX_EXIT_QUALIFICATION);
	return dispatch->handler(vcpu);
}

/* Nobody knows what to do: say so and let the guest go on. */
static int32_t unhandled_vmexit_handler(struct acrn_vcpu *vcpu)
{
	pr_fatal("exit for reason %u, qualification 0x%lx", vcpu->arch.exit_reason, vcpu->arch.exit_qualification);
	return 0;
}

static int32_t pause_vmexit_handler(struct acrn_vcpu *vcpu)
{
	if (vcpu->launched)
		yield_current();
	return 0;
}

/* The guest has nothing to do: sleep until an interrupt comes for it. */
static int32_t hlt_vmexit_handler(struct acrn_vcpu *vcpu)
{
	if (vcpu->arch.pending_req == 0UL && !vlapic_has_pending_intr(vcpu)) {
		wait_event(&vcpu->events[VCPU_EVENT_VIRTUAL_INTERRUPT]);
	}
	return 0;
}

/* virq.c: what a virtual CPU must see to before it enters its guest. SPDX-License-Identifier: MIT */
#include <asm/guest/virq.h>
#include <asm/guest/vmcs.h>
#include <asm/guest/vmexit.h>
#include <asm/irq.h>
#include <asm/lib/bits.h>
#include <asm/vmx.h>

#define RFLAGS_IF		(1UL << 9U)
#define INJECT_VALID		0x80000000UL
#define INJECT_EXCEPTION	0x300UL
#define EXCEPTION_GP		13U

static bool is_guest_irq_enabled(void)
{
	return (exec_vmread(VMX_GUEST_RFLAGS) & RFLAGS_IF) != 0UL;
}

/* Note the wish, and if the virtual CPU is in its guest, take it out to look. */
void vcpu_make_request(struct acrn_vcpu *vcpu, uint16_t eventid)
{
	bitmap_set_lock(eventid, &vcpu->arch.pending_req);
	kick_vcpu(vcpu);
}

/* The processor delivers it with the next entry, as if the guest's instruction had raised it. */
static void vcpu_inject_exception(struct acrn_vcpu *vcpu)
{
	exec_vmwrite(VMX_ENTRY_INT_INFO_FIELD, INJECT_VALID | INJECT_EXCEPTION | vcpu->arch.exception);
	vcpu_retain_rip(vcpu);
}

/* General protection: what a guest gets for an access that nobody could carry out. */
void vcpu_inject_gp(struct acrn_vcpu *vcpu, uint32_t err_code)
{
	(void)err_code;
	vcpu->arch.exception = EXCEPTION_GP;
	vcpu_make_request(vcpu, ACRN_REQUEST_EXCP);
}

/* A real interrupt came while the guest ran: let the hypervisor's own handler have it, then go on. */
int32_t external_interrupt_vmexit_handler(struct acrn_vcpu *vcpu)
{
	struct intr_excp_ctx came = {
		.vector = exec_vmread32(VMX_EXIT_INT_INFO) & 0xFFU,
		.rip = exec_vmread(VMX_GUEST_RIP),
	};

	vcpu_retain_rip(vcpu);
	dispatch_interrupt(&came);
	return 0;
}

static inline void acrn_inject_pending_intr(struct acrn_vcpu *vcpu, uint64_t *pending_req_bits, bool injected);

int32_t acrn_handle_pending_request(struct acrn_vcpu *vcpu)
{
	uint64_t *wishes = &vcpu->arch.pending_req;
	bool injected;

	if (bitmap_test_and_clear_lock(ACRN_REQUEST_INIT_VMCS, wishes))
		init_vmcs(vcpu);
	injected = bitmap_test_and_clear_lock(ACRN_REQUEST_EXCP, wishes);
	if (injected)
		vcpu_inject_exception(vcpu);
	acrn_inject_pending_intr(vcpu, wishes, injected);
	return 0;
}

/* An interrupt is waiting: see that the guest gets it with this entry. */
static inline void acrn_inject_pending_intr(struct acrn_vcpu *vcpu, uint64_t *pending_req_bits, bool injected)
{
	struct acrn_vlapic *controller = vcpu_vlapic(vcpu);
	bool wanted = bitmap_test_and_clear_lock(ACRN_REQUEST_EVENT, pending_req_bits);

	if (wanted)
		vlapic_inject_intr(controller, is_guest_irq_enabled(), injected);
}

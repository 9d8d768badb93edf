/* vmexit.h: why a guest stopped, and who takes care of it. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_HV_VMEXIT_H
#define SAMPLE_HV_VMEXIT_H

#include <types.h>

struct acrn_vcpu;

struct vm_exit_dispatch {
	int32_t (*handler)(struct acrn_vcpu *vcpu);
	uint32_t need_exit_qualification;
};

int32_t vmexit_handler(struct acrn_vcpu *vcpu);
int32_t vmcall_vmexit_handler(struct acrn_vcpu *vcpu);
int32_t external_interrupt_vmexit_handler(struct acrn_vcpu *vcpu);
int32_t veoi_vmexit_handler(struct acrn_vcpu *vcpu);
int32_t pio_instr_vmexit_handler(struct acrn_vcpu *vcpu);
int32_t ept_violation_vmexit_handler(struct acrn_vcpu *vcpu);
void vm_exit(void);	/* a label in vmx_asm.S */

/* Qualification of a port access: size less one, direction, port. */
static inline uint64_t vm_exit_io_instruction_size(uint64_t exit_qual)
{
	return exit_qual & 7UL;
}

static inline uint64_t vm_exit_io_instruction_access_direction(uint64_t exit_qual)
{
	return (exit_qual >> 3U) & 1UL;
}

static inline uint64_t vm_exit_io_instruction_port_number(uint64_t exit_qual)
{
	return (exit_qual >> 16U) & 0xffffUL;
}

#endif

/* acrn.h: the VMCALL that takes the Service VM into the hypervisor. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_ASM_ACRN_H
#define SAMPLE_ASM_ACRN_H

#define ACRN_CPUID_FEATURES		0x40000001
#define ACRN_FEATURE_PRIVILEGED_VM	0x1

void acrn_setup_intr_handler(void (*handler)(void));
void acrn_remove_intr_handler(void);

/* The number goes to R8, arguments to RDI and RSI, the answer comes back in RAX. */
static inline long acrn_hypercall1(unsigned long hcall_id, unsigned long param1)
{
	long answer;

	asm volatile("mov %1, %%r8; vmcall" : "=a"(answer) : "r"(hcall_id), "D"(param1) : "r8", "memory");
	return answer;
}

static inline long acrn_hypercall2(unsigned long hcall_id, unsigned long param1, unsigned long param2)
{
	long answer;

	asm volatile("mov %1, %%r8; vmcall"
		     : "=a"(answer) : "r"(hcall_id), "D"(param1), "S"(param2) : "r8", "memory");
	return answer;
}

#endif

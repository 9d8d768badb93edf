/* hypervisor.h: which hypervisor runs us, and what to do about it at boot. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_ASM_HYPERVISOR_H
#define SAMPLE_ASM_HYPERVISOR_H

#include <linux/types.h>

enum x86_hypervisor_type {
	X86_HYPER_NATIVE = 0,
	X86_HYPER_ACRN
};

struct x86_hyper_init {
	void (*init_platform)(void);
};

struct hypervisor_x86 {
	const char *name;
	u32 (*detect)(void);
	enum x86_hypervisor_type type;
	struct x86_hyper_init init;
};

extern enum x86_hypervisor_type x86_hyper_type;
u32 hypervisor_cpuid_base(const char *signature, u32 leaves);
u32 cpuid_eax(u32 leaf);

#endif

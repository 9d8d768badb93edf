/* ptrace.h: the registers of whatever an interrupt broke into. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_ASM_PTRACE_H
#define SAMPLE_ASM_PTRACE_H

struct pt_regs {
	unsigned long ip, cs, flags, sp, ss;
	unsigned long orig_ax;
};

#endif

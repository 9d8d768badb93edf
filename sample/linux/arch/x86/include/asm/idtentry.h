/* idtentry.h: how the entry functions of interrupts are made. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_ASM_IDTENTRY_H
#define SAMPLE_ASM_IDTENTRY_H

#include <asm/irq_vectors.h>
#include <asm/ptrace.h>
#include <linux/types.h>

#define X86_TRAP_OTHER	0xffff

void irqentry_enter(struct pt_regs *regs);
void irqentry_exit(struct pt_regs *regs);

/* asm_##func is the assembler stub that the IDT points to; it calls func. */
#define DECLARE_IDTENTRY_SYSVEC(vector, func) \
	void asm_##func(void); \
	void func(struct pt_regs *regs)

#define DECLARE_IDTENTRY_IRQ(vector, func) \
	void asm_##func(void); \
	void func(struct pt_regs *regs, unsigned long error_code)

/* The text after the macro becomes the body of __##func; func itself does the entry and exit work around it. */
#define DEFINE_IDTENTRY_SYSVEC(func) \
	static void __##func(struct pt_regs *broken_into); \
	void func(struct pt_regs *regs) \
	{ \
		irqentry_enter(regs); \
		__##func(regs); \
		irqentry_exit(regs); \
	} \
	static void __##func(struct pt_regs *regs)

#define DEFINE_IDTENTRY_IRQ(func) \
	static void __##func(struct pt_regs *broken_into, u32 vector); \
	void func(struct pt_regs *regs, unsigned long error_code) \
	{ \
		irqentry_enter(regs); \
		__##func(regs, (u8)error_code); \
		irqentry_exit(regs); \
	} \
	static void __##func(struct pt_regs *regs, u32 vector)

void idt_install_sysvec(unsigned int n, const void *function);
#define sysvec_install(vector, function)	idt_install_sysvec((vector), (const void *)asm_##function)

/* Device interrupts, MSI-X among them, share one entry. */
DECLARE_IDTENTRY_IRQ(X86_TRAP_OTHER, common_interrupt);

DECLARE_IDTENTRY_SYSVEC(LOCAL_TIMER_VECTOR, sysvec_apic_timer_interrupt);

/* The hypervisor's upcall to the Service VM. */
DECLARE_IDTENTRY_SYSVEC(HYPERVISOR_CALLBACK_VECTOR, sysvec_acrn_hv_callback);

#endif

/* irqflags.h: interrupts off, on, and wait for one. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_ASM_IRQFLAGS_H
#define SAMPLE_ASM_IRQFLAGS_H

static inline void native_irq_disable(void)
{
	__asm__ volatile("cli" ::: "memory");
}

static inline void native_irq_enable(void)
{
	__asm__ volatile("sti" ::: "memory");
}

/* STI takes effect one instruction later: no interrupt can slip in before HLT. */
static inline void native_safe_halt(void)
{
	asm volatile("sti;"
		     "hlt" ::: "memory");
}

#endif

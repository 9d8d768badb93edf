/* irq.c: device interrupts enter here; in the guest, the console's MSI-X. SPDX-License-Identifier: MIT */
#include <asm/apic.h>
#include <asm/hw_irq.h>
#include <asm/idtentry.h>

static inline void handle_irq(struct irq_desc *desc, struct pt_regs *regs)
{
	(void)regs;
	generic_handle_irq_desc(desc);
}

/* From the vector to the interrupt that was given it on this CPU. */
static inline bool call_irq_handler(u32 vector, struct pt_regs *regs)
{
	struct irq_desc *owner = __this_cpu_read(vector_irq[vector]);

	if (!owner)
		return false;
	handle_irq(owner, regs);
	return true;
}

DEFINE_IDTENTRY_IRQ(common_interrupt)
{
	if (unlikely(call_irq_handler(vector, regs) == false))
		apic_eoi();
}

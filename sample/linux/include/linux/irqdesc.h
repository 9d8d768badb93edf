/* irqdesc.h: all that the kernel knows of one interrupt. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_IRQDESC_H
#define SAMPLE_IRQDESC_H

#include <linux/irq.h>

struct irq_desc {
	struct irq_data irq_data;
	irq_flow_handler_t handle_irq;
	struct irqaction *action;
	unsigned int istate;
	raw_spinlock_t lock;
	const char *name;
};

struct irq_desc *irq_to_desc(unsigned int irq);

/* Hand the interrupt to its flow handler: for MSI-X that is handle_edge_irq. */
static inline void generic_handle_irq_desc(struct irq_desc *desc)
{
	desc->handle_irq(desc);
}

#endif

/* chip.c: flow handlers, one per kind of interrupt line. SPDX-License-Identifier: MIT */
#include <linux/irqdesc.h>

#include "internals.h"

/* A level stays until the device is content: handle first, and then let the controller look at the line again. */
void handle_fasteoi_irq(struct irq_desc *desc)
{
	struct irq_data *line = &desc->irq_data;

	raw_spin_lock(&desc->lock);
	if (desc->action)
		handle_irq_event(desc);
	line->chip->irq_eoi(line);
	raw_spin_unlock(&desc->lock);
}

/* An edge is gone when it has been seen: acknowledge first, handle after; go round again if one came meanwhile. */
void handle_edge_irq(struct irq_desc *desc)
{
	struct irq_data *line = &desc->irq_data;
	bool again = desc->action != NULL;

	raw_spin_lock(&desc->lock);
	for (line->chip->irq_ack(line); again; again = (desc->istate & IRQS_PENDING) != 0)
		handle_irq_event(desc);
	raw_spin_unlock(&desc->lock);
}

static void __irq_do_set_handler(struct irq_desc *desc, irq_flow_handler_t handle, const char *name)
{
	desc->handle_irq = handle;
	desc->name = name;
}

void __irq_set_handler(unsigned int irq, irq_flow_handler_t handle, int is_chained, const char *name)
{
	if (!is_chained)
		__irq_do_set_handler(irq_to_desc(irq), handle, name);
}

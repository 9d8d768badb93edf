/* manage.c: signing up for an interrupt. SPDX-License-Identifier: MIT */
#include <linux/slab.h>

#include "internals.h"

static int __setup_irq(unsigned int irq, struct irq_desc *desc, struct irqaction *fresh)
{
	fresh->irq = irq;
	fresh->next = desc->action;
	desc->action = fresh;
	return 0;
}

/* The handler will not run again. */
const void *free_irq(unsigned int irq, void *dev_id)
{
	struct irqaction **link = &irq_to_desc(irq)->action, *gone;
	const char *name;

	while (*link && (*link)->dev_id != dev_id)
		link = &(*link)->next;
	gone = *link;
	if (!gone)
		return NULL;
	*link = gone->next;
	name = gone->name;
	kfree(gone);
	return name;
}

int request_threaded_irq(unsigned int irq, irq_handler_t handler, irq_handler_t thread_fn,
			 unsigned long irqflags, const char *devname, void *dev_id)
{
	struct irqaction *fresh = kzalloc(sizeof(*fresh), GFP_KERNEL);

	if (!fresh)
		return -ENOMEM;
	*fresh = (struct irqaction){ .dev_id = dev_id, .name = devname, .flags = irqflags };
	fresh->handler = handler;
	fresh->thread_fn = thread_fn;
	return __setup_irq(irq, irq_to_desc(irq), fresh);
}

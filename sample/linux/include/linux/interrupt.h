/* interrupt.h: a driver's handler for one interrupt. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_INTERRUPT_H
#define SAMPLE_INTERRUPT_H

#include <linux/kernel.h>

typedef enum irqreturn {
	IRQ_NONE = 0,
	IRQ_HANDLED = 1
} irqreturn_t;

typedef irqreturn_t (*irq_handler_t)(int irq, void *dev_id);

#define IRQF_SHARED	0x80

struct irqaction {
	irq_handler_t handler;
	void *dev_id;
	struct irqaction *next;
	irq_handler_t thread_fn;
	unsigned int irq;
	unsigned long flags;
	const char *name;
};

const void *free_irq(unsigned int irq, void *dev_id);
int request_threaded_irq(unsigned int irq, irq_handler_t handler, irq_handler_t thread_fn,
			 unsigned long irqflags, const char *devname, void *dev_id);

static inline int request_irq(unsigned int irq, irq_handler_t handler, unsigned long flags,
			      const char *name, void *dev)
{
	return request_threaded_irq(irq, handler, NULL, flags, name, dev);
}

#endif

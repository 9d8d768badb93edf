/* irq.h: the interrupt chip and the flow handlers. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_IRQ_H
#define SAMPLE_IRQ_H

#include <linux/interrupt.h>
#include <linux/spinlock.h>

struct irq_desc;
typedef void (*irq_flow_handler_t)(struct irq_desc *desc);

struct irq_data {
	unsigned int irq;
	struct irq_chip *chip;
};

struct irq_chip {
	const char *name;
	void (*irq_ack)(struct irq_data *data);
	void (*irq_unmask)(struct irq_data *data);
	void (*irq_eoi)(struct irq_data *data);
};

void handle_edge_irq(struct irq_desc *desc);
void handle_fasteoi_irq(struct irq_desc *desc);
void __irq_set_handler(unsigned int irq, irq_flow_handler_t handle, int is_chained, const char *name);

#endif

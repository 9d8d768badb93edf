/* internals.h: shared by the files of the interrupt core. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_IRQ_INTERNALS_H
#define SAMPLE_IRQ_INTERNALS_H

#include <linux/irqdesc.h>

#define IRQS_PENDING	0x200u

irqreturn_t handle_irq_event(struct irq_desc *desc);
irqreturn_t handle_irq_event_percpu(struct irq_desc *desc);
irqreturn_t __handle_irq_event_percpu(struct irq_desc *desc);

#endif

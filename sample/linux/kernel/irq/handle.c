/* handle.c: calls the drivers' handlers. SPDX-License-Identifier: MIT */
#include "internals.h"

/* Several devices may share the line: call all of them. */
irqreturn_t __handle_irq_event_percpu(struct irq_desc *desc)
{
	struct irqaction *action;
	irqreturn_t any = IRQ_NONE;

	for (action = desc->action; action; action = action->next)
		if (action->handler((int)desc->irq_data.irq, action->dev_id) == IRQ_HANDLED)
			any = IRQ_HANDLED;
	return any;
}

irqreturn_t handle_irq_event_percpu(struct irq_desc *desc)
{
	return __handle_irq_event_percpu(desc);
}

/* The lock is not held while drivers run. */
irqreturn_t handle_irq_event(struct irq_desc *desc)
{
	raw_spinlock_t *lock = &desc->lock;
	irqreturn_t any;

	desc->istate &= ~(unsigned int)IRQS_PENDING;
	raw_spin_unlock(lock);
	any = handle_irq_event_percpu(desc);
	raw_spin_lock(lock);
	return any;
}

/* notify.c: the vector by which CPUs kick each other. SPDX-License-Identifier: MIT */
#include <asm/irq.h>
#include <logmsg.h>

/* Nothing to do: what counts is that the CPU has left its guest and will look for work. */
static void kick_notification(uint32_t irq, void *data)
{
	(void)irq; (void)data;
}

static int32_t request_notification_irq(irq_action_t func, void *data)
{
	return request_irq(NOTIFY_VCPU_IRQ, func, data, 0U);
}

void setup_notification(void)
{
	if (request_notification_irq(kick_notification, (void *)0) < 0) {
		pr_err("no vector to kick other CPUs with");
	}
}

/* msi.c: message-signalled interrupts on x86 are edges. SPDX-License-Identifier: MIT */
#include <linux/msi.h>

void irq_chip_ack_parent(struct irq_data *data);

/* All MSI interrupts of a device get the edge flow handler. */
bool x86_init_dev_msi_info(struct msi_domain_info *info)
{
	struct irq_chip *kind = info->chip;

	info->handler = handle_edge_irq;
	info->handler_name = kind->name;
	kind->irq_ack = irq_chip_ack_parent;
	return true;
}

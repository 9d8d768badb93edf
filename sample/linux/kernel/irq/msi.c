/* msi.c: interrupts for message-signalled vectors. SPDX-License-Identifier: MIT */
#include <linux/msi.h>

static struct msi_domain_info pci_msix_info;
bool x86_init_dev_msi_info(struct msi_domain_info *info);
void compose_msi_msg(unsigned int virq, struct msi_msg *msg);
int alloc_vector(void);

/* The new interrupt gets the domain's flow handler. */
static int msi_domain_ops_init(struct msi_domain_info *info, unsigned int virq)
{
	__irq_set_handler(virq, info->handler, 0, info->handler_name);
	return 0;
}

/* A free vector, its flow handler, and address and data into the device's table. */
int msi_domain_alloc_irq(struct msi_desc *entry)
{
	int virq = alloc_vector();
	struct msi_msg msg;

	x86_init_dev_msi_info(&pci_msix_info);
	msi_domain_ops_init(&pci_msix_info, (unsigned int)virq);
	compose_msi_msg((unsigned int)virq, &msg);
	__pci_write_msi_msg(entry, &msg);
	return virq;
}

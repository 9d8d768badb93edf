/* msi.h: one MSI-X vector: the address to write to and the value to write. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_MSI_H
#define SAMPLE_MSI_H

#include <linux/irq.h>
#include <linux/pci.h>

struct msi_msg {
	u32 address_lo, address_hi;
	u32 data;
};

struct msi_desc {
	unsigned int irq;
	struct pci_dev *dev;
	struct msi_msg msg;
	u16 msi_index;
	u32 msix_ctrl;
	void *mask_base;	/* the table in BAR 1, mapped */
};

struct irq_domain;

struct msi_domain_info {
	irq_flow_handler_t handler;
	const char *handler_name;
	struct irq_chip *chip;
};

void __pci_write_msi_msg(struct msi_desc *entry, struct msi_msg *msg);
int msi_domain_alloc_irq(struct msi_desc *entry);

#endif

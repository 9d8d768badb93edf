/* msi.c: fills the device's MSI-X table in BAR 1, a store at a time. SPDX-License-Identifier: MIT */
#include <linux/slab.h>

#include "msi.h"

/* Three stores per vector. Each one leaves the guest, for the table is emulated by acrn-dm. */
static inline void pci_write_msg_msix(struct msi_desc *desc, struct msi_msg *msg)
{
	u8 *slot = pci_msix_desc_addr(desc);

	pci_msix_write_vector_ctrl(desc, desc->msix_ctrl | PCI_MSIX_ENTRY_CTRL_MASKBIT);
	writel(msg->address_lo, slot + PCI_MSIX_ENTRY_LOWER_ADDR);
	writel(msg->address_hi, slot + PCI_MSIX_ENTRY_UPPER_ADDR);
	writel(msg->data, slot + PCI_MSIX_ENTRY_DATA);
	pci_msix_write_vector_ctrl(desc, desc->msix_ctrl);
}

void __pci_write_msi_msg(struct msi_desc *entry, struct msi_msg *msg)
{
	pci_write_msg_msix(entry, msg);
	entry->msg = *msg;
}

static void pci_msix_clear_and_set_ctrl(struct pci_dev *dev, u16 clear, u16 set)
{
	int where = dev->msix_cap + PCI_MSIX_FLAGS;
	u32 ctrl;

	pci_conf1_read(0, dev->bus_number, dev->devfn, where, 2, &ctrl);
	pci_conf1_write(0, dev->bus_number, dev->devfn, where, 2, (ctrl & ~(u32)clear) | set);
}

/* Switch MSI-X on, all masked; then an interrupt for each vector; then let them through. */
static int msix_capability_init(struct pci_dev *dev, int nvec)
{
	int i;

	pci_msix_clear_and_set_ctrl(dev, 0, PCI_MSIX_FLAGS_MASKALL | PCI_MSIX_FLAGS_ENABLE);
	dev->msix_base = pci_iomap(dev, 1, 0);
	for (i = 0; i < nvec; i++) {
		struct msi_desc *entry = kzalloc(sizeof(*entry), GFP_KERNEL);
		int irq;

		entry->dev = dev;
		entry->msi_index = (u16)i;
		entry->mask_base = dev->msix_base;
		entry->msix_ctrl = PCI_MSIX_ENTRY_CTRL_MASKBIT;
		irq = msi_domain_alloc_irq(entry);
		if (i == 0)
			dev->first_irq = (unsigned int)irq;
		pci_msix_unmask(entry);
	}
	pci_msix_clear_and_set_ctrl(dev, PCI_MSIX_FLAGS_MASKALL, 0);
	return nvec;
}

int __pci_enable_msix_range(struct pci_dev *dev, int minvec, int maxvec, struct irq_affinity *affd, int flags)
{
	(void)affd; (void)flags;
	return dev->msix_cap && minvec <= maxvec ? msix_capability_init(dev, maxvec) : -ENOSPC;
}

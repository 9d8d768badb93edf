/* msi.h: one entry of the MSI-X table. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_PCI_MSI_H
#define SAMPLE_PCI_MSI_H

#include <linux/io.h>
#include <linux/msi.h>

static inline u8 *pci_msix_desc_addr(struct msi_desc *desc)
{
	return (u8 *)desc->mask_base + desc->msi_index * PCI_MSIX_ENTRY_SIZE;
}

static inline void pci_msix_write_vector_ctrl(struct msi_desc *desc, u32 ctrl)
{
	writel(ctrl, pci_msix_desc_addr(desc) + PCI_MSIX_ENTRY_VECTOR_CTRL);
}

static inline void pci_msix_unmask(struct msi_desc *desc)
{
	desc->msix_ctrl &= ~(u32)PCI_MSIX_ENTRY_CTRL_MASKBIT;
	pci_msix_write_vector_ctrl(desc, desc->msix_ctrl);
}

int __pci_enable_msix_range(struct pci_dev *dev, int minvec, int maxvec, struct irq_affinity *affd, int flags);

#endif

/* api.c: what drivers call to get interrupt vectors. SPDX-License-Identifier: MIT */
#include "msi.h"

int pci_alloc_irq_vectors_affinity(struct pci_dev *dev, unsigned int min_vecs, unsigned int max_vecs,
				   unsigned int flags, struct irq_affinity *affd)
{
	if ((flags & PCI_IRQ_MSIX) == 0)
		return -ENOSPC;
	return __pci_enable_msix_range(dev, (int)min_vecs, (int)max_vecs, affd, (int)flags);
}

int pci_irq_vector(struct pci_dev *dev, unsigned int nr)
{
	return (int)(dev->first_irq + nr);
}

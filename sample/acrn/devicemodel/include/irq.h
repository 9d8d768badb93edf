/* irq.h: interrupt lines of PCI devices. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_DM_IRQ_H
#define SAMPLE_DM_IRQ_H

struct pci_vdev;
struct vmctx;

void pci_irq_init(struct vmctx *ctx);
int pirq_alloc_pin(struct pci_vdev *dev);
void pci_irq_assert(struct pci_vdev *dev);
void pci_irq_deassert(struct pci_vdev *dev);

#endif

/* ioapic.h: inputs of the guest's I/O APIC. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_DM_IOAPIC_H
#define SAMPLE_DM_IOAPIC_H

struct pci_vdev;
struct vmctx;

void ioapic_init(struct vmctx *ctx);
int ioapic_pci_alloc_irq(struct pci_vdev *dev);

#endif

/* irq.c: interrupt lines; low means asserted. SPDX-License-Identifier: MIT */
#include "irq.h"

#include "acrn_common.h"
#include "pci_core.h"
#include "vmmapi.h"

#define PIRQ_PINS	8
#define LEGACY_IRQS	16
#define FREE_FOR_PCI	0xdef8	/* a bit per old interrupt: timer, keyboard, clock and the like are taken */

/* The old router: a device's pin ends at one of sixteen interrupts. Guests with an I/O APIC do not use it. */
static struct pirq {
	uint8_t reg;
	int use_count;
} pirqs[PIRQ_PINS];

static int irq_counts[LEGACY_IRQS];

void pci_irq_init(struct vmctx *ctx)
{
	int i;

	(void)ctx;
	for (i = 0; i < PIRQ_PINS; i++)
		pirqs[i] = (struct pirq){ 0, 0 };
	for (i = 0; i < LEGACY_IRQS; i++)
		irq_counts[i] = (FREE_FOR_PCI >> i & 1) ? 0 : -1;
}

void pci_irq_assert(struct pci_vdev *dev)
{
	vm_set_gsi_irq(dev->vmctx, dev->lintr.ioapic_irq, GSI_SET_LOW);
}

void pci_irq_deassert(struct pci_vdev *dev)
{
	vm_set_gsi_irq(dev->vmctx, dev->lintr.ioapic_irq, GSI_SET_HIGH);
}

/* The pin with the fewest users; a fresh pin takes the interrupt with the fewest users. */
int pirq_alloc_pin(struct pci_vdev *dev)
{
	int i, quietest = 0, irq = -1;

	for (i = 1; i < PIRQ_PINS; i++)
		quietest = pirqs[i].use_count < pirqs[quietest].use_count ? i : quietest;
	for (i = 0; i < LEGACY_IRQS; i++)
		if (irq_counts[i] >= 0 && (irq < 0 || irq_counts[i] < irq_counts[irq]))
			irq = i;
	if (pirqs[quietest].use_count++ == 0) {
		irq_counts[irq]++;
		pirqs[quietest].reg = (uint8_t)irq;
	}
	pci_set_cfgdata8(dev, PCIR_INTLINE, pirqs[quietest].reg);
	return quietest + 1;
}

/* ioapic.c: which input of the guest's I/O APIC a device gets. SPDX-License-Identifier: MIT */
#include "ioapic.h"

#include "pci_core.h"

#define FIRST_FOR_PCI	16	/* those below belong to the old devices */
#define INPUTS		48

static int last_pin;

void ioapic_init(struct vmctx *ctx)
{
	(void)ctx;
	last_pin = 0;
}

/* One after the other; no input is shared. */
int ioapic_pci_alloc_irq(struct pci_vdev *dev)
{
	int input = FIRST_FOR_PCI + last_pin;

	if (input >= INPUTS) {
		pr_err("%s: no interrupt left\n", dev->name);
		return -1;
	}
	last_pin++;
	return input;
}

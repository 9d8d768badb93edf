/* vpci.h: PCI as a guest sees it. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_HV_VPCI_H
#define SAMPLE_HV_VPCI_H

#include <types.h>

#define PCI_WINDOW	0x10000000UL

struct acrn_vm;

struct acrn_vpci {
	uint32_t addr;		/* what was last written to port 0xCF8 */
	uint64_t window;	/* where the configuration space lies in memory */
};

int32_t init_vpci(struct acrn_vm *vm);

#endif

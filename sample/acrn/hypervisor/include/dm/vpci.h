/* vpci.h: PCI as a guest sees it. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_HV_VPCI_H
#define SAMPLE_HV_VPCI_H

#include <types.h>

struct acrn_vm;

struct acrn_vpci {
	uint32_t addr;	/* what was last written to port 0xCF8 */
};

int32_t init_vpci(struct acrn_vm *vm);

#endif

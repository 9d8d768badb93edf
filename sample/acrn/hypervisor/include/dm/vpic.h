/* vpic.h: the old interrupt controllers of a guest. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_HV_VPIC_H
#define SAMPLE_HV_VPIC_H

#include <asm/lib/spinlock.h>

#define VPIC_PINS	16U

struct acrn_vpic {
	spinlock_t lock;
	bool ready;
	uint16_t line;		/* a bit per pin: high */
	uint16_t requested;	/* a bit per pin: wants to interrupt */
};

void vpic_set_irqline(struct acrn_vpic *vpic, uint32_t vgsi, uint32_t operation);
uint32_t vpic_pincount(void);

#endif

/* vpic.c: the guest's two interrupt controllers from the time of the first PC. SPDX-License-Identifier: MIT */
#include <asm/guest/vm.h>
#include <vpic.h>

/* Before a guest has programmed them they do nothing, and Linux with an I/O APIC never does. */
void vpic_set_irqline(struct acrn_vpic *vpic, uint32_t vgsi, uint32_t operation)
{
	uint16_t bit = (uint16_t)(1U << (vgsi % VPIC_PINS));
	bool high = operation == GSI_SET_HIGH || operation == GSI_FALLING_PULSE;
	uint64_t saved;

	if (!vpic->ready || vgsi >= VPIC_PINS) {
		return;
	}
	spinlock_irqsave_obtain(&vpic->lock, &saved);
	vpic->requested = (operation != GSI_SET_LOW) ? vpic->requested | bit : vpic->requested;
	vpic->line = high ? vpic->line | bit : vpic->line & (uint16_t)~bit;
	spinlock_irqrestore_release(&vpic->lock, saved);
}

uint32_t vpic_pincount(void)
{
	return VPIC_PINS;
}

/* apic.c: the timer of each CPU. SPDX-License-Identifier: MIT */
#include <asm/apic.h>
#include <asm/idtentry.h>

void run_expired_timers(void);

/* Tell the controller at once: nothing that follows needs it. */
DEFINE_IDTENTRY_SYSVEC(sysvec_apic_timer_interrupt)
{
	(void)regs;
	apic_eoi();
	run_expired_timers();
}

/* idle.c: what a CPU does when there is nothing to do. SPDX-License-Identifier: MIT */
#include <asm/irqflags.h>
#include <linux/sched.h>

/* Sleep until an interrupt. In a guest HLT leaves it, so that the hypervisor can run somebody else. */
void default_idle_call(void)
{
	if (need_resched())
		native_irq_enable();
	else
		native_safe_halt();
}

/* On a real machine a driver may choose a deeper sleep here; a guest of ACRN has none. */
static void cpuidle_idle_call(void)
{
	default_idle_call();
}

static void do_idle(void)
{
	while (!need_resched()) {
		native_irq_disable();	/* between the question and HLT nobody may wake us */
		cpuidle_idle_call();
	}
	schedule();
}

void cpu_startup_entry(void)
{
	for (;;)
		do_idle();
}

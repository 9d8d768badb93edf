/* idle.c: what a CPU does when there is nothing to do. SPDX-License-Identifier: MIT */
#include <asm/irqflags.h>
#include <linux/sched.h>

/* Sleep until an interrupt; in a guest HLT leaves it, so that the hypervisor can run somebody else. */
static void do_idle(void)
{
	for (; !need_resched(); native_irq_enable()) {
		native_irq_disable();
		if (need_resched())
			continue;
		native_safe_halt();
	}
	schedule();
}

void cpu_startup_entry(void)
{
	for (;;)
		do_idle();
}

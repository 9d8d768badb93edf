/* hv_main.c: the loop of each virtual CPU, and of a CPU that has none to run. SPDX-License-Identifier: MIT */
#include <asm/guest/virq.h>
#include <asm/guest/vmexit.h>
#include <asm/per_cpu.h>

/* Requests, guest, exit, and again. */
void vcpu_thread(struct thread_object *obj)
{
	struct acrn_vcpu *vcpu = thread_to_vcpu(obj);

	while (vcpu->state == VCPU_RUNNING) {
		cpu_irq_disable();
		if (need_reschedule(obj->pcpu_id))
			schedule();
		if (acrn_handle_pending_request(vcpu) < 0 || run_vcpu(vcpu) != 0) {
			zombie_vcpu(vcpu, VCPU_ZOMBIE);
			continue;
		}
		cpu_irq_enable();
		if (vmexit_handler(vcpu) < 0) {
			vcpu_inject_gp(vcpu, 0U);
		}
	}
}

/* Sleeps until an interrupt; a kick sets need_reschedule before it comes. */
void default_idle(struct thread_object *obj)
{
	for (;;) {
		if (need_reschedule(obj->pcpu_id)) {
			schedule();
		} else {
			cpu_do_idle();
		}
	}
}

void run_idle_thread(void)
{
	struct thread_object *idle = &get_cpu_var(idle);

	idle->pcpu_id = get_pcpu_id();
	idle->thread_entry = default_idle;
	init_thread_data(idle);
	run_thread(idle);
}

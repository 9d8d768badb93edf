/* event.c: a thread waits until another signals. SPDX-License-Identifier: MIT */
#include <asm/cpu.h>
#include <event.h>
#include <logmsg.h>
#include <schedule.h>

void init_event(struct sched_event *event)
{
	event->set = false;
	event->waiting_thread = 0;
	spinlock_init(&event->lock);
}

void reset_event(struct sched_event *event)
{
	uint64_t rflags;

	spinlock_irqsave_obtain(&event->lock, &rflags);
	event->waiting_thread = 0;
	event->set = false;
	spinlock_irqrestore_release(&event->lock, rflags);
}

/* The vCPU that has written to the console stays in schedule() until its request is answered. */
void wait_event(struct sched_event *event)
{
	struct thread_object *self = sched_get_current(get_pcpu_id());
	uint64_t rflags;

	spinlock_irqsave_obtain(&event->lock, &rflags);
	ASSERT(event->waiting_thread == NULL, "one thread at a time");
	for (event->waiting_thread = self; !event->set && event->waiting_thread == self; ) {
		sleep_thread(self);
		spinlock_irqrestore_release(&event->lock, rflags);
		schedule();
		spinlock_irqsave_obtain(&event->lock, &rflags);
	}
	event->waiting_thread = 0;
	event->set = false;
	spinlock_irqrestore_release(&event->lock, rflags);
}

void signal_event(struct sched_event *event)
{
	struct thread_object *waiter;
	uint64_t rflags;

	spinlock_irqsave_obtain(&event->lock, &rflags);
	waiter = event->waiting_thread;
	event->set = true;
	if (waiter != NULL)
		wake_thread(waiter);
	spinlock_irqrestore_release(&event->lock, rflags);
}

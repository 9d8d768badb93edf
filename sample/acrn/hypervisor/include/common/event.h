/* event.h: one thread waits, another signals. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_HV_EVENT_H
#define SAMPLE_HV_EVENT_H

#include <asm/lib/spinlock.h>

struct thread_object;

struct sched_event {
	spinlock_t lock;
	bool set;
	struct thread_object *waiting_thread;
};

void init_event(struct sched_event *event);
void reset_event(struct sched_event *event);
void wait_event(struct sched_event *event);
void signal_event(struct sched_event *event);

#endif

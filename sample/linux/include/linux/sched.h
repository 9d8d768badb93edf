/* sched.h: tasks and how they stop and go. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_SCHED_H
#define SAMPLE_SCHED_H

#include <linux/types.h>

#define TASK_RUNNING		0x0
#define TASK_INTERRUPTIBLE	0x1

struct task_struct {
	unsigned int state;
	bool in_eventfd;
};

struct task_struct *current_task(void);
#define current	current_task()

void set_current_state(unsigned int state);
void schedule(void);
bool need_resched(void);
void default_idle_call(void);
void cpu_startup_entry(void);
bool signal_pending(struct task_struct *task);
int wake_up_process(struct task_struct *task);

#endif

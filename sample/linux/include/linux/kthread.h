/* kthread.h: threads that live in the kernel only. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_KTHREAD_H
#define SAMPLE_KTHREAD_H

#include <linux/sched.h>

struct task_struct *kthread_create(int (*threadfn)(void *data), void *data, const char *name);
bool kthread_should_stop(void);
int kthread_stop(struct task_struct *task);

/* Make the thread and let it go at once. */
static inline struct task_struct *kthread_run(int (*threadfn)(void *data), void *data, const char *name)
{
	struct task_struct *task = kthread_create(threadfn, data, name);

	wake_up_process(task);
	return task;
}

#endif

/* wait.h: queues on which tasks sleep until somebody wakes them. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_WAIT_H
#define SAMPLE_WAIT_H

#include <linux/list.h>
#include <linux/sched.h>
#include <linux/spinlock.h>

struct wait_queue_entry;
typedef int (*wait_queue_func_t)(struct wait_queue_entry *entry, unsigned int mode, int flags, void *key);

typedef struct wait_queue_entry {
	struct task_struct *sleeper;
	wait_queue_func_t func;
	struct list_head entry;
} wait_queue_entry_t;

typedef struct wait_queue_head {
	spinlock_t lock;
	struct list_head head;
} wait_queue_head_t;

void init_waitqueue_head(wait_queue_head_t *queue);
void prepare_to_wait(wait_queue_head_t *queue, wait_queue_entry_t *entry, int state);
void finish_wait(wait_queue_head_t *queue, wait_queue_entry_t *entry);
void add_wait_queue(wait_queue_head_t *queue, wait_queue_entry_t *entry);
int default_wake_function(wait_queue_entry_t *entry, unsigned int mode, int flags, void *key);
int __wake_up(wait_queue_head_t *queue, unsigned int mode, int how_many, void *key);

#define waitqueue_active(queue)		(!list_empty(&(queue)->head))
#define wake_up(queue)			__wake_up((queue), TASK_RUNNING, 1, NULL)
#define wake_up_interruptible(queue)	__wake_up((queue), TASK_INTERRUPTIBLE, 1, NULL)
#define wake_up_locked_poll(queue, mask) \
	__wake_up((queue), TASK_RUNNING, 1, (void *)(unsigned long)(mask))

/* Sleep until `condition` holds; a signal ends the sleep too. The condition is looked at again after each wake-up. */
#define wait_event_interruptible(queue, condition) \
	({ \
		wait_queue_entry_t entry = { current, default_wake_function, { NULL, NULL } }; \
		while (!(condition) && !signal_pending(current)) { \
			prepare_to_wait(&(queue), &entry, TASK_INTERRUPTIBLE); \
			if (!(condition)) \
				schedule(); \
		} \
		finish_wait(&(queue), &entry); \
	})

#endif

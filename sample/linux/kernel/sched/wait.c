/* wait.c: sleeping on a queue and being woken. SPDX-License-Identifier: MIT */
#include <linux/wait.h>

#define list_to_entry(link)	container_of(link, struct wait_queue_entry, entry)

void init_waitqueue_head(wait_queue_head_t *queue)
{
	spin_lock_init(&queue->lock);
	INIT_LIST_HEAD(&queue->head);
}

void add_wait_queue(wait_queue_head_t *queue, wait_queue_entry_t *entry)
{
	list_add(&entry->entry, &queue->head);
}

/* Each sleeper says itself how it wants to be woken; epoll's entries call ep_poll_callback. */
static int __wake_up_common(wait_queue_head_t *queue, unsigned int mode, int how_many, void *key)
{
	struct list_head *link = queue->head.next;
	int woken = 0;

	while (link != &queue->head && woken < how_many) {
		wait_queue_entry_t *curr = list_to_entry(link);

		link = link->next;
		woken += curr->func(curr, mode, 0, key);
	}
	return woken;
}

int __wake_up(wait_queue_head_t *queue, unsigned int mode, int how_many, void *key)
{
	unsigned long flags;
	int woken;

	spin_lock_irqsave(&queue->lock, flags);
	woken = __wake_up_common(queue, mode, how_many, key);
	spin_unlock_irqrestore(&queue->lock, flags);
	return woken;
}

void prepare_to_wait(wait_queue_head_t *queue, wait_queue_entry_t *entry, int state)
{
	if (!entry->entry.next)
		add_wait_queue(queue, entry);
	set_current_state((unsigned int)state);
}

void finish_wait(wait_queue_head_t *queue, wait_queue_entry_t *entry)
{
	set_current_state(TASK_RUNNING);
	spin_lock(&queue->lock);
	if (entry->entry.next)
		list_del_init(&entry->entry);
	spin_unlock(&queue->lock);
}

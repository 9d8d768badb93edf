/* eventpoll.c: epoll; an event on a watched file wakes the thread in epoll_wait. SPDX-License-Identifier: MIT */
#include <linux/poll.h>
#include <linux/slab.h>

struct epoll_event {
	u32 events;
	u64 data;
};

struct eventpoll {
	wait_queue_head_t wq;		/* threads in epoll_wait */
	struct list_head rdllist;	/* watched files that have something */
	spinlock_t lock;
};

struct epitem {
	struct eventpoll *ep;
	struct list_head rdllink;
	wait_queue_entry_t wait;
	poll_table pt;
	struct epoll_event event;
};

#define wait_to_epitem(entry)	container_of(entry, struct epitem, wait)
#define table_to_epitem(table)	container_of(table, struct epitem, pt)

/* Called by the wake-up of the watched file: put it on the ready list and pass the wake-up on. */
static int ep_poll_callback(wait_queue_entry_t *wait, unsigned int mode, int sync, void *key)
{
	struct epitem *epi = wait_to_epitem(wait);
	__poll_t happened = (__poll_t)(unsigned long)key;

	(void)mode; (void)sync;
	if (happened && (happened & epi->event.events) == 0)
		return 0;
	spin_lock(&epi->ep->lock);
	if (list_empty(&epi->rdllink))
		list_add_tail(&epi->rdllink, &epi->ep->rdllist);
	if (waitqueue_active(&epi->ep->wq))
		wake_up(&epi->ep->wq);
	spin_unlock(&epi->ep->lock);
	return 1;
}

/* The file shows its wait queue: hang our callback into it. */
static void ep_ptable_queue_proc(struct file *file, wait_queue_head_t *whead, poll_table *pt)
{
	struct epitem *epi = table_to_epitem(pt);

	(void)file;
	epi->wait.func = ep_poll_callback;
	add_wait_queue(whead, &epi->wait);
}

/* EPOLL_CTL_ADD: watch one more file; it may have something already. */
int ep_insert(struct eventpoll *ep, const struct epoll_event *event, struct file *tfile, int fd, int full_check)
{
	struct epitem *fresh = kzalloc(sizeof(*fresh), GFP_KERNEL);

	(void)fd; (void)full_check;
	if (!fresh)
		return -ENOMEM;
	fresh->ep = ep;
	fresh->event = *event;
	fresh->pt._qproc = ep_ptable_queue_proc;
	INIT_LIST_HEAD(&fresh->rdllink);
	if (vfs_poll(tfile, &fresh->pt) & event->events)
		list_add_tail(&fresh->rdllink, &ep->rdllist);
	return 0;
}

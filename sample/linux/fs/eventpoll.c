/* eventpoll.c: epoll; an event on a watched file wakes the thread in epoll_wait. SPDX-License-Identifier: MIT */
#include <linux/slab.h>
#include <linux/wait.h>

struct eventpoll {
	wait_queue_head_t wq;		/* threads in epoll_wait */
	struct list_head rdllist;	/* watched files that have something */
	spinlock_t lock;
};

struct epitem {
	struct eventpoll *ep;
	struct list_head rdllink;
	wait_queue_entry_t wait;
	u32 events;
};

#define wait_to_epitem(entry)	container_of(entry, struct epitem, wait)

/* Called by the wake-up of the watched file: put it on the ready list and pass the wake-up on. */
static int ep_poll_callback(wait_queue_entry_t *wait, unsigned int mode, int sync, void *key)
{
	struct epitem *epi = wait_to_epitem(wait);
	__poll_t happened = (__poll_t)(unsigned long)key;

	(void)mode; (void)sync;
	if (happened && (happened & epi->events) == 0)
		return 0;
	spin_lock(&epi->ep->lock);
	if (list_empty(&epi->rdllink))
		list_add_tail(&epi->rdllink, &epi->ep->rdllist);
	if (waitqueue_active(&epi->ep->wq))
		wake_up(&epi->ep->wq);
	spin_unlock(&epi->ep->lock);
	return 1;
}

/* Hang our callback into the file's wait queue. */
static void ep_ptable_queue_proc(struct epitem *epi, wait_queue_head_t *whead)
{
	epi->wait.func = ep_poll_callback;
	add_wait_queue(whead, &epi->wait);
}

/* EPOLL_CTL_ADD: watch one more file. */
int ep_insert(struct eventpoll *ep, u32 events, wait_queue_head_t *whead)
{
	struct epitem *fresh = kzalloc(sizeof(*fresh), GFP_KERNEL);

	if (!fresh)
		return -ENOMEM;
	fresh->events = events;
	fresh->ep = ep;
	INIT_LIST_HEAD(&fresh->rdllink);
	ep_ptable_queue_proc(fresh, whead);
	return 0;
}

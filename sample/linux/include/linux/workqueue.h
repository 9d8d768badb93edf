/* workqueue.h: work that an interrupt leaves for a thread to do. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_WORKQUEUE_H
#define SAMPLE_WORKQUEUE_H

#include <linux/list.h>

struct work_struct;
typedef void (*work_func_t)(struct work_struct *work);

struct work_struct {
	unsigned long data;	/* bit 0: already queued */
	struct list_head entry;
	work_func_t func;
};

struct workqueue_struct;
extern struct workqueue_struct *system_wq;

#define WQ_HIGHPRI	(1u << 4)
#define WQ_MEM_RECLAIM	(1u << 3)

#define DECLARE_WORK(name, function) \
	static struct work_struct name = { 0, { &(name).entry, &(name).entry }, (function) }
#define INIT_WORK(work, function) \
	do { (work)->data = 0; INIT_LIST_HEAD(&(work)->entry); (work)->func = (function); } while (0)

bool queue_work_on(int cpu, struct workqueue_struct *wq, struct work_struct *work);
struct workqueue_struct *alloc_workqueue(const char *name, unsigned int flags, int max_active);
#define alloc_ordered_workqueue(name, flags)	alloc_workqueue((name), (flags), 1)
void drain_workqueue(struct workqueue_struct *wq);
void flush_workqueue(struct workqueue_struct *wq);
void destroy_workqueue(struct workqueue_struct *wq);

#define WORK_ON_ANY_CPU	(-1)

static inline bool queue_work(struct workqueue_struct *wq, struct work_struct *work)
{
	return queue_work_on(WORK_ON_ANY_CPU, wq, work);
}

static inline bool schedule_work(struct work_struct *work)
{
	return queue_work(system_wq, work);
}

#endif

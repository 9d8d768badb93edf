/* workqueue.c: threads that do what interrupts have left for later. SPDX-License-Identifier: MIT */
#include <linux/kthread.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

struct worker {
	work_func_t current_func;
	struct work_struct *current_work;
};

struct workqueue_struct {
	const char *name;
	struct list_head worklist;
	struct task_struct *thread;
	struct worker worker;
};

struct workqueue_struct *system_wq;

#define list_to_work(link)	container_of(link, struct work_struct, entry)

static void __queue_work(int cpu, struct workqueue_struct *wq, struct work_struct *work)
{
	(void)cpu;
	list_add_tail(&work->entry, &wq->worklist);
	wake_up_process(wq->thread);
}

/* Work that is queued already is not queued twice. */
bool queue_work_on(int cpu, struct workqueue_struct *wq, struct work_struct *work)
{
	unsigned long before = __atomic_fetch_or(&work->data, 1ul, __ATOMIC_ACQ_REL);
	bool fresh = (before & 1ul) == 0;

	if (fresh)
		__queue_work(cpu, wq, work);
	return fresh;
}

/* Take it off the list first: while it runs it may be queued again. */
static void process_one_work(struct worker *worker, struct work_struct *work)
{
	*worker = (struct worker){ .current_work = work, .current_func = work->func };
	list_del_init(&work->entry);
	smp_store_release(&work->data, 0ul);
	worker->current_func(work);
}

static int worker_thread(void *__worker)
{
	struct workqueue_struct *wq = __worker;

	for (; !kthread_should_stop(); set_current_state(TASK_INTERRUPTIBLE)) {
		if (list_empty(&wq->worklist))
			schedule();
		while (!list_empty(&wq->worklist))
			process_one_work(&wq->worker, list_to_work(wq->worklist.next));
	}
	return 0;
}

/* The sample makes one worker for each: one piece of work runs after the other. */
struct workqueue_struct *alloc_workqueue(const char *name, unsigned int flags, int max_active)
{
	struct workqueue_struct *wq = kzalloc(sizeof(*wq), GFP_KERNEL);

	if (!wq || max_active != 1 || (flags & ~(WQ_HIGHPRI | WQ_MEM_RECLAIM)))
		return NULL;
	wq->name = name;
	INIT_LIST_HEAD(&wq->worklist);
	wq->thread = kthread_run(worker_thread, wq, name);
	return wq;
}

void destroy_workqueue(struct workqueue_struct *wq)
{
	kfree(wq);
}

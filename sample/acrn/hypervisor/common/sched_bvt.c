/* sched_bvt.c: borrowed virtual time; the thread that has run least goes first. SPDX-License-Identifier: MIT */
#include <asm/per_cpu.h>

struct sched_bvt_data {
	struct list_head list;
	int64_t avt;		/* how much it has had */
	uint64_t start_tsc;
};

#define TICKS_PER_UNIT	1000000UL
#define own(obj)		((struct sched_bvt_data *)(void *)(obj)->data)
#define control(obj)		((struct sched_bvt_control *)(obj)->sched_ctl->priv)
#define list_to_data(link)	container_of(link, struct sched_bvt_data, list)
#define data_to_thread(part)	container_of((uint8_t *)(part), struct thread_object, data)

/* In order: before the first that has had more. */
static void runqueue_add(struct thread_object *obj)
{
	struct list_head *ring = &control(obj)->runqueue, *link = ring->next;

	while (link != ring && list_to_data(link)->avt <= own(obj)->avt) {
		link = link->next;
	}
	list_add_node(&own(obj)->list, link->prev, link);
}

static void runqueue_remove(struct thread_object *obj)
{
	list_del_init(&own(obj)->list);
}

static int64_t get_svt(struct thread_object *obj)
{
	return control(obj)->svt;
}

static int32_t sched_bvt_init(struct sched_control *ctl)
{
	struct sched_bvt_control *bvt = &per_cpu(sched_bvt_ctl, ctl->pcpu_id);

	ctl->priv = bvt;
	INIT_LIST_HEAD(&bvt->runqueue);
	return 0;
}

static void sched_bvt_init_data(struct thread_object *obj)
{
	INIT_LIST_HEAD(&own(obj)->list);
}

/* Charge the one that ran, then take the head of the queue; nobody there: idle. */
static struct thread_object *sched_bvt_pick_next(struct sched_control *ctl)
{
	struct sched_bvt_control *bvt = ctl->priv;
	struct sched_bvt_data *first;

	if (!is_idle_thread(ctl->curr_obj)) {
		struct sched_bvt_data *ran = own(ctl->curr_obj);

		ran->avt += (int64_t)((cpu_ticks() - ran->start_tsc) / TICKS_PER_UNIT);
	}
	if (list_empty(&bvt->runqueue)) {
		return &get_cpu_var(idle);
	}
	first = list_to_data(bvt->runqueue.next);
	bvt->svt = first->avt;
	first->start_tsc = cpu_ticks();
	return data_to_thread(first);
}

static void sched_bvt_sleep(struct thread_object *obj)
{
	runqueue_remove(obj);
}

/* Sleeping earns no credit: start level with the others. */
static void sched_bvt_wake(struct thread_object *obj)
{
	int64_t svt = get_svt(obj);

	if (own(obj)->avt < svt) {
		own(obj)->avt = svt;
	}
	runqueue_add(obj);
}

struct acrn_scheduler sched_bvt = {
	.name = "sched_bvt",
	.init = sched_bvt_init,
	.init_data = sched_bvt_init_data,
	.pick_next = sched_bvt_pick_next,
	.sleep = sched_bvt_sleep,
	.wake = sched_bvt_wake,
};

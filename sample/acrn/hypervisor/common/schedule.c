/* schedule.c: which thread runs on a physical CPU. SPDX-License-Identifier: MIT */
#include <asm/lapic.h>
#include <asm/lib/bits.h>
#include <asm/per_cpu.h>

bool is_idle_thread(const struct thread_object *obj)
{
	return obj == &per_cpu(idle, obj->pcpu_id);
}

static inline void set_thread_status(struct thread_object *obj, enum thread_object_state status)
{
	obj->status = status;	/* one place to look when a thread does not run */
}

static void obtain_schedule_lock(uint16_t pcpu_id, uint64_t *rflag)
{
	spinlock_irqsave_obtain(&per_cpu(sched_ctl, pcpu_id).scheduler_lock, rflag);
}

static void release_schedule_lock(uint16_t pcpu_id, uint64_t rflag)
{
	spinlock_irqrestore_release(&per_cpu(sched_ctl, pcpu_id).scheduler_lock, rflag);
}

static struct acrn_scheduler *get_scheduler(uint16_t pcpu_id)
{
	return per_cpu(sched_ctl, pcpu_id).scheduler;
}

/* The real one can be built with other schedulers; the sample knows borrowed virtual time only. */
void init_sched(uint16_t pcpu_id)
{
	struct sched_control *mine = &per_cpu(sched_ctl, pcpu_id);

	mine->pcpu_id = pcpu_id;
	mine->scheduler = &sched_bvt;
	spinlock_init(&mine->scheduler_lock);
	(void)sched_bvt.init(mine);
}

void init_thread_data(struct thread_object *obj)
{
	set_thread_status(obj, THREAD_STS_BLOCKED);
	get_scheduler(obj->pcpu_id)->init_data(obj);
}

struct thread_object *sched_get_current(uint16_t pcpu_id)
{
	return per_cpu(sched_ctl, pcpu_id).curr_obj;
}

/* Leave a note, and if it is another CPU, an interrupt to make it look. */
void make_reschedule_request(uint16_t pcpu_id)
{
	bitmap_set_lock(NEED_RESCHEDULE, &per_cpu(sched_ctl, pcpu_id).flags);
	if (pcpu_id != get_pcpu_id()) {
		kick_pcpu(pcpu_id);
	}
}

bool need_reschedule(uint16_t pcpu_id)
{
	return bitmap_test(NEED_RESCHEDULE, &per_cpu(sched_ctl, pcpu_id).flags);
}

/* Switch to the thread that should run next. We come back from arch_switch_to when it is our turn again. */
void schedule(void)
{
	uint16_t here = get_pcpu_id();
	struct sched_control *mine = &per_cpu(sched_ctl, here);
	struct thread_object *old = mine->curr_obj, *next;
	uint64_t saved;

	obtain_schedule_lock(here, &saved);
	bitmap_clear_lock(NEED_RESCHEDULE, &mine->flags);
	next = mine->scheduler->pick_next(mine);
	if (next != old) {
		mine->curr_obj = next;
		/* The idle thread has nothing to do at a switch. */
		if (old->switch_out)
			old->switch_out(old);
		if (next->switch_in)
			next->switch_in(next);
		set_thread_status(old, old->be_blocking ? THREAD_STS_BLOCKED : THREAD_STS_RUNNABLE);
		set_thread_status(next, THREAD_STS_RUNNING);
		old->be_blocking = false;
	}
	release_schedule_lock(here, saved);
	if (next != old)
		arch_switch_to(&old->host_sp, &next->host_sp);
}

/* Off the run queue; a running thread blocks with its next schedule(). */
void sleep_thread(struct thread_object *obj)
{
	uint16_t home = obj->pcpu_id;
	uint64_t saved;

	obtain_schedule_lock(home, &saved);
	get_scheduler(home)->sleep(obj);
	obj->be_blocking = (obj->status == THREAD_STS_RUNNING);
	if (obj->be_blocking)
		make_reschedule_request(home);
	else
		set_thread_status(obj, THREAD_STS_BLOCKED);
	release_schedule_lock(home, saved);
}

void wake_thread(struct thread_object *obj)
{
	uint16_t home = obj->pcpu_id;
	const struct acrn_scheduler *scheduler = get_scheduler(home);
	bool asleep, half_asleep;
	uint64_t saved;

	obtain_schedule_lock(home, &saved);
	asleep = (obj->status == THREAD_STS_BLOCKED);
	half_asleep = obj->be_blocking;
	obj->be_blocking = false;
	if (asleep || half_asleep)
		scheduler->wake(obj);
	if (asleep) {
		set_thread_status(obj, THREAD_STS_RUNNABLE);
		make_reschedule_request(home);
	}
	release_schedule_lock(home, saved);
}

void yield_current(void)
{
	make_reschedule_request(get_pcpu_id());
}

void run_thread(struct thread_object *obj)
{
	struct sched_control *mine = &get_cpu_var(sched_ctl);

	set_thread_status(obj, THREAD_STS_RUNNING);
	mine->curr_obj = obj;
	obj->thread_entry(obj);	/* never returns */
}

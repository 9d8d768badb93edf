/* schedule.h: threads of the hypervisor; each vCPU is one. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_HV_SCHEDULE_H
#define SAMPLE_HV_SCHEDULE_H

#include <asm/lib/spinlock.h>
#include <list.h>

#define NEED_RESCHEDULE		1U
#define THREAD_DATA_SIZE	256U

enum thread_object_state {
	THREAD_STS_RUNNING = 1,
	THREAD_STS_RUNNABLE,
	THREAD_STS_BLOCKED
};

struct thread_object;
typedef void (*thread_entry_t)(struct thread_object *obj);
typedef void (*switch_t)(struct thread_object *obj);

struct thread_object {
	char name[16];
	uint16_t pcpu_id;
	struct sched_control *sched_ctl;
	thread_entry_t thread_entry;
	volatile enum thread_object_state status;
	bool be_blocking;
	uint64_t host_sp;
	switch_t switch_out;
	switch_t switch_in;
	_Alignas(8) uint8_t data[THREAD_DATA_SIZE];	/* the scheduler's */
};

/* One per physical CPU. */
struct sched_control {
	uint16_t pcpu_id;
	uint64_t flags;
	struct thread_object *curr_obj;
	spinlock_t scheduler_lock;
	struct acrn_scheduler *scheduler;
	void *priv;
};

struct acrn_scheduler {
	char name[16];
	int32_t (*init)(struct sched_control *ctl);
	void (*init_data)(struct thread_object *obj);
	struct thread_object *(*pick_next)(struct sched_control *ctl);
	void (*sleep)(struct thread_object *obj);
	void (*wake)(struct thread_object *obj);
};

/* Borrowed virtual time: who has had the least goes first. */
struct sched_bvt_control {
	struct list_head runqueue;
	int64_t svt;
};

extern struct acrn_scheduler sched_bvt;

bool is_idle_thread(const struct thread_object *obj);
struct thread_object *sched_get_current(uint16_t pcpu_id);
void init_sched(uint16_t pcpu_id);
void init_thread_data(struct thread_object *obj);
void make_reschedule_request(uint16_t pcpu_id);
bool need_reschedule(uint16_t pcpu_id);
void run_thread(struct thread_object *obj);
void sleep_thread(struct thread_object *obj);
void wake_thread(struct thread_object *obj);
void yield_current(void);
void schedule(void);
void arch_switch_to(void *prev_sp, void *next_sp);
void default_idle(struct thread_object *obj);
void run_idle_thread(void);

#endif

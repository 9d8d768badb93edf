/* per_cpu.h: what each physical CPU has for itself. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_HV_PER_CPU_H
#define SAMPLE_HV_PER_CPU_H

#include <asm/cpu.h>
#include <schedule.h>

struct per_cpu_region {
	struct thread_object idle;
	struct sched_control sched_ctl;
	struct sched_bvt_control sched_bvt_ctl;
	uint32_t lapic_id;
	void *vmcs_run;
};

extern struct per_cpu_region per_cpu_data[MAX_PCPU_NUM];

#define per_cpu(member, which)	(per_cpu_data[(which)].member)
#define get_cpu_var(member)	per_cpu(member, get_pcpu_id())

#endif

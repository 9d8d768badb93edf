/* percpu.h: variables of which each CPU has its own. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_PERCPU_H
#define SAMPLE_PERCPU_H

#include <linux/types.h>

extern unsigned long this_cpu_off;
#define __this_cpu_read(variable) \
	(*(__typeof__(variable) *)((char *)&(variable) + this_cpu_off))

#endif

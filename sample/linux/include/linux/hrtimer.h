/* hrtimer.h: a function that is called when time is up. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_HRTIMER_H
#define SAMPLE_HRTIMER_H

#include <linux/types.h>

enum hrtimer_restart {
	HRTIMER_NORESTART,
	HRTIMER_RESTART
};

struct hrtimer {
	u64 expires;
	enum hrtimer_restart (*function)(struct hrtimer *timer);
};

#endif

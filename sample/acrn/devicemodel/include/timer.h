/* timer.h: a timer of the kernel that calls back on the event thread. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_DM_TIMER_H
#define SAMPLE_DM_TIMER_H

#include <time.h>

#include "types.h"

struct mevent;

struct acrn_timer {
	int32_t fd;
	int32_t clockid;
	struct mevent *mevp;
	void (*callback)(void *param, uint64_t nexp);
	void *callback_param;
};

int32_t acrn_timer_init(struct acrn_timer *timer, void (*cb)(void *param, uint64_t nexp), void *param);
void acrn_timer_deinit(struct acrn_timer *timer);
int32_t acrn_timer_settime(struct acrn_timer *timer, const struct itimerspec *new_value);

#endif

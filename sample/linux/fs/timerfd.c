/* timerfd.c: a file that becomes readable when time is up; acrn-dm's timers are such files. SPDX-License-Identifier: MIT */
#include <linux/hrtimer.h>
#include <linux/poll.h>

struct timerfd_ctx {
	struct hrtimer tmr;
	wait_queue_head_t wqh;
	u64 ticks;
};

#define timer_to_timerfd(timer)	container_of(timer, struct timerfd_ctx, tmr)

/* In the timer's interrupt: count, and wake whoever watches the file. */
static enum hrtimer_restart timerfd_tmrproc(struct hrtimer *htmr)
{
	struct timerfd_ctx *self = timer_to_timerfd(htmr);

	spin_lock(&self->wqh.lock);
	self->ticks++;
	wake_up_locked_poll(&self->wqh, EPOLLIN);
	spin_unlock(&self->wqh.lock);
	return HRTIMER_NORESTART;
}

void timerfd_setup(struct timerfd_ctx *ctx)
{
	init_waitqueue_head(&ctx->wqh);
	ctx->tmr.function = timerfd_tmrproc;
}

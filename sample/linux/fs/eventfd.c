/* eventfd.c: count up and wake whoever waits; used when an I/O address is bound to an eventfd. SPDX-License-Identifier: MIT */
#include <linux/eventfd.h>
#include <linux/wait.h>

#define POLL_READABLE	0x1u

struct eventfd_ctx {
	wait_queue_head_t wqh;
	u64 count;
};

void eventfd_signal_mask(struct eventfd_ctx *ctx, __poll_t mask)
{
	wait_queue_head_t *waiters = &ctx->wqh;
	u64 more = ctx->count + 1;

	if (more != 0)	/* full: stay there */
		ctx->count = more;
	if (waitqueue_active(waiters))
		wake_up_locked_poll(waiters, POLL_READABLE | mask);
}

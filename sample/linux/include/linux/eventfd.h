/* eventfd.h: a counter that a thread can wait for. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_EVENTFD_H
#define SAMPLE_EVENTFD_H

#include <linux/types.h>

struct eventfd_ctx;

struct eventfd_ctx *eventfd_ctx_fdget(int fd);
void eventfd_ctx_put(struct eventfd_ctx *ctx);
void eventfd_signal_mask(struct eventfd_ctx *ctx, __poll_t mask);

static inline void eventfd_signal(struct eventfd_ctx *ctx)
{
	eventfd_signal_mask(ctx, 0);
}

#endif

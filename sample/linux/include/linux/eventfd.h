/* eventfd.h: a counter that a thread can wait for. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_EVENTFD_H
#define SAMPLE_EVENTFD_H

#include <linux/fs.h>
#include <linux/wait.h>

struct eventfd_ctx;

struct eventfd_ctx *eventfd_ctx_fdget(int fd);
struct eventfd_ctx *eventfd_ctx_fileget(struct file *file);
void eventfd_ctx_remove_wait_queue(struct eventfd_ctx *ctx, wait_queue_entry_t *entry);
void eventfd_ctx_put(struct eventfd_ctx *ctx);
void eventfd_signal_mask(struct eventfd_ctx *ctx, __poll_t mask);

extern const struct file_operations eventfd_fops;

static inline void eventfd_signal(struct eventfd_ctx *ctx)
{
	eventfd_signal_mask(ctx, 0);
}

#endif

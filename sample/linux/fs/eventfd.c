/* eventfd.c: count up and wake whoever waits; used when an I/O address is bound to an eventfd. SPDX-License-Identifier: MIT */
#include <linux/eventfd.h>
#include <linux/poll.h>
#include <linux/uaccess.h>

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
		wake_up_locked_poll(waiters, EPOLLIN | mask);
}

/* Somebody wants to hear of the next signal. */
static __poll_t eventfd_poll(struct file *file, poll_table *wait)
{
	struct eventfd_ctx *self = file->private_data;

	poll_wait(file, &self->wqh, wait);
	return self->count > 0 ? EPOLLIN : 0;
}

void eventfd_ctx_remove_wait_queue(struct eventfd_ctx *ctx, wait_queue_entry_t *entry)
{
	spin_lock(&ctx->wqh.lock);
	list_del_init(&entry->entry);
	ctx->count = 0;
	spin_unlock(&ctx->wqh.lock);
}

/* write(2) from a user: eight bytes to add. */
static ssize_t eventfd_write(struct file *file, const char *buf, size_t count, loff_t *ppos)
{
	struct eventfd_ctx *self = file->private_data;
	u64 more;

	(void)ppos;
	if (count < sizeof(more) || copy_from_user(&more, buf, sizeof(more)) != 0)
		return -EINVAL;
	spin_lock(&self->wqh.lock);
	self->count += more;
	if (waitqueue_active(&self->wqh))
		wake_up_locked_poll(&self->wqh, EPOLLIN);
	spin_unlock(&self->wqh.lock);
	return sizeof(more);
}

const struct file_operations eventfd_fops = {
	.poll = eventfd_poll,
	.write = eventfd_write,
};

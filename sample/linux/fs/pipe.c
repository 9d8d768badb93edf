/* pipe.c: bytes from one thread to another; acrn-dm wakes its event loop with one. SPDX-License-Identifier: MIT */
#include <linux/poll.h>

#define PIPE_SIZE	4096

struct pipe_inode_info {
	wait_queue_head_t rd_wait;
	struct mutex mutex;
	u8 ring[PIPE_SIZE];
	size_t head, tail;
};

/* As much as there is room for; whoever polls the other end hears of it. */
static ssize_t pipe_write(struct kiocb *iocb, struct iov_iter *from)
{
	struct pipe_inode_info *pipe = iocb->ki_filp->private_data;
	size_t at, part, sum = 0;

	mutex_lock(&pipe->mutex);
	while (iov_iter_count(from) > 0 && pipe->head - pipe->tail < PIPE_SIZE) {
		at = pipe->head % PIPE_SIZE;
		part = min(PIPE_SIZE - (pipe->head - pipe->tail), PIPE_SIZE - at);
		part = copy_from_iter(&pipe->ring[at], min(part, iov_iter_count(from)), from);
		pipe->head += part;
		sum += part;
	}
	mutex_unlock(&pipe->mutex);
	if (sum > 0)
		wake_up_locked_poll(&pipe->rd_wait, EPOLLIN);
	return sum > 0 ? (ssize_t)sum : -EAGAIN;
}

const struct file_operations pipefifo_fops = {
	.write_iter = pipe_write,
};

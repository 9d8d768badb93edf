/* poll.h: hanging a callback into the wait queue of any file. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_POLL_H
#define SAMPLE_POLL_H

#include <linux/fs.h>
#include <linux/wait.h>

#define EPOLLIN		0x1u
#define EPOLLHUP	0x10u

/* What the file shall do with its wait queue. */
typedef struct poll_table_struct {
	void (*_qproc)(struct file *file, wait_queue_head_t *queue, struct poll_table_struct *table);
} poll_table;

static inline void poll_wait(struct file *file, wait_queue_head_t *queue, poll_table *table)
{
	if (table && table->_qproc)
		table->_qproc(file, queue, table);
}

/* The answer: what the file has to say right now. */
static inline __poll_t vfs_poll(struct file *file, poll_table *table)
{
	return file->f_op->poll ? file->f_op->poll(file, table) : EPOLLIN;
}

#endif

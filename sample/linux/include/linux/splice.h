/* splice.h: moving pages out of a pipe without copying them. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_SPLICE_H
#define SAMPLE_SPLICE_H

#include <linux/types.h>

struct pipe_inode_info;

struct pipe_buffer {
	void *address;
	unsigned int len;
};

/* How much is wanted, and what the callback below shall get. */
struct splice_desc {
	size_t total_len;
	unsigned int flags;
	loff_t pos;
	void *data;
};

typedef int (splice_actor)(struct pipe_inode_info *pipe, struct pipe_buffer *buf, struct splice_desc *sd);

ssize_t __splice_from_pipe(struct pipe_inode_info *pipe, struct splice_desc *sd, splice_actor *actor);
int pipe_buf_steal(struct pipe_inode_info *pipe, struct pipe_buffer *buf);

#endif

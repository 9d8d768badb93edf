/* uio.h: where the bytes of a read or write come from and how many are left. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_UIO_H
#define SAMPLE_UIO_H

#include <linux/types.h>

struct iov_iter {
	const char *ubuf;
	size_t count;
};

struct iovec {
	void *iov_base;
	size_t iov_len;
};

static inline size_t iov_iter_count(const struct iov_iter *iter)
{
	return iter->count;
}

/* Copies out of user memory and moves on; the answer is how much arrived. */
size_t copy_to_iter(const void *from, size_t bytes, struct iov_iter *iter);
size_t copy_from_iter(void *to, size_t bytes, struct iov_iter *iter);

#endif

/* scatterlist.h: a piece of memory that a device may read or write. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_SCATTERLIST_H
#define SAMPLE_SCATTERLIST_H

#include <linux/types.h>

struct scatterlist {
	const void *address;
	unsigned int length;
	bool last;
};

static inline void sg_init_one(struct scatterlist *sg, const void *buf, unsigned int buflen)
{
	sg->address = buf;
	sg->length = buflen;
	sg->last = true;
}

static inline struct scatterlist *sg_next(struct scatterlist *sg)
{
	return sg->last ? NULL : sg + 1;
}

#endif

/* slab.h: kernel memory. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_SLAB_H
#define SAMPLE_SLAB_H

#include <linux/types.h>

#define GFP_KERNEL	0xcc0u	/* may sleep */
#define GFP_ATOMIC	0x820u	/* may not: the caller holds a spinlock */
#define PAGE_SIZE	4096

void *kmalloc(size_t size, gfp_t flags);
void *kzalloc(size_t size, gfp_t flags);
void *kcalloc(size_t count, size_t size, gfp_t flags);
void *kmemdup(const void *src, size_t len, gfp_t flags);
void kfree(const void *object);

#endif

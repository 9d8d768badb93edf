/* mm.h: pages of user memory that the kernel holds on to. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_MM_H
#define SAMPLE_MM_H

#include <linux/slab.h>

#define FOLL_WRITE	0x01
#define FOLL_LONGTERM	0x100

struct page;

int pin_user_pages_fast(unsigned long start, int count, unsigned int flags, struct page **pages);
void unpin_user_page(struct page *page);
void *page_address(const struct page *page);
phys_addr_t page_to_phys(const struct page *page);
phys_addr_t virt_to_phys(const void *address);
void free_pages_exact(void *virt, size_t size);
void *alloc_pages_exact(size_t size, gfp_t flags);

#endif

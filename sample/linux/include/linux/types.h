/* types.h: the kernel's short names for integers. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_TYPES_H
#define SAMPLE_TYPES_H

typedef unsigned char u8, __u8, uint8_t;
typedef unsigned short u16, __u16, uint16_t;
typedef unsigned int u32, __u32, uint32_t;
typedef unsigned long long u64, __u64, uint64_t;
typedef signed int __s32, int32_t;

typedef unsigned long size_t, uintptr_t;
typedef long ssize_t;
typedef long long loff_t;
typedef unsigned int gfp_t, fmode_t, dev_t, __poll_t;
typedef u64 dma_addr_t, phys_addr_t;

typedef _Bool bool;
#define true	1
#define false	0
#define NULL	((void *)0)

struct list_head {
	struct list_head *next, *prev;
};

#endif

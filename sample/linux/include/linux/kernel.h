/* kernel.h: small helpers that every file needs. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_KERNEL_H
#define SAMPLE_KERNEL_H

#include <linux/compiler.h>
#include <linux/err.h>
#include <linux/types.h>

#define offsetof(structure, member)	__builtin_offsetof(structure, member)

/* From the address of a member back to the struct that holds it. */
#define container_of(inner, type, member) \
	((type *)((char *)(inner) - offsetof(type, member)))

#define ARRAY_SIZE(list)	(sizeof(list) / sizeof((list)[0]))
#define min(left, right)	((left) < (right) ? (left) : (right))
#define min_t(type, left, right)	min((type)(left), (type)(right))

void oops(const char *file, int line);
#define BUG_ON(wrong)	do { if (wrong) oops(__FILE__, __LINE__); } while (0)
#define WARN_ON(odd)	BUG_ON(odd)

void *memcpy(void *to, const void *from, size_t count);
void *memmove(void *to, const void *from, size_t count);
void *memset(void *area, int byte, size_t count);
int snprintf(char *buf, size_t size, const char *format, ...);
int printk(const char *format, ...);

#endif

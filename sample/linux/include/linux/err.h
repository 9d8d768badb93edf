/* err.h: an error number dressed up as a pointer. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_ERR_H
#define SAMPLE_ERR_H

#include <linux/errno.h>
#include <linux/types.h>

#define LAST_ERROR_PAGE	((unsigned long)-4095)

static inline void *ERR_PTR(long error) { return (void *)error; }
static inline long PTR_ERR(const void *ptr) { return (long)ptr; }
static inline bool IS_ERR(const void *ptr) { return (unsigned long)ptr >= LAST_ERROR_PAGE; }

#endif

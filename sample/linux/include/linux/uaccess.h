/* uaccess.h: the only way to touch memory of a user program. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_UACCESS_H
#define SAMPLE_UACCESS_H

#include <linux/types.h>

unsigned long copy_from_user(void *to, const void *from, unsigned long count);
unsigned long copy_to_user(void *to, const void *from, unsigned long count);
void *memdup_user(const void *from, size_t len);

#endif

/* rtl.h: memory and list helpers without a C library. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_HV_RTL_H
#define SAMPLE_HV_RTL_H

#include <types.h>

void *memset(void *area, uint8_t byte, size_t count);
int32_t memcpy_s(void *to, size_t room, const void *from, size_t count);
int32_t strncpy_s(char *to, size_t room, const char *from, size_t count);

#endif

/* types.h: the hypervisor's integers. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_HV_TYPES_H
#define SAMPLE_HV_TYPES_H

typedef signed char int8_t;
typedef unsigned char uint8_t;
typedef short int16_t;
typedef unsigned short uint16_t;
typedef int int32_t;
typedef unsigned int uint32_t;
typedef long int64_t;
typedef unsigned long uint64_t, size_t, uintptr_t;
typedef _Bool bool;

#define true	1
#define false	0
#define NULL	((void *)0)

#define ARRAY_SIZE(list)	(sizeof(list) / sizeof((list)[0]))

#endif

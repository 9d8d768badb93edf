/* types.h: integers, and lists that the linker puts together. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_DM_TYPES_H
#define SAMPLE_DM_TYPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef uint64_t vm_paddr_t;

/* The address of `object` goes into the section set_<set>; all of them together make a table. */
#define DATA_SET(set, object) \
	__typeof__(object) *set##_##object __attribute__((section("set_" #set), used)) = &object

/* `to` must be a power of two. */
#define roundup2(number, to)	(((number) + ((to) - 1)) & ~((to) - 1))

#endif

/* bits.h: single bits; the ones with `lock` are atomic. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_HV_BITS_H
#define SAMPLE_HV_BITS_H

#include <types.h>

static inline uint16_t ffs64(uint64_t word)
{
	return (uint16_t)__builtin_ctzl(word);
}

static inline void bitmap_set_lock(uint16_t nr, volatile uint64_t *word)
{
	(void)__atomic_fetch_or(word, 1UL << nr, __ATOMIC_ACQ_REL);
}

static inline void bitmap_clear_lock(uint16_t nr, volatile uint64_t *word)
{
	(void)__atomic_fetch_and(word, ~(1UL << nr), __ATOMIC_ACQ_REL);
}

static inline bool bitmap_test(uint16_t nr, const volatile uint64_t *word)
{
	return ((*word >> nr) & 1UL) != 0UL;
}

static inline bool bitmap_test_and_set_lock(uint16_t nr, volatile uint64_t *word)
{
	return ((__atomic_fetch_or(word, 1UL << nr, __ATOMIC_ACQ_REL) >> nr) & 1UL) != 0UL;
}

static inline bool bitmap_test_and_clear_lock(uint16_t nr, volatile uint64_t *word)
{
	return ((__atomic_fetch_and(word, ~(1UL << nr), __ATOMIC_ACQ_REL) >> nr) & 1UL) != 0UL;
}

#endif

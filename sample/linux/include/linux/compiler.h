/* compiler.h: branch hints and ordered loads and stores. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_COMPILER_H
#define SAMPLE_COMPILER_H

#define likely(hope)	__builtin_expect(!!(hope), 1)
#define unlikely(fear)	__builtin_expect(!!(fear), 0)

/* What the other side must see first is stored first: the payload, then the state word that publishes it. */
#define smp_load_acquire(place)		__atomic_load_n((place), __ATOMIC_ACQUIRE)
#define smp_store_release(place, value)	__atomic_store_n((place), (value), __ATOMIC_RELEASE)
#define smp_mb()			__atomic_thread_fence(__ATOMIC_SEQ_CST)
#define cpu_relax()			asm volatile("pause")

#endif

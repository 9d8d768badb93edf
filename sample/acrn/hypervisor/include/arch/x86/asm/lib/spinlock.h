/* spinlock.h: locks between physical CPUs. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_HV_SPINLOCK_H
#define SAMPLE_HV_SPINLOCK_H

#include <types.h>

typedef struct spinlock {
	uint32_t head, tail;
} spinlock_t;

void spinlock_init(spinlock_t *lock);
void spinlock_obtain(spinlock_t *lock);
void spinlock_release(spinlock_t *lock);
void spinlock_irqsave_obtain(spinlock_t *lock, uint64_t *flags);
void spinlock_irqrestore_release(spinlock_t *lock, uint64_t flags);

#endif

/* spinlock.h: locks; the variants differ in what they keep out besides other CPUs. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_SPINLOCK_H
#define SAMPLE_SPINLOCK_H

#include <linux/types.h>

typedef struct spinlock {
	u32 slot;
} spinlock_t, raw_spinlock_t, rwlock_t;

struct mutex {
	u32 owner;
};

#define DEFINE_SPINLOCK(name)	spinlock_t name
#define DEFINE_RWLOCK(name)	rwlock_t name
#define DEFINE_MUTEX(name)	struct mutex name

void spin_lock_init(spinlock_t *lock);
void spin_lock(spinlock_t *lock);
void spin_unlock(spinlock_t *lock);
void spin_lock_irq(spinlock_t *lock);
void spin_unlock_irq(spinlock_t *lock);
void spin_lock_bh(spinlock_t *lock);
void spin_unlock_bh(spinlock_t *lock);
unsigned long spin_lock_saving_irqs(spinlock_t *lock);
void spin_unlock_irqrestore(spinlock_t *lock, unsigned long flags);
#define spin_lock_irqsave(lock, saved)	((saved) = spin_lock_saving_irqs(lock))

void raw_spin_lock(raw_spinlock_t *lock);
void raw_spin_unlock(raw_spinlock_t *lock);
void rwlock_init(rwlock_t *lock);
void read_lock(rwlock_t *lock);
void read_unlock(rwlock_t *lock);
void write_lock_bh(rwlock_t *lock);
void write_unlock_bh(rwlock_t *lock);

void mutex_init(struct mutex *lock);
void mutex_lock(struct mutex *lock);
void mutex_unlock(struct mutex *lock);

#endif

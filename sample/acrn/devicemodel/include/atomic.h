/* atomic.h: order between us and the guest or the kernel. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_DM_ATOMIC_H
#define SAMPLE_DM_ATOMIC_H

#define mb()			__sync_synchronize()
#define atomic_thread_fence()	__sync_synchronize()
#define atomic_load(place)	__atomic_load_n((place), __ATOMIC_ACQUIRE)

#endif

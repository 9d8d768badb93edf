/* irq_vectors.h: the vectors that the path uses. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_ASM_IRQ_VECTORS_H
#define SAMPLE_ASM_IRQ_VECTORS_H

#define FIRST_EXTERNAL_VECTOR		0x20
#define LOCAL_TIMER_VECTOR		0xec
#define HYPERVISOR_CALLBACK_VECTOR	0xf3
#define NR_VECTORS			256

#endif

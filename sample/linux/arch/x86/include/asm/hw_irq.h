/* hw_irq.h: which interrupt a vector stands for on this CPU. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_ASM_HW_IRQ_H
#define SAMPLE_ASM_HW_IRQ_H

#include <asm/irq_vectors.h>
#include <linux/irqdesc.h>
#include <linux/percpu.h>

typedef struct irq_desc *vector_irq_t[NR_VECTORS];
extern vector_irq_t vector_irq;

#endif

/* irq.h: vectors that the hypervisor uses. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_HV_IRQ_H
#define SAMPLE_HV_IRQ_H

#include <types.h>

#define NR_MAX_VECTOR		0xFFU
#define VECTOR_DYNAMIC_START	0x20U
#define NOTIFY_VCPU_VECTOR	0xF0U
#define POSTED_INTR_VECTOR	0xE3U

/* The upcall: on this vector the Service VM hears of I/O requests. */
#define HYPERVISOR_CALLBACK_HSM_VECTOR	0xF3U

#define NOTIFY_VCPU_IRQ		0U

struct intr_excp_ctx {
	uint64_t rip;
	uint64_t vector;
};

typedef void (*irq_action_t)(uint32_t irq, void *priv_data);

int32_t request_irq(uint32_t irq, irq_action_t action_fn, void *priv_data, uint32_t flags);
void dispatch_interrupt(const struct intr_excp_ctx *ctx);

#endif

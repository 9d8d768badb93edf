/* vlapic.h: the interrupt controller of a virtual CPU. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_HV_VLAPIC_H
#define SAMPLE_HV_VLAPIC_H

#include <types.h>

#define LAPIC_TRIG_EDGE		(1 == 0)
#define LAPIC_TRIG_LEVEL	(1 == 1)
#define APIC_SVR_ENABLE		0x100U
#define MSI_ADDR_BASE		0xfeeU
#define POSTED_INTR_ON		0U

struct acrn_vm;
struct acrn_vcpu;
struct acrn_vlapic;

enum reset_mode {
	POWER_ON_RESET,
	COLD_RESET,
	INIT_RESET
};

struct lapic_regs {
	uint32_t id;
	uint32_t ldr;
	uint32_t svr;
	uint32_t lvt_timer;
	uint32_t irr[8];
	uint32_t tmr[8];
};

/* Two ways to deliver: `advanced` leaves it to the CPU's posted interrupts. */
struct acrn_apicv_ops {
	void (*accept_intr)(struct acrn_vlapic *vlapic, uint32_t vector, bool level);
	void (*inject_intr)(struct acrn_vlapic *vlapic, bool guest_irq_enabled, bool injected);
};

struct acrn_vlapic {
	struct lapic_regs apic_page;
	uint32_t vapic_id;
	const struct acrn_apicv_ops *ops;
};

/* Posted-interrupt descriptor: the CPU itself reads it. */
struct pi_desc {
	uint64_t pir[4];
	union {
		uint64_t value;
		struct {
			uint16_t on_and_sn;
			uint8_t nv;
			uint8_t reserved;
			uint32_t ndst;
		} bits;
	} control;
};

extern const struct acrn_apicv_ops *apicv_ops;

void vlapic_set_apicv_ops(void);
void vlapic_create(struct acrn_vcpu *vcpu, uint16_t pcpu_id);
void vlapic_reset(struct acrn_vlapic *vlapic, const struct acrn_apicv_ops *ops, enum reset_mode mode);
void vlapic_set_intr(struct acrn_vcpu *vcpu, uint32_t vector, bool level);
void vlapic_receive_intr(struct acrn_vm *vm, bool level, uint32_t dest, bool phys,
			 uint32_t delmode, uint32_t vec, bool rh);
int32_t vlapic_inject_msi(struct acrn_vm *vm, uint64_t addr, uint64_t data);
void vlapic_inject_intr(struct acrn_vlapic *vlapic, bool guest_irq_enabled, bool injected);
bool vlapic_has_pending_intr(struct acrn_vcpu *vcpu);

#endif

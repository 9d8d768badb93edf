/* vlapic.c: the virtual interrupt controller; posts interrupts and wakes virtual CPUs. SPDX-License-Identifier: MIT */
#include <asm/guest/vm.h>
#include <asm/irq.h>
#include <asm/lapic.h>
#include <asm/lib/bits.h>
#include <errno.h>
#include <rtl.h>

const struct acrn_apicv_ops *apicv_ops;

static bool apicv_set_intr_ready(struct acrn_vlapic *vlapic, uint32_t vector);
static void apicv_trigger_pi_anv(uint16_t dest_pcpu_id, uint32_t anv);
bool is_apicv_advanced_feature_supported(void);
void initialize_timer(uint16_t pcpu_id, void (*func)(void *data), void *data);

static inline bool vlapic_enabled(const struct acrn_vlapic *vlapic)
{
	return (vlapic->apic_page.svr & APIC_SVR_ENABLE) != 0U;
}

/* Edge or level, a bit per vector. */
static void vlapic_set_tmr(struct acrn_vlapic *vlapic, uint32_t vector, bool level)
{
	uint32_t bit = 1U << (vector & 31U), *word = &vlapic->apic_page.tmr[vector >> 5U];

	*word = level ? *word | bit : *word & ~bit;
}

/* Old processors: keep the vector in the page, look again before the next entry. */
static void apicv_basic_accept_intr(struct acrn_vlapic *vlapic, uint32_t vector, bool level)
{
	struct acrn_vcpu *target = vlapic2vcpu(vlapic);

	vlapic->apic_page.irr[vector >> 5U] |= 1U << (vector & 31U);
	vlapic_set_tmr(vlapic, vector, level);
	vcpu_make_request(target, ACRN_REQUEST_EVENT);
}

/* New processors: post it. If the virtual CPU is running elsewhere, a notification lets the hardware pick it up. */
static void apicv_advanced_accept_intr(struct acrn_vlapic *vlapic, uint32_t vector, bool level)
{
	struct acrn_vcpu *target = vlapic2vcpu(vlapic);
	uint16_t home = pcpuid_from_vcpu(target);

	vlapic_set_tmr(vlapic, vector, level);
	if (!apicv_set_intr_ready(vlapic, vector)) {
		return;
	}
	bitmap_set_lock(ACRN_REQUEST_EVENT, &target->arch.pending_req);
	if (home != get_pcpu_id()) {
		apicv_trigger_pi_anv(home, target->arch.pid.control.bits.nv);
	}
}

static void vlapic_accept_intr(struct acrn_vlapic *vlapic, uint32_t vector, bool level)
{
	struct acrn_vcpu *target = vlapic2vcpu(vlapic);
	bool switched_on = vlapic_enabled(vlapic);

	if (!switched_on)
		return;
	vlapic->ops->accept_intr(vlapic, vector, level);
	/* It may be asleep after HLT. */
	signal_event(target->events + VCPU_EVENT_VIRTUAL_INTERRUPT);
}

static void apicv_trigger_pi_anv(uint16_t dest_pcpu_id, uint32_t anv)
{
	send_single_ipi(dest_pcpu_id, anv);
}

/* Physical: the one with this number. Logical: a bit for each. */
static uint64_t vlapic_calc_dest_noshort(struct acrn_vm *vm, uint32_t dest, bool phys)
{
	uint64_t reached = 0UL;
	uint16_t i;

	for (i = 0U; i < vm->hw.created_vcpus; i++) {
		struct acrn_vlapic *some = vcpu_vlapic(vcpu_from_vid(vm, i));

		if (phys ? some->vapic_id == dest : ((some->apic_page.ldr >> 24U) & dest) != 0U) {
			reached |= 1UL << i;
		}
	}
	return reached;
}

void vlapic_reset(struct acrn_vlapic *vlapic, const struct acrn_apicv_ops *ops, enum reset_mode mode)
{
	uint32_t id = mode == INIT_RESET ? vlapic->apic_page.id : vlapic->vapic_id << 24U;

	(void)memset(&vlapic->apic_page, 0U, sizeof(vlapic->apic_page));
	vlapic->apic_page.id = id;
	vlapic->ops = ops;
}

/* To every virtual CPU that the message names. */
void vlapic_receive_intr(struct acrn_vm *vm, bool level, uint32_t dest, bool phys,
			 uint32_t delmode, uint32_t vec, bool rh)
{
	uint64_t reached = vlapic_calc_dest_noshort(vm, dest, phys);

	(void)delmode; (void)rh;
	for (; reached != 0UL; reached &= reached - 1UL) {
		struct acrn_vcpu *target = vcpu_from_vid(vm, ffs64(reached));

		if (vlapic_enabled(vcpu_vlapic(target))) {
			vlapic_set_intr(target, vec, level);
		}
	}
}

/* Vectors below 16 belong to exceptions. */
void vlapic_set_intr(struct acrn_vcpu *vcpu, uint32_t vector, bool level)
{
	if (vector >= 16U) {
		vlapic_accept_intr(vcpu_vlapic(vcpu), vector, level);
	}
}

/* An MSI is an address and a value: the address names the CPU, the value the vector. */
static int32_t inject_msi_for_non_lapic_pt(struct acrn_vm *vm, uint64_t addr, uint64_t msg)
{
	uint32_t dest = (uint32_t)(addr >> 12U) & 0xffU;
	bool logical = (addr & 0x4UL) != 0UL, hint = (addr & 0x8UL) != 0UL;

	if ((addr >> 20U) != MSI_ADDR_BASE) {
		return -1;
	}
	vlapic_receive_intr(vm, LAPIC_TRIG_EDGE, dest, !logical, (uint32_t)(msg >> 8U) & 7U, (uint32_t)msg & 0xffU, hint);
	return 0;
}

/* A guest with the real interrupt controller gets a real interrupt. */
static void inject_msi_for_lapic_pt(struct acrn_vm *vm, uint64_t addr, uint64_t data)
{
	uint64_t reached = vlapic_calc_dest_noshort(vm, (uint32_t)(addr >> 12U) & 0xffU, true);

	for (; reached != 0UL; reached &= reached - 1UL) {
		send_single_ipi(pcpuid_from_vcpu(vcpu_from_vid(vm, ffs64(reached))), (uint32_t)data & 0xffU);
	}
}

int32_t vlapic_inject_msi(struct acrn_vm *vm, uint64_t addr, uint64_t data)
{
	bool direct = is_lapic_pt_configured(vm);

	if (direct)
		inject_msi_for_lapic_pt(vm, addr, data);
	return direct ? 0 : inject_msi_for_non_lapic_pt(vm, addr, data);
}

/* The guest has set its timer to interrupt it; the time is over. */
static void vlapic_timer_expired(void *data)
{
	struct acrn_vcpu *owner = data;

	vlapic_set_intr(owner, vcpu_vlapic(owner)->apic_page.lvt_timer & 0xffU, LAPIC_TRIG_EDGE);
}

void vlapic_create(struct acrn_vcpu *vcpu, uint16_t pcpu_id)
{
	vcpu_vlapic(vcpu)->vapic_id = vcpu->vcpu_id;
	initialize_timer(pcpu_id, vlapic_timer_expired, vcpu);
}

/* True if the descriptor had nothing outstanding: then somebody must be told. */
static bool apicv_set_intr_ready(struct acrn_vlapic *vlapic, uint32_t vector)
{
	struct pi_desc *posted = get_pi_desc(vlapic2vcpu(vlapic));
	uint64_t *word = &posted->pir[vector >> 6U];

	return !bitmap_test_and_set_lock((uint16_t)(vector & 63U), word) &&
		!bitmap_test_and_set_lock(POSTED_INTR_ON, &posted->control.value);
}

static void apicv_basic_inject_intr(struct acrn_vlapic *vlapic, bool guest_irq_enabled, bool injected)
{
	if (!guest_irq_enabled || injected) {
		vcpu_make_request(vlapic2vcpu(vlapic), ACRN_REQUEST_EVENT);
	}
}

/* A notification to ourselves: with the next entry the hardware takes over what is posted. */
static void apicv_advanced_inject_intr(struct acrn_vlapic *vlapic, bool guest_irq_enabled, bool injected)
{
	struct acrn_vcpu *self = vlapic2vcpu(vlapic);
	struct pi_desc *posted = get_pi_desc(self);

	(void)guest_irq_enabled; (void)injected;
	if (bitmap_test(POSTED_INTR_ON, &posted->control.value)) {
		apicv_trigger_pi_anv(pcpuid_from_vcpu(self), posted->control.bits.nv);
	}
}

void vlapic_inject_intr(struct acrn_vlapic *vlapic, bool guest_irq_enabled, bool injected)
{
	vlapic->ops->inject_intr(vlapic, guest_irq_enabled, injected);
}

bool vlapic_has_pending_intr(struct acrn_vcpu *vcpu)
{
	return bitmap_test(POSTED_INTR_ON, &get_pi_desc(vcpu)->control.value);
}

/* The guest is done with a level interrupt: the line may still be active. */
int32_t veoi_vmexit_handler(struct acrn_vcpu *vcpu)
{
	uint32_t vector = (uint32_t)vcpu->arch.exit_qualification & 0xffU;
	uint32_t word = vcpu_vlapic(vcpu)->apic_page.tmr[vector >> 5U];

	vcpu_retain_rip(vcpu);
	if ((word >> (vector & 31U) & 1U) != 0U)
		vioapic_broadcast_eoi(vcpu->vm, vector);
	return 0;
}

static const struct acrn_apicv_ops apicv_basic_ops = {
	.accept_intr = apicv_basic_accept_intr,
	.inject_intr = apicv_basic_inject_intr,
};

static const struct acrn_apicv_ops apicv_advanced_ops = {
	.accept_intr = apicv_advanced_accept_intr,
	.inject_intr = apicv_advanced_inject_intr,
};

void vlapic_set_apicv_ops(void)
{
	if (is_apicv_advanced_feature_supported())
		apicv_ops = &apicv_advanced_ops;
	else
		apicv_ops = &apicv_basic_ops;
}

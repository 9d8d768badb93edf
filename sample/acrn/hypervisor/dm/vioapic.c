/* vioapic.c: the guest's I/O APIC; turns a line that goes up or down into an interrupt. SPDX-License-Identifier: MIT */
#include <asm/guest/ept.h>
#include <asm/guest/vm.h>
#include <asm/lib/bits.h>
#include <errno.h>
#include <vioapic.h>

#define IOAPIC_BASE		0xFEC00000UL
#define IOAPIC_SIZE		4096UL
#define REGISTER_SELECT		0x00U
#define REGISTER_WINDOW		0x10U
#define FIRST_TABLE_REGISTER	0x10U	/* two of 32 bits for each pin */

/* What the guest has written into the table for this pin: vector, target, and whether it wants it at all. */
static void vioapic_generate_intr(struct acrn_single_vioapic *vioapic, uint32_t pin)
{
	union ioapic_rte *entry = &vioapic->rtbl[pin];
	bool level = entry->bits.trigger_mode != 0UL;

	/* A level interrupt is sent once; the next one only after the guest has said that it is done. */
	if (entry->bits.intr_mask != 0UL || (level && entry->bits.remote_irr != 0UL)) {
		return;
	}
	entry->bits.remote_irr = level ? 1UL : 0UL;
	vlapic_receive_intr(vioapic->vm, level, (uint32_t)entry->bits.dest_field, entry->bits.dest_mode == 0UL,
			    (uint32_t)entry->bits.delivery_mode, (uint32_t)entry->bits.vector, false);
}

/* Which direction interrupts depends on the polarity in the table: active low, for acrn-dm's devices. */
static void vioapic_set_pinstate(struct acrn_single_vioapic *vioapic, uint32_t pin, uint32_t level)
{
	uint64_t bit = 1UL << (pin & 63U);
	bool before, active_high;

	if (pin >= VIOAPIC_RTE_NUM) {
		return;
	}
	before = (vioapic->pin_state & bit) != 0UL;
	active_high = vioapic->rtbl[pin].bits.intr_polarity == 0UL;
	vioapic->pin_state = level != 0U ? vioapic->pin_state | bit : vioapic->pin_state & ~bit;
	if (before != (level != 0U) && active_high == (level != 0U)) {
		vioapic_generate_intr(vioapic, pin);
	}
}

void vioapic_set_irqline_nolock(const struct acrn_vm *vm, uint32_t vgsi, uint32_t operation)
{
	struct acrn_single_vioapic *one = vm_ioapic(vm);
	bool pulse = operation == GSI_RAISING_PULSE || operation == GSI_FALLING_PULSE;
	uint32_t first = (operation == GSI_SET_HIGH || operation == GSI_RAISING_PULSE) ? 1U : 0U;

	vioapic_set_pinstate(one, vgsi, first);
	if (pulse) {
		vioapic_set_pinstate(one, vgsi, 1U - first);
	}
}

void vioapic_set_irqline_lock(const struct acrn_vm *vm, uint32_t vgsi, uint32_t operation)
{
	struct acrn_single_vioapic *one = vm_ioapic(vm);
	uint64_t saved;

	spinlock_irqsave_obtain(&one->lock, &saved);
	vioapic_set_irqline_nolock(vm, vgsi, operation);
	spinlock_irqrestore_release(&one->lock, saved);
}

static uint32_t vioapic_indirect_read(struct acrn_single_vioapic *vioapic, uint32_t addr)
{
	uint32_t half = addr - FIRST_TABLE_REGISTER;

	if (addr < FIRST_TABLE_REGISTER || half / 2U >= VIOAPIC_RTE_NUM) {
		return addr == 1U ? (VIOAPIC_RTE_NUM - 1U) << 16U | 0x11U : 0U;
	}
	return (uint32_t)(vioapic->rtbl[half / 2U].full >> (half % 2U * 32U));
}

/* The guest fills in one half of an entry. */
static void vioapic_indirect_write(struct acrn_single_vioapic *vioapic, uint32_t addr, uint32_t data)
{
	uint32_t half = addr - FIRST_TABLE_REGISTER, pin = half / 2U, shift = half % 2U * 32U;

	if (addr >= FIRST_TABLE_REGISTER && pin < VIOAPIC_RTE_NUM) {
		uint64_t *entry = &vioapic->rtbl[pin].full;

		*entry = (*entry & ~(0xffffffffUL << shift)) | ((uint64_t)data << shift);
	}
}

/* The guest is done with a level interrupt; if the line is still active, it comes again. */
void vioapic_broadcast_eoi(const struct acrn_vm *vm, uint32_t vector)
{
	struct acrn_single_vioapic *one = vm_ioapic(vm);
	uint32_t pin;

	for (pin = 0U; pin < VIOAPIC_RTE_NUM; pin++) {
		union ioapic_rte *entry = &one->rtbl[pin];
		bool active = ((one->pin_state >> pin) & 1UL) != entry->bits.intr_polarity;

		if (entry->bits.vector == vector && entry->bits.remote_irr != 0UL) {
			entry->bits.remote_irr = 0UL;
			if (active) {
				vioapic_generate_intr(one, pin);
			}
		}
	}
}

/* Every pin masked. */
static void reset_one_vioapic(struct acrn_single_vioapic *vioapic)
{
	uint32_t pin = VIOAPIC_RTE_NUM;

	vioapic->pin_state = 0UL;
	vioapic->ioregsel = 0U;
	while (pin-- > 0U) {
		vioapic->rtbl[pin].full = 0UL;
		vioapic->rtbl[pin].bits.intr_mask = 1UL;
	}
}

void reset_vioapics(const struct acrn_vm *vm)
{
	reset_one_vioapic(vm_ioapic(vm));
}

/* Its registers are memory that no page stands behind. */
void vioapic_init(struct acrn_vm *vm)
{
	struct acrn_single_vioapic *one = vm_ioapic(vm);

	one->vm = vm;
	spinlock_init(&one->lock);
	reset_vioapics(vm);
	register_mmio_emulation_handler(vm, vioapic_mmio_access_handler, IOAPIC_BASE, IOAPIC_BASE + IOAPIC_SIZE, one);
	ept_del_mr(vm, vm->arch_vm.nworld_eptp, IOAPIC_BASE, IOAPIC_SIZE);
}

/* Two registers only: one says which, the other is it. */
int32_t vioapic_mmio_access_handler(struct io_request *io_req, void *handler_private_data)
{
	struct acrn_single_vioapic *one = handler_private_data;
	struct acrn_mmio_request *access = &io_req->reqs.mmio_request;
	bool store = access->direction == ACRN_IOREQ_DIR_WRITE;
	uint64_t saved;

	spinlock_irqsave_obtain(&one->lock, &saved);
	if ((access->address & 0xffUL) == REGISTER_SELECT) {
		one->ioregsel = store ? (uint32_t)access->value & 0xffU : one->ioregsel;
		access->value = one->ioregsel;
	} else if ((access->address & 0xffUL) == REGISTER_WINDOW && store) {
		vioapic_indirect_write(one, one->ioregsel, (uint32_t)access->value);
	} else if ((access->address & 0xffUL) == REGISTER_WINDOW) {
		access->value = vioapic_indirect_read(one, one->ioregsel);
	}
	spinlock_irqrestore_release(&one->lock, saved);
	return 0;
}

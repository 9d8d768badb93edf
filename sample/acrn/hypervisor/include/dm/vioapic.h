/* vioapic.h: interrupt lines of a guest. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_HV_VIOAPIC_H
#define SAMPLE_HV_VIOAPIC_H

#include <asm/lib/spinlock.h>
#include <io_req.h>

#define VIOAPIC_RTE_NUM	48U

/* One entry of the table, as the chip has it. */
union ioapic_rte {
	uint64_t full;
	struct {
		uint64_t vector : 8;
		uint64_t delivery_mode : 3;
		uint64_t dest_mode : 1;		/* 0: by number */
		uint64_t delivery_status : 1;
		uint64_t intr_polarity : 1;	/* 1: active low */
		uint64_t remote_irr : 1;	/* the guest has it and is not done */
		uint64_t trigger_mode : 1;	/* 1: level */
		uint64_t intr_mask : 1;
		uint64_t reserved : 39;
		uint64_t dest_field : 8;
	} bits;
};

struct acrn_single_vioapic {
	spinlock_t lock;
	struct acrn_vm *vm;
	uint32_t ioregsel;
	uint64_t pin_state;
	union ioapic_rte rtbl[VIOAPIC_RTE_NUM];
};

#define vm_ioapic(machine)	((struct acrn_single_vioapic *)&(machine)->arch_vm.vioapic)

void vioapic_init(struct acrn_vm *vm);
void reset_vioapics(const struct acrn_vm *vm);
void vioapic_set_irqline_lock(const struct acrn_vm *vm, uint32_t vgsi, uint32_t operation);
void vioapic_set_irqline_nolock(const struct acrn_vm *vm, uint32_t vgsi, uint32_t operation);
void vioapic_broadcast_eoi(const struct acrn_vm *vm, uint32_t vector);
int32_t vioapic_mmio_access_handler(struct io_request *io_req, void *handler_private_data);

#endif

/* vm.h: a virtual machine. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_HV_VM_H
#define SAMPLE_HV_VM_H

#include <asm/guest/vcpu.h>
#include <asm/vm_config.h>
#include <vioapic.h>
#include <vpci.h>
#include <vpic.h>

enum vm_state {
	VM_POWERED_OFF = 0,
	VM_CREATED,
	VM_RUNNING,
	VM_PAUSED
};

struct vm_hw_info {
	struct acrn_vcpu vcpu_array[MAX_VCPUS_PER_VM];
	uint16_t created_vcpus;
	uint64_t cpu_affinity;
};

struct vm_sw_info {
	void *io_shared_page;	/* acrn-dm's page of I/O requests */
	void *asyncio_sbuf;
	bool is_polling_ioreq;
};

struct vm_arch {
	uint8_t io_bitmap[PAGE_SIZE * 2U];	/* one bit per port: set means exit */
	void *nworld_eptp;
	struct acrn_single_vioapic vioapic;
	struct acrn_vpic vpic;
};

struct acrn_vm {
	struct vm_arch arch_vm;
	struct vm_hw_info hw;
	struct vm_sw_info sw;
	uint16_t vm_id;
	enum vm_state state;
	struct asyncio_desc aio_desc[ACRN_ASYNCIO_MAX];
	struct list_head aiodesc_queue;
	spinlock_t asyncio_lock;
	spinlock_t vm_state_lock;
	struct acrn_vpci vpci;
	spinlock_t emul_mmio_lock;
	uint16_t nr_emul_mmio_regions;
	struct mem_io_node emul_mmio[CONFIG_MAX_EMULATED_MMIO_REGIONS];
	struct vm_io_handler_desc emul_pio[EMUL_PIO_IDX_MAX];
};

static inline struct acrn_vcpu *vcpu_from_vid(struct acrn_vm *vm, uint16_t vcpu_id)
{
	return &vm->hw.vcpu_array[vcpu_id];
}

/* Hypercalls count machines from the Service VM's own number. */
static inline uint16_t rel_vmid_2_vmid(uint16_t service_vmid, uint16_t rel_vmid)
{
	return (uint16_t)(service_vmid + rel_vmid);
}

static inline uint16_t vmid_2_rel_vmid(uint16_t service_vmid, uint16_t vmid)
{
	return (uint16_t)(vmid - service_vmid);
}

bool is_poweroff_vm(const struct acrn_vm *vm);
bool is_created_vm(const struct acrn_vm *vm);
bool is_paused_vm(const struct acrn_vm *vm);
bool is_service_vm(const struct acrn_vm *vm);
bool is_postlaunched_vm(const struct acrn_vm *vm);
bool is_lapic_pt_configured(const struct acrn_vm *vm);
struct acrn_vm *get_vm_from_vmid(uint16_t vm_id);
struct acrn_vm *get_service_vm(void);
uint16_t get_unused_vmid(void);
int32_t create_vm(uint16_t vm_id, uint64_t pcpu_bitmap, struct acrn_vm_config *vm_config, struct acrn_vm **rtn_vm);
void start_vm(struct acrn_vm *vm);
void pause_vm(struct acrn_vm *vm);
int32_t reset_vm(struct acrn_vm *vm, enum reset_mode mode);
int32_t shutdown_vm(struct acrn_vm *vm);
void get_vm_lock(struct acrn_vm *vm);
void put_vm_lock(struct acrn_vm *vm);

#endif

/* vm.c: makes virtual machines and starts them. SPDX-License-Identifier: MIT */
#include <asm/guest/ept.h>
#include <asm/guest/vm.h>
#include <asm/lib/bits.h>
#include <errno.h>
#include <logmsg.h>
#include <rtl.h>

static struct acrn_vm vm_array[CONFIG_MAX_VM_NUM];
static struct acrn_vm *service_vm_ptr;

bool is_poweroff_vm(const struct acrn_vm *vm)
{
	return vm->state == VM_POWERED_OFF;
}

bool is_created_vm(const struct acrn_vm *vm)
{
	return vm->state == VM_CREATED;
}

bool is_service_vm(const struct acrn_vm *vm)
{
	return get_vm_config(vm->vm_id)->load_order == SERVICE_VM;
}

/* Made by the Service VM, with acrn-dm. */
bool is_postlaunched_vm(const struct acrn_vm *vm)
{
	const struct acrn_vm_config *config = get_vm_config(vm->vm_id);

	return config->load_order == POST_LAUNCHED_VM;
}

bool is_lapic_pt_configured(const struct acrn_vm *vm)
{
	return (get_vm_config(vm->vm_id)->guest_flags & GUEST_FLAG_LAPIC_PASSTHROUGH) != 0UL;
}

/* The Service VM may use the real ports. Any other guest exits on every one of them. */
static void setup_io_bitmap(struct acrn_vm *vm)
{
	uint8_t exit_on_access = is_service_vm(vm) ? 0x00U : 0xFFU;

	(void)memset(vm->arch_vm.io_bitmap, exit_on_access, sizeof(vm->arch_vm.io_bitmap));
}

struct acrn_vm *get_vm_from_vmid(uint16_t vm_id)
{
	return &vm_array[vm_id];
}

struct acrn_vm *get_service_vm(void)
{
	ASSERT(service_vm_ptr != NULL, "there is no Service VM");
	return service_vm_ptr;
}

/* An empty machine: no RAM yet, ports closed, one thread per virtual CPU. */
int32_t create_vm(uint16_t vm_id, uint64_t pcpu_bitmap, struct acrn_vm_config *vm_config, struct acrn_vm **rtn_vm)
{
	struct acrn_vm *fresh = &vm_array[vm_id];
	uint64_t left = pcpu_bitmap;
	int32_t status = 0;

	*rtn_vm = fresh;
	fresh->vm_id = vm_id;
	fresh->hw.cpu_affinity = pcpu_bitmap;
	fresh->hw.created_vcpus = 0U;
	if (is_service_vm(fresh))
		service_vm_ptr = fresh;
	fresh->arch_vm.nworld_eptp = pgtable_create_root(fresh);
	setup_io_bitmap(fresh);
	status = init_vpci(fresh);
	vioapic_init(fresh);
	/* acrn-dm brings the page; how to wait for answers is the configuration's choice. */
	fresh->sw.asyncio_sbuf = fresh->sw.io_shared_page = NULL;
	fresh->sw.is_polling_ioreq = (vm_config->guest_flags & GUEST_FLAG_IO_COMPLETION_POLLING) != 0UL;
	for (; left != 0UL && status == 0; left &= left - 1UL)
		status = prepare_vcpu(fresh, ffs64(left));
	fresh->state = VM_CREATED;
	return status;
}

/* The first virtual CPU starts the others, as on a real board. */
void start_vm(struct acrn_vm *vm)
{
	struct acrn_vcpu *first = vcpu_from_vid(vm, BSP_CPU_ID);

	vm->state = VM_RUNNING;
	vcpu_make_request(first, ACRN_REQUEST_INIT_VMCS);
	launch_vcpu(first);
}

void get_vm_lock(struct acrn_vm *vm)
{
	spinlock_obtain(&vm->vm_state_lock);
}

void put_vm_lock(struct acrn_vm *vm)
{
	spinlock_release(&vm->vm_state_lock);
}

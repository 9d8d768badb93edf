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

bool is_paused_vm(const struct acrn_vm *vm)
{
	return vm->state == VM_PAUSED;
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
	struct acrn_vm *vm = &vm_array[vm_id];
	uint64_t left = pcpu_bitmap;
	int32_t status = 0;

	*rtn_vm = vm;
	vm->vm_id = vm_id;
	vm->hw.cpu_affinity = pcpu_bitmap;
	vm->hw.created_vcpus = 0U;
	if (is_service_vm(vm))
		service_vm_ptr = vm;
	vm->arch_vm.nworld_eptp = pgtable_create_root(vm);
	setup_io_bitmap(vm);
	status = init_vpci(vm);
	vioapic_init(vm);
	/* acrn-dm brings the page; how to wait for answers is the configuration's choice. */
	vm->sw = (struct vm_sw_info){ NULL, NULL, false };
	if (is_postlaunched_vm(vm) && (vm_config->guest_flags & GUEST_FLAG_IO_COMPLETION_POLLING) != 0UL)
		vm->sw.is_polling_ioreq = true;
	for (; left != 0UL && status == 0; left &= left - 1UL)
		status = prepare_vcpu(vm, ffs64(left));
	vm->state = VM_CREATED;
	return status;
}

/* Nothing of it is left but its number. */
int32_t shutdown_vm(struct acrn_vm *vm)
{
	struct acrn_vcpu *one = vm->hw.vcpu_array;

	while (one < vm->hw.vcpu_array + vm->hw.created_vcpus)
		offline_vcpu(one++);
	deinit_emul_io(vm);
	vm->state = VM_POWERED_OFF;
	return 0;
}

/* The first virtual CPU starts the others, as on a real board. */
void start_vm(struct acrn_vm *vm)
{
	struct acrn_vcpu *first = vcpu_from_vid(vm, BSP_CPU_ID);

	vm->state = VM_RUNNING;
	vcpu_make_request(first, ACRN_REQUEST_INIT_VMCS);
	launch_vcpu(first);
}

/* A request that was on its way is forgotten: its slot is free again. */
int32_t reset_vm(struct acrn_vm *vm, enum reset_mode mode)
{
	struct acrn_vcpu *one = vm->hw.vcpu_array;

	while (one < vm->hw.vcpu_array + vm->hw.created_vcpus)
		reset_vcpu(one++, mode);
	reset_vioapics(vm);
	reset_vm_ioreqs(vm);
	vm->state = VM_CREATED;
	return 0;
}

void pause_vm(struct acrn_vm *vm)
{
	bool alive = vm->state == VM_CREATED || vm->state == VM_RUNNING;
	uint16_t left = alive ? vm->hw.created_vcpus : 0U;

	while (left-- > 0U)
		zombie_vcpu(vcpu_from_vid(vm, left), VCPU_ZOMBIE);
	vm->state = alive ? VM_PAUSED : vm->state;
}

void get_vm_lock(struct acrn_vm *vm)
{
	spinlock_obtain(&vm->vm_state_lock);
}

void put_vm_lock(struct acrn_vm *vm)
{
	spinlock_release(&vm->vm_state_lock);
}

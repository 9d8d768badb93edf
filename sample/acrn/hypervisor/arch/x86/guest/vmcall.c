/* vmcall.c: hypercalls of the Service VM. SPDX-License-Identifier: MIT */
#include <asm/guest/guest_memory.h>
#include <asm/guest/vmexit.h>
#include <errno.h>
#include <hypercall.h>

struct hc_dispatch {
	int32_t (*handler)(struct acrn_vcpu *vcpu, struct acrn_vm *target_vm, uint64_t param1, uint64_t param2);
};

static const struct hc_dispatch hc_dispatch_table[] = {
	[HC_IDX(HC_GET_API_VERSION)] = { .handler = hcall_get_api_version },
	[HC_IDX(HC_SERVICE_VM_OFFLINE_CPU)] = { .handler = hcall_service_vm_offline_cpu },
	[HC_IDX(HC_SET_CALLBACK_VECTOR)] = { .handler = hcall_set_callback_vector },
	[HC_IDX(HC_CREATE_VM)] = { .handler = hcall_create_vm },
	[HC_IDX(HC_DESTROY_VM)] = { .handler = hcall_destroy_vm },
	[HC_IDX(HC_START_VM)] = { .handler = hcall_start_vm },
	[HC_IDX(HC_PAUSE_VM)] = { .handler = hcall_pause_vm },
	[HC_IDX(HC_CREATE_VCPU)] = { .handler = hcall_create_vcpu },
	[HC_IDX(HC_RESET_VM)] = { .handler = hcall_reset_vm },
	[HC_IDX(HC_SET_VCPU_REGS)] = { .handler = hcall_set_vcpu_regs },
	[HC_IDX(HC_SET_IRQLINE)] = { .handler = hcall_set_irqline },
	[HC_IDX(HC_INJECT_MSI)] = { .handler = hcall_inject_msi },
	[HC_IDX(HC_VM_INTR_MONITOR)] = { .handler = hcall_vm_intr_monitor },
	[HC_IDX(HC_SET_IOREQ_BUFFER)] = { .handler = hcall_set_ioreq_buffer },
	[HC_IDX(HC_ASYNCIO_ASSIGN)] = { .handler = hcall_asyncio_assign },
	[HC_IDX(HC_ASYNCIO_DEASSIGN)] = { .handler = hcall_asyncio_deassign },
	[HC_IDX(HC_NOTIFY_REQUEST_FINISH)] = { .handler = hcall_notify_ioreq_finish },
	[HC_IDX(HC_VM_SET_MEMORY_REGIONS)] = { .handler = hcall_set_vm_memory_regions },
	[HC_IDX(HC_SETUP_SBUF)] = { .handler = hcall_setup_sbuf },
};

/* Which machine is it about? Mostly the first argument says so, counted from the Service VM. */
static struct acrn_vm *parse_target_vm(struct acrn_vm *service_vm, uint64_t hcall_id, uint64_t param1)
{
	uint16_t number = (uint16_t)param1;
	struct set_regions list;

	if (HC_IDX(hcall_id) < HC_ID_VM_BASE)	/* about no machine in particular */
		return service_vm;
	if (hcall_id == HC_CREATE_VM)
		return get_vm_from_vmid(get_unused_vmid());
	if (hcall_id == HC_VM_SET_MEMORY_REGIONS) {
		if (copy_from_gpa(service_vm, &list, param1, sizeof(list)) < 0)
			return NULL;
		number = list.vmid;
	}
	return get_vm_from_vmid(rel_vmid_2_vmid(service_vm->vm_id, number));
}

/* The number is in R8, the arguments in RDI and RSI. */
static int32_t dispatch_hypercall(struct acrn_vcpu *vcpu)
{
	uint64_t number = vcpu_get_gpreg(vcpu, CPU_REG_R8);
	uint64_t param1 = vcpu_get_gpreg(vcpu, CPU_REG_RDI), param2 = vcpu_get_gpreg(vcpu, CPU_REG_RSI);
	const struct hc_dispatch *dispatch = &hc_dispatch_table[HC_IDX(number)];
	struct acrn_vm *about;
	int32_t answer;

	if (HC_IDX(number) >= ARRAY_SIZE(hc_dispatch_table) || dispatch->handler == NULL)
		return -ENOTTY;
	about = parse_target_vm(vcpu->vm, number, param1);
	if (about == NULL)
		return -EINVAL;
	get_vm_lock(about);
	answer = dispatch->handler(vcpu, about, param1, param2);
	put_vm_lock(about);
	return answer;
}

/* Only the Service VM may call; its answer goes into RAX. */
int32_t vmcall_vmexit_handler(struct acrn_vcpu *vcpu)
{
	int64_t answer;

	if (!is_service_vm(vcpu->vm)) {
		vcpu_inject_ud(vcpu);
		return 0;
	}
	answer = dispatch_hypercall(vcpu);
	vcpu_set_gpreg(vcpu, CPU_REG_RAX, (uint64_t)answer);
	return 0;
}

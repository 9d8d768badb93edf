/* hypercall.c: what the Service VM may ask of the hypervisor. SPDX-License-Identifier: MIT */
#include <asm/guest/ept.h>
#include <asm/guest/guest_memory.h>
#include <asm/irq.h>
#include <errno.h>
#include <hypercall.h>
#include <vioapic.h>

/* Make a machine as asked; number and count of virtual CPUs go back to the caller. */
int32_t hcall_create_vm(struct acrn_vcpu *vcpu, struct acrn_vm *target_vm, uint64_t param1, uint64_t param2)
{
	struct acrn_vm *service = vcpu->vm, *made = NULL;
	uint16_t number = target_vm->vm_id;
	struct acrn_vm_config *config = get_vm_config(number);
	struct acrn_vm_creation wish;

	(void)param2;
	if (copy_from_gpa(service, &wish, param1, sizeof(wish)) != 0 || !is_poweroff_vm(target_vm)) {
		return -1;
	}
	config->guest_flags = wish.vm_flag;
	if (create_vm(number, wish.cpu_affinity, config, &made) != 0) {
		return -1;
	}
	wish.vmid = vmid_2_rel_vmid(service->vm_id, number);
	wish.vcpu_num = made->hw.created_vcpus;
	return copy_to_gpa(service, &wish, param1, sizeof(wish));
}

int32_t hcall_start_vm(struct acrn_vcpu *vcpu, struct acrn_vm *target_vm, uint64_t param1, uint64_t param2)
{
	(void)vcpu; (void)param1; (void)param2;
	if (!is_created_vm(target_vm) || target_vm->sw.io_shared_page == NULL) {
		return -1;
	}
	start_vm(target_vm);
	return 0;
}

/* Only before it runs. */
int32_t hcall_set_vcpu_regs(struct acrn_vcpu *vcpu, struct acrn_vm *target_vm, uint64_t param1, uint64_t param2)
{
	struct acrn_vcpu_regs wish;

	(void)param1;
	if (!is_created_vm(target_vm) || copy_from_gpa(vcpu->vm, &wish, param2, sizeof(wish)) != 0 ||
	    wish.vcpu_id >= target_vm->hw.created_vcpus) {
		return -1;
	}
	set_vcpu_regs(vcpu_from_vid(target_vm, wish.vcpu_id), &wish.vcpu_regs);
	return 0;
}

/* An interrupt line goes up or down; for devices without MSI-X. */
int32_t hcall_set_irqline(struct acrn_vcpu *vcpu, struct acrn_vm *target_vm, uint64_t param1, uint64_t param2)
{
	struct acrn_irqline_ops *line = (struct acrn_irqline_ops *)&param2;

	(void)vcpu; (void)param1;
	vioapic_set_irqline_lock(target_vm, line->gsi, line->op);
	return 0;
}

/* The device model wants to interrupt its guest. */
int32_t hcall_inject_msi(struct acrn_vcpu *vcpu, struct acrn_vm *target_vm, uint64_t param1, uint64_t param2)
{
	struct acrn_msi_entry message;

	(void)param1;
	if (is_poweroff_vm(target_vm) || copy_from_gpa(vcpu->vm, &message, param2, sizeof(message)) != 0) {
		return -1;
	}
	return vlapic_inject_msi(target_vm, message.msi_addr, message.msi_data);
}

/* From now on the guest's requests go into this page of the Service VM. All slots are free. */
int32_t hcall_set_ioreq_buffer(struct acrn_vcpu *vcpu, struct acrn_vm *target_vm, uint64_t param1, uint64_t param2)
{
	uint64_t where, page;
	uint16_t slot;

	(void)param1;
	if (!is_created_vm(target_vm) || copy_from_gpa(vcpu->vm, &where, param2, sizeof(where)) != 0) {
		return -1;
	}
	page = gpa2hpa(vcpu->vm, where);
	if (page == INVALID_HPA) {
		return -1;
	}
	target_vm->sw.io_shared_page = hpa2hva(page);
	for (slot = 0U; slot < ACRN_IO_REQUEST_MAX; slot++) {
		set_io_req_state(target_vm, slot, ACRN_IOREQ_STATE_FREE);
	}
	return 0;
}

/* The answer is in the slot: wake the virtual CPU that waits for it. One that polls sees it by itself. */
int32_t hcall_notify_ioreq_finish(struct acrn_vcpu *vcpu, struct acrn_vm *target_vm, uint64_t param1, uint64_t param2)
{
	uint16_t which = (uint16_t)param2;

	(void)vcpu; (void)param1;
	if (is_poweroff_vm(target_vm) || target_vm->sw.io_shared_page == NULL || which >= target_vm->hw.created_vcpus) {
		return -1;
	}
	if (!target_vm->sw.is_polling_ioreq) {
		signal_event(&vcpu_from_vid(target_vm, which)->events[VCPU_EVENT_IOREQ]);
	}
	return 0;
}

static void add_vm_memory_region(struct acrn_vm *vm, struct acrn_vm *target_vm, const struct vm_memory_region *region)
{
	uint64_t page = gpa2hpa(vm, region->service_vm_gpa);
	void *tables = target_vm->arch_vm.nworld_eptp;

	if (page != INVALID_HPA)
		ept_add_mr(target_vm, tables, page, region->gpa, region->size, region->prot);
}

/* Pages of acrn-dm become RAM of the guest. */
int32_t hcall_set_vm_memory_regions(struct acrn_vcpu *vcpu, struct acrn_vm *target_vm, uint64_t param1, uint64_t param2)
{
	struct set_regions list;
	struct vm_memory_region one;
	uint32_t i;

	(void)param2;
	if (copy_from_gpa(vcpu->vm, &list, param1, sizeof(list)) != 0) {
		return -EFAULT;
	}
	for (i = 0U; i < list.mr_num; i++) {
		if (copy_from_gpa(vcpu->vm, &one, list.regions_gpa + i * sizeof(one), sizeof(one)) != 0) {
			return -EFAULT;
		}
		add_vm_memory_region(vcpu->vm, target_vm, &one);
	}
	return 0;
}

/* Another vector for the upcall; mainline Linux does not ask for one. */
int32_t hcall_set_callback_vector(struct acrn_vcpu *vcpu, struct acrn_vm *target_vm, uint64_t param1, uint64_t param2)
{
	(void)vcpu; (void)target_vm; (void)param2;
	if (param1 > NR_MAX_VECTOR || param1 < VECTOR_DYNAMIC_START) {
		return -EINVAL;
	}
	set_hsm_notification_vector((uint32_t)param1);
	return 0;
}

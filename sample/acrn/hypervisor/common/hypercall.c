/* hypercall.c: what the Service VM may ask of the hypervisor. SPDX-License-Identifier: MIT */
#include <asm/guest/ept.h>
#include <asm/guest/guest_memory.h>
#include <asm/irq.h>
#include <errno.h>
#include <hypercall.h>
#include <sbuf.h>
#include <vioapic.h>

#define HV_API_MAJOR_VERSION	1U
#define HV_API_MINOR_VERSION	0U

/* A processor of the Service VM is going to carry virtual CPUs of somebody else. The first one stays. */
int32_t hcall_service_vm_offline_cpu(struct acrn_vcpu *vcpu, struct acrn_vm *target_vm, uint64_t param1, uint64_t param2)
{
	struct acrn_vm *service = vcpu->vm;
	uint16_t i;

	(void)target_vm; (void)param2;
	for (i = 0U; i < service->hw.created_vcpus; i++) {
		struct acrn_vcpu *some = vcpu_from_vid(service, i);

		if (vcpu_vlapic(some)->vapic_id == (uint32_t)param1 && i != BSP_CPU_ID) {
			zombie_vcpu(some, VCPU_ZOMBIE);
			return 0;
		}
	}
	return -1;
}

int32_t hcall_get_api_version(struct acrn_vcpu *vcpu, struct acrn_vm *target_vm, uint64_t param1, uint64_t param2)
{
	struct hc_api_version mine = { HV_API_MAJOR_VERSION, HV_API_MINOR_VERSION };

	(void)target_vm; (void)param2;
	return copy_to_gpa(vcpu->vm, &mine, param1, sizeof(mine));
}

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

/* The last step: it must have been stopped before. */
int32_t hcall_destroy_vm(struct acrn_vcpu *vcpu, struct acrn_vm *target_vm, uint64_t param1, uint64_t param2)
{
	(void)vcpu; (void)param1; (void)param2;
	return is_paused_vm(target_vm) ? shutdown_vm(target_vm) : -1;
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

/* Its virtual CPUs stop where they are, even in the middle of a request. */
int32_t hcall_pause_vm(struct acrn_vcpu *vcpu, struct acrn_vm *target_vm, uint64_t param1, uint64_t param2)
{
	bool there = !is_poweroff_vm(target_vm);

	(void)vcpu; (void)param1; (void)param2;
	if (there) {
		pause_vm(target_vm);
	}
	return there ? 0 : -1;
}

/* Back to the beginning, ready to be started again. */
int32_t hcall_reset_vm(struct acrn_vcpu *vcpu, struct acrn_vm *target_vm, uint64_t param1, uint64_t param2)
{
	(void)vcpu; (void)param1; (void)param2;
	return is_paused_vm(target_vm) ? reset_vm(target_vm, COLD_RESET) : -1;
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

/* Old callers ask for each virtual CPU; by now the machine has them all. */
int32_t hcall_create_vcpu(struct acrn_vcpu *vcpu, struct acrn_vm *target_vm, uint64_t param1, uint64_t param2)
{
	(void)vcpu; (void)param1; (void)param2;
	return is_poweroff_vm(target_vm) ? -1 : 0;
}

/* An interrupt line goes up or down; for devices without MSI-X. */
int32_t hcall_set_irqline(struct acrn_vcpu *vcpu, struct acrn_vm *target_vm, uint64_t param1, uint64_t param2)
{
	const struct acrn_irqline_ops *line = (const struct acrn_irqline_ops *)&param2;

	(void)vcpu; (void)param1;
	if (is_poweroff_vm(target_vm) || line->gsi >= VIOAPIC_RTE_NUM) {
		return -1;
	}
	if (line->gsi < vpic_pincount()) {	/* the old controllers have the first lines, too */
		vpic_set_irqline(&target_vm->arch_vm.vpic, line->gsi, line->op);
	}
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

/* Another shared page: a ring for writes that need no answer. */
int32_t hcall_setup_sbuf(struct acrn_vcpu *vcpu, struct acrn_vm *target_vm, uint64_t param1, uint64_t param2)
{
	struct acrn_sbuf_param wish;
	uint64_t page = INVALID_HPA;

	(void)param1;
	if (copy_from_gpa(vcpu->vm, &wish, param2, sizeof(wish)) == 0 && wish.gpa != 0UL) {
		page = gpa2hpa(vcpu->vm, wish.gpa);
	}
	return page == INVALID_HPA ? -1 : sbuf_setup_common(target_vm, wish.cpu_id, wish.sbuf_id, hpa2hva(page));
}

/* Writes to this address shall go into the ring. The caller does not hear whether there was room for one more. */
int32_t hcall_asyncio_assign(struct acrn_vcpu *vcpu, struct acrn_vm *target_vm, uint64_t param1, uint64_t param2)
{
	struct acrn_asyncio_info wish;
	int32_t unread = copy_from_gpa(vcpu->vm, &wish, param2, sizeof(wish));

	(void)param1;
	if (unread == 0) {
		(void)add_asyncio(target_vm, &wish);
	}
	return unread == 0 ? 0 : -1;
}

int32_t hcall_asyncio_deassign(struct acrn_vcpu *vcpu, struct acrn_vm *target_vm, uint64_t param1, uint64_t param2)
{
	struct acrn_asyncio_info wish;
	int32_t unread = copy_from_gpa(vcpu->vm, &wish, param2, sizeof(wish));

	(void)param1;
	if (unread == 0) {
		(void)remove_asyncio(target_vm, &wish);
	}
	return unread == 0 ? 0 : -1;
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

static int32_t set_vm_memory_region(struct acrn_vm *vm, struct acrn_vm *target_vm, const struct vm_memory_region *region)
{
	if (region->size % PAGE_SIZE != 0UL) {
		return -EINVAL;
	}
	if (region->type == MR_ADD) {
		add_vm_memory_region(vm, target_vm, region);
	} else {
		ept_del_mr(target_vm, target_vm->arch_vm.nworld_eptp, region->gpa, region->size);
	}
	return 0;
}

/* Pages of acrn-dm become RAM of the guest. */
int32_t hcall_set_vm_memory_regions(struct acrn_vcpu *vcpu, struct acrn_vm *target_vm, uint64_t param1, uint64_t param2)
{
	struct set_regions list;
	struct vm_memory_region one;
	int32_t status = 0;
	uint64_t at;

	(void)param2;
	if (copy_from_gpa(vcpu->vm, &list, param1, sizeof(list)) != 0) {
		return -EFAULT;
	}
	for (at = list.regions_gpa; status == 0 && list.mr_num-- > 0U; at += sizeof(one)) {
		status = copy_from_gpa(vcpu->vm, &one, at, sizeof(one));
		if (status == 0) {
			status = set_vm_memory_region(vcpu->vm, target_vm, &one);
		}
	}
	return status;
}

/* How often did each interrupt of a passed-through device come? None here: no data, but no error. */
int32_t hcall_vm_intr_monitor(struct acrn_vcpu *vcpu, struct acrn_vm *target_vm, uint64_t param1, uint64_t param2)
{
	uint64_t page = is_poweroff_vm(target_vm) ? INVALID_HPA : gpa2hpa(vcpu->vm, param2);

	(void)param1;
	return page == INVALID_HPA ? -EINVAL : 0;
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

/* vm.c: the Service VM's view of a virtual machine. SPDX-License-Identifier: MIT */
#include <linux/mm.h>

#include "acrn_drv.h"

LIST_HEAD(acrn_vm_list);
DEFINE_RWLOCK(acrn_vm_list_lock);

/* The hypervisor makes the machine; we share the page for its I/O requests and start the eventfd client. */
struct acrn_vm *acrn_vm_create(struct acrn_vm *vm, struct acrn_vm_creation *vm_param)
{
	if (hcall_create_vm(virt_to_phys(vm_param)) < 0)
		return NULL;
	/* The hypervisor has written number and virtual CPUs into the same structure. */
	*vm = (struct acrn_vm){ .vmid = vm_param->vmid, .vcpu_num = vm_param->vcpu_num };
	INIT_LIST_HEAD(&vm->ioreq_clients);
	if (acrn_ioreq_init(vm, vm_param->ioreq_buf) != 0) {
		(void)hcall_destroy_vm(vm->vmid);
		return NULL;
	}
	write_lock_bh(&acrn_vm_list_lock);
	list_add(&vm->list, &acrn_vm_list);
	write_unlock_bh(&acrn_vm_list_lock);
	(void)acrn_ioeventfd_init(vm);
	(void)acrn_irqfd_init(vm);
	return vm;
}

int acrn_vm_destroy(struct acrn_vm *vm)
{
	bool made = vm->vmid != ACRN_INVALID_VMID;
	rwlock_t *all = &acrn_vm_list_lock;
	long refused = made ? hcall_destroy_vm(vm->vmid) : 0;

	if (!made || refused)
		return (int)refused;
	vm->vmid = ACRN_INVALID_VMID;
	write_lock_bh(all);
	list_del_init(&vm->list);
	write_unlock_bh(all);
	/* Nobody can ask any more: now those who answer may go, and then the memory. */
	acrn_ioeventfd_deinit(vm);
	acrn_irqfd_deinit(vm);
	acrn_ioreq_deinit(vm);
	acrn_vm_all_ram_unmap(vm);
	return 0;
}

/* An interrupt for the guest from inside the kernel. */
int acrn_msi_inject(struct acrn_vm *vm, u64 msi_addr, u64 msi_data)
{
	struct acrn_msi_entry *message = kzalloc(sizeof(*message), GFP_ATOMIC);
	long refused;

	if (!message)
		return -ENOMEM;
	*message = (struct acrn_msi_entry){ .msi_addr = msi_addr, .msi_data = msi_data };
	refused = hcall_inject_msi(vm->vmid, virt_to_phys(message));
	kfree(message);
	return (int)refused;
}

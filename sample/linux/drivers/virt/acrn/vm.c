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
	long answer = 0;

	if (vm->vmid != ACRN_INVALID_VMID) {
		write_lock_bh(&acrn_vm_list_lock);
		list_del_init(&vm->list);
		write_unlock_bh(&acrn_vm_list_lock);
		answer = hcall_destroy_vm(vm->vmid);
	}
	return (int)answer;
}

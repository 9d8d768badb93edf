/* hsm.c: /dev/acrn_hsm, the device that acrn-dm talks to. SPDX-License-Identifier: MIT */
#include <asm/acrn.h>
#include <asm/hypervisor.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/uaccess.h>

#include "acrn_drv.h"

/* Each open file stands for one virtual machine. */
static int acrn_dev_open(struct inode *inode, struct file *filp)
{
	struct acrn_vm *fresh = kzalloc(sizeof(*fresh), GFP_KERNEL);

	if (!inode || !fresh)
		return -ENOMEM;
	fresh->vmid = ACRN_INVALID_VMID;
	filp->private_data = fresh;
	return 0;
}

/* One case per ioctl. A structure is first copied out of acrn-dm's memory. */
static long acrn_dev_ioctl(struct file *filp, unsigned int cmd, unsigned long ioctl_param)
{
	struct acrn_vm *self = filp->private_data;
	void *argument = (void *)ioctl_param;
	struct page *page;
	void *copy = NULL;
	long answer = -EINVAL;

	switch (cmd) {
	case ACRN_IOCTL_CREATE_VM:
		copy = memdup_user(argument, sizeof(struct acrn_vm_creation));
		if (acrn_vm_create(self, copy))
			answer = copy_to_user(argument, copy, sizeof(struct acrn_vm_creation)) ? -EFAULT : 0;
		break;
	case ACRN_IOCTL_START_VM:
		answer = hcall_start_vm(self->vmid);
		break;
	case ACRN_IOCTL_PAUSE_VM:
		answer = hcall_pause_vm(self->vmid);
		break;
	case ACRN_IOCTL_RESET_VM:
		answer = hcall_reset_vm(self->vmid);
		break;
	case ACRN_IOCTL_DESTROY_VM:
		answer = acrn_vm_destroy(self);
		break;
	case ACRN_IOCTL_SET_VCPU_REGS:
		copy = memdup_user(argument, sizeof(struct acrn_vcpu_regs));
		answer = hcall_set_vcpu_regs(self->vmid, virt_to_phys(copy));
		break;
	case ACRN_IOCTL_SET_MEMSEG:
		copy = memdup_user(argument, sizeof(struct acrn_vm_memmap));
		answer = acrn_vm_memseg_map(self, copy);
		break;
	case ACRN_IOCTL_UNSET_MEMSEG:
		copy = memdup_user(argument, sizeof(struct acrn_vm_memmap));
		answer = acrn_vm_memseg_unmap(self, copy);
		break;
	case ACRN_IOCTL_SET_IRQLINE:
		answer = hcall_set_irqline(self->vmid, ioctl_param);
		break;
	case ACRN_IOCTL_INJECT_MSI:
		copy = memdup_user(argument, sizeof(struct acrn_msi_entry));
		answer = hcall_inject_msi(self->vmid, virt_to_phys(copy));
		break;
	case ACRN_IOCTL_VM_INTR_MONITOR:
		if (pin_user_pages_fast(ioctl_param, 1, FOLL_WRITE | FOLL_LONGTERM, &page) == 1)
			answer = hcall_vm_intr_monitor(self->vmid, page_to_phys(page));
		break;
	case ACRN_IOCTL_CREATE_IOREQ_CLIENT:
		if (!self->default_client && acrn_ioreq_client_create(self, NULL, NULL, true, "acrndm"))
			answer = 0;
		break;
	case ACRN_IOCTL_DESTROY_IOREQ_CLIENT:
		if (self->default_client)
			acrn_ioreq_client_destroy(self->default_client);
		answer = 0;
		break;
	case ACRN_IOCTL_ATTACH_IOREQ_CLIENT:
		if (self->default_client)
			answer = acrn_ioreq_client_wait(self->default_client);
		break;
	case ACRN_IOCTL_NOTIFY_REQUEST_FINISH:
		copy = memdup_user(argument, sizeof(struct acrn_ioreq_notify));
		answer = acrn_ioreq_request_default_complete(self, (u16)((struct acrn_ioreq_notify *)copy)->vcpu);
		break;
	case ACRN_IOCTL_CLEAR_VM_IOREQ:
		acrn_ioreq_request_clear(self);
		answer = 0;
		break;
	case ACRN_IOCTL_IRQFD:
		copy = memdup_user(argument, sizeof(struct acrn_irqfd));
		answer = acrn_irqfd_config(self, copy);
		break;
	case ACRN_IOCTL_IOEVENTFD:
		copy = memdup_user(argument, sizeof(struct acrn_ioeventfd));
		answer = acrn_ioeventfd_config(self, copy);
		break;
	default:
		answer = -ENOTTY;
	}
	kfree(copy);
	return answer;
}

static int acrn_dev_release(struct inode *inode, struct file *filp)
{
	(void)inode;
	acrn_vm_destroy(filp->private_data);
	kfree(filp->private_data);
	return 0;
}

static const struct file_operations acrn_fops = {
	.open = acrn_dev_open,
	.release = acrn_dev_release,
	.unlocked_ioctl = acrn_dev_ioctl,
};

struct miscdevice acrn_dev = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "acrn_hsm",
	.fops = &acrn_fops,
};

/* Only in the Service VM: make the device and listen to the hypervisor's upcall. */
static int hsm_init(void)
{
	bool on_acrn = x86_hyper_type == X86_HYPER_ACRN;
	int failed;

	if (!on_acrn || (cpuid_eax(ACRN_CPUID_FEATURES) & ACRN_FEATURE_PRIVILEGED_VM) == 0)
		return -ENODEV;
	failed = misc_register(&acrn_dev);
	if (failed)
		return failed;
	failed = acrn_ioreq_intr_setup();
	if (failed)
		misc_deregister(&acrn_dev);
	return failed;
}
module_init(hsm_init);

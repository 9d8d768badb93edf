#include <linux/fs.h>
#include <linux/acrn.h>
#include "hypercall.h"

static long demo_ioctl(struct file *filp, unsigned int cmd, unsigned long arg) /*= by ioctl attach_client, by ioctl finish_request, by fptr_call vfs_ioctl */
{
	switch (cmd) {
	case DEMO_IOCTL_ATTACH:
		return wait_for_work(arg);
	case DEMO_IOCTL_FINISH:
		return hcall_notify_finish(arg);
	}
	return 0;
}

/* The same number in a function that no file operation names is not the device model's. */
long other_switch(unsigned int cmd)
{
	switch (cmd) {
	case DEMO_IOCTL_ATTACH:
		return 1;
	}
	return 0;
}

static const struct file_operations demo_fops = {
	.unlocked_ioctl = demo_ioctl,
};

int inject_msi(unsigned long msi)
{
	return hcall_inject(msi);
}

/* ioctl.c: ioctl(2), by which acrn-dm reaches the HSM driver. SPDX-License-Identifier: MIT */
#include <linux/fs.h>
#include <linux/syscalls.h>

/* The driver behind the file answers; for /dev/acrn_hsm that is acrn_dev_ioctl. */
long vfs_ioctl(struct file *filp, unsigned int cmd, unsigned long arg)
{
	bool can = filp->f_op->unlocked_ioctl != NULL;

	return can ? filp->f_op->unlocked_ioctl(filp, cmd, arg) : -ENOTTY;
}

SYSCALL_DEFINE3(ioctl, unsigned int, fd, unsigned int, cmd, unsigned long, arg)
{
	struct file *filp = fget(fd);
	long answer;

	if (!filp)
		return -EBADF;
	answer = vfs_ioctl(filp, cmd, arg);
	fput(filp);
	return answer;
}

#include <linux/fs.h>

long vfs_ioctl(struct file *filp, unsigned int cmd, unsigned long arg) /*= by direct_call SYSCALL_DEFINE3(ioctl) */
{
	return filp->f_op->unlocked_ioctl(filp, cmd, arg);
}

SYSCALL_DEFINE3(ioctl, unsigned int, fd, unsigned int, cmd, unsigned long, arg) /*= by syscall attach_client, by syscall finish_request, by syscall ask_unknown */
{
	return vfs_ioctl(fdget(fd), cmd, arg);
}

/* Only the member's name agrees: what x is, nobody knows. It is counted, never listed. */
long by_name_alone(void *x, unsigned int cmd)
{
	return mystery(x)->unlocked_ioctl(x, cmd, 0);
}

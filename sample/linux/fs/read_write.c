/* read_write.c: write(2) enters the guest kernel here. SPDX-License-Identifier: MIT */
#include <linux/fs.h>
#include <linux/syscalls.h>

/* The tty has no plain write method, only write_iter: wrap the user's buffer into an iterator. */
static ssize_t new_sync_write(struct file *filp, const char *buf, size_t len, loff_t *ppos)
{
	struct kiocb kiocb = { .ki_filp = filp, .ki_pos = ppos ? *ppos : 0 };
	struct iov_iter iter = { .ubuf = buf, .count = len };
	ssize_t written = filp->f_op->write_iter(&kiocb, &iter);

	if (written > 0 && ppos)
		*ppos = kiocb.ki_pos;
	return written;
}

/* Pick the method that this kind of file has. */
ssize_t vfs_write(struct file *file, const char *buf, size_t count, loff_t *pos)
{
	const struct file_operations *methods = file->f_op;

	if ((file->f_mode & FMODE_WRITE) == 0)
		return -EBADF;
	if (methods->write)
		return methods->write(file, buf, count, pos);
	return methods->write_iter ? new_sync_write(file, buf, count, pos) : -EINVAL;
}

/* From a descriptor number to the open file. A terminal is a stream: it has no position. */
ssize_t ksys_write(unsigned int fd, const char *buf, size_t count)
{
	struct file *file = fget(fd);
	ssize_t written;

	if (!file)
		return -EBADF;
	written = vfs_write(file, buf, count, file->f_mode & FMODE_STREAM ? NULL : &file->f_pos);
	fput(file);
	return written;
}

SYSCALL_DEFINE3(write, unsigned int, fd, const char *, buf, size_t, count)
{
	return ksys_write(fd, buf, count);
}

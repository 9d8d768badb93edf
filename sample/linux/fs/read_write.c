/* read_write.c: write(2) enters the guest kernel here. SPDX-License-Identifier: MIT */
#include <linux/fs.h>
#include <linux/syscalls.h>

static ssize_t new_sync_read(struct file *filp, char *buf, size_t len, loff_t *ppos)
{
	struct kiocb kiocb = { .ki_filp = filp, .ki_pos = ppos ? *ppos : 0 };
	struct iov_iter iter = { .ubuf = buf, .count = len };
	ssize_t got = filp->f_op->read_iter(&kiocb, &iter);

	if (ppos)
		*ppos = kiocb.ki_pos;
	return got;
}

ssize_t vfs_read(struct file *file, char *buf, size_t count, loff_t *pos)
{
	bool may = (file->f_mode & FMODE_READ) != 0;

	if (!may)
		return -EBADF;
	if (file->f_op->read)
		return file->f_op->read(file, buf, count, pos);
	return file->f_op->read_iter ? new_sync_read(file, buf, count, pos) : -EINVAL;
}

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
	bool may = (file->f_mode & FMODE_WRITE) != 0;

	if (!may)
		return -EBADF;
	if (file->f_op->write)
		return file->f_op->write(file, buf, count, pos);
	return file->f_op->write_iter ? new_sync_write(file, buf, count, pos) : -EINVAL;
}

ssize_t ksys_read(unsigned int fd, char *buf, size_t count)
{
	struct file *file = fget(fd);
	ssize_t got;

	if (!file)
		return -EBADF;
	got = vfs_read(file, buf, count, file->f_mode & FMODE_STREAM ? NULL : &file->f_pos);
	fput(file);
	return got;
}

SYSCALL_DEFINE3(read, unsigned int, fd, char *, buf, size_t, count)
{
	return ksys_read(fd, buf, count);
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

/* writev(2): several pieces, one after the other. */
ssize_t vfs_writev(struct file *file, const struct iovec *vec, unsigned long vlen, loff_t *pos)
{
	ssize_t sum = 0, now = 0;

	for (; vlen > 0 && now >= 0; vlen--, vec++) {
		now = vfs_write(file, vec->iov_base, vec->iov_len, pos);
		sum += now > 0 ? now : 0;
	}
	return sum > 0 ? sum : now;
}

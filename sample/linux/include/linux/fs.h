/* fs.h: an open file and the table of what can be done with it. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_FS_H
#define SAMPLE_FS_H

#include <linux/kernel.h>
#include <linux/uio.h>

#define FMODE_WRITE	0x2u
#define FMODE_STREAM	0x200000u
#define O_NONBLOCK	00004000u

struct file;
struct inode;

struct kiocb {
	struct file *ki_filp;
	loff_t ki_pos;
};

struct file_operations {
	ssize_t (*write)(struct file *file, const char *buf, size_t count, loff_t *pos);
	ssize_t (*write_iter)(struct kiocb *iocb, struct iov_iter *from);
	long (*unlocked_ioctl)(struct file *file, unsigned int cmd, unsigned long arg);
	int (*open)(struct inode *inode, struct file *file);
	int (*release)(struct inode *inode, struct file *file);
};

struct file {
	fmode_t f_mode;
	unsigned int f_flags;
	loff_t f_pos;
	const struct file_operations *f_op;
	void *private_data;
};

struct file *fget(unsigned int fd);
void fput(struct file *file);

#endif

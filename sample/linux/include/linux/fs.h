/* fs.h: an open file and the table of what can be done with it. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_FS_H
#define SAMPLE_FS_H

#include <linux/kernel.h>
#include <linux/uio.h>

#define FMODE_READ	0x1u
#define FMODE_WRITE	0x2u
#define FMODE_STREAM	0x200000u
#define O_NONBLOCK	00004000u

struct file;
struct pipe_inode_info;
struct poll_table_struct;

struct inode {
	unsigned int i_rdev;	/* which device the file stands for */
};

struct kiocb {
	struct file *ki_filp;
	loff_t ki_pos;
};

struct file_operations {
	ssize_t (*read)(struct file *file, char *buf, size_t count, loff_t *pos);
	ssize_t (*write)(struct file *file, const char *buf, size_t count, loff_t *pos);
	ssize_t (*read_iter)(struct kiocb *iocb, struct iov_iter *to);
	ssize_t (*write_iter)(struct kiocb *iocb, struct iov_iter *from);
	__poll_t (*poll)(struct file *file, struct poll_table_struct *table);
	ssize_t (*splice_write)(struct pipe_inode_info *pipe, struct file *file, loff_t *pos, size_t len,
				unsigned int flags);
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

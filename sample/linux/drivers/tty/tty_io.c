/* tty_io.c: files of terminals; hands what is written to the line discipline. SPDX-License-Identifier: MIT */
#include <linux/slab.h>
#include <linux/tty.h>
#include <linux/uaccess.h>

#define WRITE_CHUNK	2048
#define READ_CHUNK	64

static ssize_t tty_read(struct kiocb *iocb, struct iov_iter *to);
static ssize_t tty_write(struct kiocb *iocb, struct iov_iter *from);
static int tty_open(struct inode *inode, struct file *filp);
int tty_release(struct inode *inode, struct file *filp);

static const struct file_operations tty_fops = {
	.read_iter = tty_read,
	.write_iter = tty_write,
	.open = tty_open,
	.release = tty_release,
};

static struct tty_struct *file_tty(struct file *file)
{
	return file->private_data;
}

/* The driver has room again. */
void tty_wakeup(struct tty_struct *tty)
{
	wake_up_interruptible(&tty->write_wait);
}

/* What the line discipline has, through a small buffer of ours to the user. */
static ssize_t tty_read(struct kiocb *iocb, struct iov_iter *to)
{
	struct tty_struct *terminal = file_tty(iocb->ki_filp);
	struct tty_ldisc *ld = tty_ldisc_ref_wait(terminal);
	u8 part[READ_CHUNK];
	ssize_t got = -EIO;

	if (ld && ld->ops->read)
		got = ld->ops->read(terminal, iocb->ki_filp, part, min(iov_iter_count(to), sizeof(part)));
	if (got > 0 && copy_to_iter(part, (size_t)got, to) != (size_t)got)
		got = -EFAULT;
	tty_ldisc_deref(ld);
	return got;
}

/* Copy from the user piece by piece; each piece goes through the line discipline on its own. */
static ssize_t iterate_tty_write(struct tty_ldisc *ld, struct tty_struct *tty,
				 struct file *file, struct iov_iter *from)
{
	ssize_t sent = 0, now = 0;

	mutex_lock(&tty->atomic_write_lock);
	while (iov_iter_count(from) > 0) {
		size_t size = min(iov_iter_count(from), tty->write_cnt);

		if (copy_from_iter(tty->write_buf, size, from) != size) {
			now = -EFAULT;
			break;
		}
		now = ld->ops->write(tty, file, tty->write_buf, size);
		if (now <= 0)
			break;
		sent += now;
	}
	mutex_unlock(&tty->atomic_write_lock);
	return sent ? sent : now;
}

/* The line discipline stays in place while we write. */
static ssize_t file_tty_write(struct file *file, struct kiocb *iocb, struct iov_iter *from)
{
	struct tty_struct *terminal = file_tty(file);
	struct tty_ldisc *discipline = terminal ? tty_ldisc_ref_wait(terminal) : NULL;
	ssize_t written = -EIO;

	if (discipline && discipline->ops->write && iocb->ki_filp == file)
		written = iterate_tty_write(discipline, terminal, file, from);
	tty_ldisc_deref(discipline);
	return written;
}

static ssize_t tty_write(struct kiocb *iocb, struct iov_iter *from)
{
	return file_tty_write(iocb->ki_filp, iocb, from);
}

/* The last descriptor is gone: the driver may rest. */
int tty_release(struct inode *inode, struct file *filp)
{
	struct tty_struct *tty = file_tty(filp);

	(void)inode;
	if (tty->ops->close)
		tty->ops->close(tty, filp);
	filp->private_data = NULL;
	return 0;
}

struct tty_driver *find_driver(struct inode *inode, int *index);
static struct tty_struct *alloc_tty_struct(struct tty_driver *driver, int idx);

static int tty_open(struct inode *inode, struct file *filp)
{
	int index;
	struct tty_driver *driver = find_driver(inode, &index);
	struct tty_struct *tty = alloc_tty_struct(driver, index);

	filp->private_data = tty;
	tty->ops->install(driver, tty);
	return tty->ops->open(tty, filp);
}

/* A terminal gets its methods and settings from its driver, and N_TTY as line discipline. */
static struct tty_struct *alloc_tty_struct(struct tty_driver *driver, int idx)
{
	struct tty_struct *tty = kzalloc(sizeof(*tty), GFP_KERNEL);

	tty->ops = driver->ops;
	memcpy(&tty->termios, &driver->init_termios, sizeof(tty->termios));
	tty->index = idx;
	init_waitqueue_head(&tty->write_wait);
	init_waitqueue_head(&tty->read_wait);
	tty->write_cnt = WRITE_CHUNK;
	tty->write_buf = kmalloc(WRITE_CHUNK, GFP_KERNEL);
	tty_ldisc_init(tty);
	return tty;
}

int tty_put_char(struct tty_struct *tty, u8 ch)
{
	const struct tty_operations *driver = tty->ops;

	return driver->put_char ? driver->put_char(tty, ch) : (int)driver->write(tty, &ch, 1);
}

void add_char_device(int major, int minor, const struct file_operations *fops);

/* From now on opening a device of this number reaches tty_open. */
int tty_register_driver(struct tty_driver *driver)
{
	add_char_device(driver->major, driver->minor_start, &tty_fops);
	return 0;
}

/* misc.c: small character devices share one major number. SPDX-License-Identifier: MIT */
#include <linux/miscdevice.h>

static LIST_HEAD(misc_list);
#define list_to_misc(link)	container_of(link, struct miscdevice, list)

/* Opening the device: from here on the file uses the driver's own methods. */
int misc_open(struct inode *inode, struct file *file, int minor)
{
	struct list_head *link = misc_list.next;

	while (link != &misc_list && list_to_misc(link)->minor != minor)
		link = link->next;
	if (link == &misc_list)
		return -ENODEV;
	file->f_op = list_to_misc(link)->fops;
	return file->f_op->open ? file->f_op->open(inode, file) : 0;
}

int misc_register(struct miscdevice *misc)
{
	list_add(&misc->list, &misc_list);
	return 0;
}

void misc_deregister(struct miscdevice *misc)
{
	list_del_init(&misc->list);
}

/* miscdevice.h: a character device with a name and nothing else. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_MISCDEVICE_H
#define SAMPLE_MISCDEVICE_H

#include <linux/fs.h>
#include <linux/list.h>

#define MISC_DYNAMIC_MINOR	255

struct miscdevice {
	int minor;
	const char *name;
	const struct file_operations *fops;
	struct list_head list;
};

int misc_register(struct miscdevice *misc);
void misc_deregister(struct miscdevice *misc);

#endif

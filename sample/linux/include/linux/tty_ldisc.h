/* tty_ldisc.h: the line discipline between the file and the driver. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_TTY_LDISC_H
#define SAMPLE_TTY_LDISC_H

#include <linux/fs.h>

#define N_TTY		0
#define NR_LDISCS	31

struct tty_struct;

struct tty_ldisc_ops {
	const char *name;
	int num;
	int (*open)(struct tty_struct *tty);
	ssize_t (*read)(struct tty_struct *tty, struct file *file, u8 *buf, size_t nr);
	ssize_t (*write)(struct tty_struct *tty, struct file *file, const u8 *buf, size_t nr);
	size_t (*receive_buf2)(struct tty_struct *tty, const u8 *cp, const u8 *fp, size_t count);
};

struct tty_ldisc {
	struct tty_ldisc_ops *ops;
	struct tty_struct *tty;
};

int tty_register_ldisc(struct tty_ldisc_ops *new_ldisc);
int tty_ldisc_init(struct tty_struct *tty);
struct tty_ldisc *tty_ldisc_ref_wait(struct tty_struct *tty);
void tty_ldisc_deref(struct tty_ldisc *ld);
size_t tty_ldisc_receive_buf(struct tty_ldisc *ld, const u8 *p, const u8 *f, size_t count);

#endif

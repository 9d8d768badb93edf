/* tty_driver.h: what a terminal driver offers to the tty layer. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_TTY_DRIVER_H
#define SAMPLE_TTY_DRIVER_H

#include <linux/fs.h>

#define OPOST	0000001u	/* process output at all */
#define ONLCR	0000004u	/* send CR NL for NL */
#define ECHO	0000010u	/* show what is typed */

/* Places of special characters in c_cc. */
#define VINTR	0
#define VERASE	2
#define VKILL	3
#define NCCS	19
#define SIGINT	2

struct ktermios {
	unsigned int c_iflag, c_oflag, c_cflag, c_lflag;
	u8 c_cc[NCCS];
};

extern struct ktermios tty_std_termios;

struct tty_struct;
struct tty_driver;

struct tty_operations {
	int (*install)(struct tty_driver *driver, struct tty_struct *tty);
	int (*open)(struct tty_struct *tty, struct file *filp);
	void (*close)(struct tty_struct *tty, struct file *filp);
	ssize_t (*write)(struct tty_struct *tty, const u8 *buf, size_t count);
	int (*put_char)(struct tty_struct *tty, u8 ch);
	unsigned int (*write_room)(struct tty_struct *tty);
};

struct tty_driver {
	const char *driver_name;
	const char *name;
	int major, minor_start;
	struct ktermios init_termios;
	const struct tty_operations *ops;
};

struct tty_driver *tty_alloc_driver(unsigned int lines, unsigned long flags);
int tty_register_driver(struct tty_driver *driver);

static inline void tty_set_operations(struct tty_driver *driver, const struct tty_operations *op)
{
	driver->ops = op;
}

#endif

/* tty_ioctl.c: settings and state of a terminal. SPDX-License-Identifier: MIT */
#include <linux/tty.h>

/* How many bytes the driver would take now: for hvc, what is free in its buffer. */
unsigned int tty_write_room(struct tty_struct *tty)
{
	return tty->ops->write_room ? tty->ops->write_room(tty) : 2048;
}

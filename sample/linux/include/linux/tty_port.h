/* tty_port.h: the part of a terminal that outlives its open files. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_TTY_PORT_H
#define SAMPLE_TTY_PORT_H

#include <linux/spinlock.h>
#include <linux/workqueue.h>

#define TTY_BUFFER_SIZE	512

struct tty_struct;
struct tty_driver;

/* Input on its way from the driver to the line discipline. */
struct tty_bufhead {
	struct work_struct work;
	u8 data[TTY_BUFFER_SIZE];
	size_t used;
};

struct tty_port {
	struct tty_bufhead buf;
	struct tty_struct *tty;
	spinlock_t lock;
	int count;
};

void tty_port_init(struct tty_port *port);
int tty_port_install(struct tty_port *port, struct tty_driver *driver, struct tty_struct *tty);
void tty_buffer_init(struct tty_port *port);

#endif

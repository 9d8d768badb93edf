/* tty_port.h: the part of a terminal that outlives its open files. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_TTY_PORT_H
#define SAMPLE_TTY_PORT_H

#include <linux/spinlock.h>

struct tty_struct;
struct tty_driver;

struct tty_port {
	struct tty_struct *tty;
	spinlock_t lock;
	int count;
};

void tty_port_init(struct tty_port *port);
int tty_port_install(struct tty_port *port, struct tty_driver *driver, struct tty_struct *tty);
int tty_insert_flip_char(struct tty_port *port, u8 ch, u8 flag);
void tty_flip_buffer_push(struct tty_port *port);

#endif

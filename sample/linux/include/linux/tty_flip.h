/* tty_flip.h: what a driver does with a character that has come in. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_TTY_FLIP_H
#define SAMPLE_TTY_FLIP_H

#include <linux/tty_port.h>

#define TTY_NORMAL	0

void tty_flip_buffer_push(struct tty_port *port);

/* Into the port's buffer; the answer is 0 if that is full. `flag` would tell of a broken line. */
static inline size_t tty_insert_flip_char(struct tty_port *port, u8 ch, u8 flag)
{
	struct tty_bufhead *buffer = &port->buf;
	bool taken = flag == TTY_NORMAL && buffer->used < TTY_BUFFER_SIZE;

	if (taken)
		buffer->data[buffer->used++] = ch;
	return taken;
}

#endif

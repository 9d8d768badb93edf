/* tty_buffer.c: input waits here until a worker thread hands it to the line discipline. SPDX-License-Identifier: MIT */
#include <linux/kernel.h>
#include <linux/tty.h>
#include <linux/tty_flip.h>

#define work_to_port(work)	container_of(work, struct tty_port, buf.work)

size_t tty_ldisc_receive_buf(struct tty_ldisc *ld, const u8 *p, const u8 *f, size_t count)
{
	return ld->ops->receive_buf2 ? ld->ops->receive_buf2(ld->tty, p, f, count) : 0;
}

/* The driver may be in an interrupt; here we may sleep. */
static void flush_to_ldisc(struct work_struct *work)
{
	struct tty_port *port = work_to_port(work);
	struct tty_ldisc *discipline = port->tty ? tty_ldisc_ref_wait(port->tty) : NULL;

	if (discipline) {
		tty_ldisc_receive_buf(discipline, port->buf.data, NULL, port->buf.used);
		port->buf.used = 0;
	}
	tty_ldisc_deref(discipline);
}

void tty_flip_buffer_push(struct tty_port *port)
{
	if (port->buf.used > 0)
		schedule_work(&port->buf.work);
}

void tty_buffer_init(struct tty_port *port)
{
	port->buf.used = 0;
	INIT_WORK(&port->buf.work, flush_to_ldisc);
}

/* tty.h: one open terminal. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_TTY_H
#define SAMPLE_TTY_H

#include <linux/spinlock.h>
#include <linux/tty_driver.h>
#include <linux/tty_ldisc.h>
#include <linux/tty_port.h>
#include <linux/wait.h>

struct tty_struct {
	int index;
	const struct tty_operations *ops;
	struct tty_ldisc *ldisc;
	struct ktermios termios;
	struct mutex atomic_write_lock;
	u8 *write_buf;
	size_t write_cnt;
	wait_queue_head_t write_wait, read_wait;
	void *disc_data;	/* the line discipline's */
	void *driver_data;	/* the driver's */
};

#define O_OPOST(tty)	((tty)->termios.c_oflag & OPOST)
#define L_ECHO(tty)	((tty)->termios.c_lflag & ECHO)
#define key_of(tty, which)	((tty)->termios.c_cc[(which)])	/* which key means this? */
#define O_ONLCR(tty)	((tty)->termios.c_oflag & ONLCR)

unsigned int tty_write_room(struct tty_struct *tty);
int tty_put_char(struct tty_struct *tty, u8 ch);
void tty_signal_foreground(struct tty_struct *tty, int sig);
void tty_wakeup(struct tty_struct *tty);
void n_tty_init(void);

#endif

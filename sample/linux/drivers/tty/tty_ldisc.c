/* tty_ldisc.c: the table of line disciplines and the one that a terminal uses. SPDX-License-Identifier: MIT */
#include <linux/slab.h>
#include <linux/tty.h>

static struct tty_ldisc_ops *tty_ldiscs[NR_LDISCS];

int tty_register_ldisc(struct tty_ldisc_ops *new_ldisc)
{
	tty_ldiscs[new_ldisc->num] = new_ldisc;
	return 0;
}

static struct tty_ldisc *tty_ldisc_get(struct tty_struct *tty, int disc)
{
	struct tty_ldisc *fresh = kmalloc(sizeof(*fresh), GFP_KERNEL);

	fresh->ops = tty_ldiscs[disc];
	fresh->tty = tty;
	return fresh;
}

struct tty_ldisc *tty_ldisc_ref_wait(struct tty_struct *tty)
{
	return tty->ldisc;
}

void tty_ldisc_deref(struct tty_ldisc *ld)
{
	(void)ld;
}

int tty_ldisc_init(struct tty_struct *tty)
{
	tty->ldisc = tty_ldisc_get(tty, N_TTY);
	return tty->ldisc->ops->open(tty);
}

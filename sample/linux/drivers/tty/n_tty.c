/* n_tty.c: the usual line discipline; on output it turns a newline into CR NL. SPDX-License-Identifier: MIT */
#include <linux/slab.h>
#include <linux/tty.h>

#define ECHO_ROOM	64

struct n_tty_data {
	unsigned int column;
	u8 echo_buf[ECHO_ROOM];		/* typed, and still to be shown */
	size_t echo_tail, echo_mark;
	struct mutex output_lock;
};

/* One character that needs care. With ONLCR the driver gets CR NL, in a write of its own. The answer is the room used. */
static int do_output_char(u8 c, struct tty_struct *tty, int space)
{
	struct n_tty_data *state = tty->disc_data;
	bool both = c == '\n' && O_ONLCR(tty);
	int needed = both ? 2 : 1;

	if (space < needed)
		return -1;
	if (both)
		tty->ops->write(tty, (const u8 *)"\r\n", 2);
	else
		tty_put_char(tty, c);
	state->column = both || c == '\r' ? 0 : state->column + 1;
	return needed;
}

static int process_output(u8 c, struct tty_struct *tty)
{
	struct n_tty_data *state = tty->disc_data;
	bool sent;

	mutex_lock(&state->output_lock);
	sent = do_output_char(c, tty, (int)tty_write_room(tty)) > 0;
	mutex_unlock(&state->output_lock);
	return sent ? 0 : -1;
}

/* As many ordinary characters as possible in one write of the driver; stops before one that needs care. */
static ssize_t process_output_block(struct tty_struct *tty, const u8 *buf, unsigned int nr)
{
	struct n_tty_data *state = tty->disc_data;
	unsigned int plain = 0, room = tty_write_room(tty);
	ssize_t taken;

	while (plain < nr && plain < room && buf[plain] >= ' ')
		plain++;
	mutex_lock(&state->output_lock);
	taken = tty->ops->write(tty, buf, plain);
	state->column += plain;
	mutex_unlock(&state->output_lock);
	return taken;
}

static size_t __process_echoes(struct tty_struct *tty)
{
	struct n_tty_data *state = tty->disc_data;
	size_t shown = 0;

	for (; state->echo_tail != state->echo_mark; state->echo_tail++, shown++)
		if (do_output_char(state->echo_buf[state->echo_tail % ECHO_ROOM], tty, (int)tty_write_room(tty)) < 0)
			break;
	return shown;
}

/* What was typed comes before what is written now. */
static void process_echoes(struct tty_struct *tty)
{
	struct n_tty_data *state = tty->disc_data;

	if (state->echo_tail == state->echo_mark)
		return;
	mutex_lock(&state->output_lock);
	__process_echoes(tty);
	mutex_unlock(&state->output_lock);
}

static int n_tty_open(struct tty_struct *tty)
{
	tty->disc_data = kzalloc(sizeof(struct n_tty_data), GFP_KERNEL);
	return tty->disc_data ? 0 : -ENOMEM;
}

/* "hello\n" takes two turns: the block "hello", then the newline alone. That is why it kicks the device twice. */
static ssize_t n_tty_write(struct tty_struct *tty, struct file *file, const u8 *buf, size_t nr)
{
	const u8 *b = buf;

	(void)file;
	process_echoes(tty);
	if (!O_OPOST(tty))
		return tty->ops->write(tty, buf, nr);
	while (nr > 0) {
		ssize_t num = process_output_block(tty, b, (unsigned int)nr);

		if (num < 0)
			return num;
		b += num;
		nr -= (size_t)num;
		if (nr == 0 || process_output(*b, tty) < 0)
			break;
		b++;
		nr--;
	}
	return b - buf;
}

static struct tty_ldisc_ops n_tty_ops = {
	.name = "n_tty",
	.num = N_TTY,
	.open = n_tty_open,
	.write = n_tty_write,
};

void n_tty_init(void)
{
	tty_register_ldisc(&n_tty_ops);
}

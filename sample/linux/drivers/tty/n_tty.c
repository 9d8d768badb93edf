/* n_tty.c: the usual line discipline; output gets CR NL for a newline, input becomes lines. SPDX-License-Identifier: MIT */
#include <linux/slab.h>
#include <linux/tty.h>

#define N_TTY_BUF_SIZE	4096
#define ECHO_OP_START	0xff	/* the next byte is to be shown as ^X */
#define ECHO_BLOCK	256

/* What is typed and what is to be shown: two rings; the numbers only grow. */
struct n_tty_data {
	u8 read_buf[N_TTY_BUF_SIZE];
	size_t read_head, canon_head, read_tail;
	u8 echo_buf[N_TTY_BUF_SIZE];
	size_t echo_head, echo_commit, echo_mark, echo_tail;
	unsigned int column;
	struct mutex output_lock;
};

#define read_at(state, i)	((state)->read_buf[(i) % N_TTY_BUF_SIZE])
#define echo_at(state, i)	((state)->echo_buf[(i) % N_TTY_BUF_SIZE])

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

/* ^X for a control character; twice the mark is the byte itself. */
static int n_tty_process_echo_ops(struct tty_struct *tty, size_t *tail, int space)
{
	struct n_tty_data *state = tty->disc_data;
	u8 which = echo_at(state, *tail + 1);
	int needed = which == ECHO_OP_START ? 1 : 2;

	if (space < needed)
		return -1;
	if (needed == 2)
		tty_put_char(tty, '^');
	tty_put_char(tty, needed == 2 ? which ^ 0x40 : which);
	state->column += (unsigned int)needed;
	*tail += 2;
	return needed;
}

/* Show what may be shown, as far as the driver has room. */
static size_t __process_echoes(struct tty_struct *tty)
{
	struct n_tty_data *state = tty->disc_data;
	int used, room = (int)tty_write_room(tty);
	size_t before = state->echo_tail;

	while (state->echo_tail != state->echo_commit) {
		u8 c = echo_at(state, state->echo_tail);

		used = c == ECHO_OP_START ? n_tty_process_echo_ops(tty, &state->echo_tail, room)
					  : do_output_char(c, tty, room);
		if (used < 0)
			break;
		room -= used;
		state->echo_tail += c != ECHO_OP_START;
	}
	return state->echo_tail - before;
}

/* What was echoed so far may go out; it does when there is a block of it. */
static void commit_echoes(struct tty_struct *tty)
{
	struct n_tty_data *state = tty->disc_data;

	state->echo_mark = state->echo_head;
	if (state->echo_head - state->echo_tail < ECHO_BLOCK)
		return;
	mutex_lock(&state->output_lock);
	state->echo_commit = state->echo_head;
	__process_echoes(tty);
	mutex_unlock(&state->output_lock);
}

/* What was typed comes before what is written now. */
static void process_echoes(struct tty_struct *tty)
{
	struct n_tty_data *state = tty->disc_data;

	if (state->echo_tail == state->echo_mark)
		return;
	mutex_lock(&state->output_lock);
	state->echo_commit = state->echo_mark;
	__process_echoes(tty);
	mutex_unlock(&state->output_lock);
}

/* A batch of input is done: show the rest. */
static void flush_echoes(struct tty_struct *tty)
{
	struct n_tty_data *state = tty->disc_data;

	if (!L_ECHO(tty) || state->echo_commit == state->echo_head)
		return;
	mutex_lock(&state->output_lock);
	state->echo_commit = state->echo_head;
	__process_echoes(tty);
	mutex_unlock(&state->output_lock);
}

static void echo_char_raw(u8 c, struct n_tty_data *state)
{
	if (c == ECHO_OP_START)
		echo_at(state, state->echo_head++) = ECHO_OP_START;
	echo_at(state, state->echo_head++) = c;
}

static void echo_char(u8 c, const struct tty_struct *tty)
{
	struct n_tty_data *state = tty->disc_data;
	bool control = (c < ' ' && c != '\t') || c == 0x7f;

	if (control || c == ECHO_OP_START)
		echo_at(state, state->echo_head++) = ECHO_OP_START;
	echo_at(state, state->echo_head++) = c;
}

/* Take the last character, or the whole line, back; on the screen a blank goes over it. */
static void eraser(u8 c, const struct tty_struct *tty)
{
	struct n_tty_data *state = tty->disc_data;
	const char *wipe;

	while (state->read_head > state->canon_head) {
		state->read_head--;
		for (wipe = "\b \b"; *wipe != '\0'; wipe++)
			echo_char_raw((u8)*wipe, state);
		if (c != key_of(tty, VKILL))
			break;
	}
}

/* A signal for whoever runs on the terminal; what was typed before is forgotten. */
static void isig(int sig, struct tty_struct *tty)
{
	struct n_tty_data *state = tty->disc_data;

	tty_signal_foreground(tty, sig);
	state->read_head = state->canon_head = state->read_tail;
	state->echo_head = state->echo_commit = state->echo_mark = state->echo_tail;
}

/* A line is complete: readers may have it. */
static void n_tty_receive_handle_newline(struct tty_struct *tty, u8 c)
{
	struct n_tty_data *state = tty->disc_data;

	read_at(state, state->read_head++) = c;
	state->canon_head = state->read_head;
	wake_up_interruptible(&tty->read_wait);
}

/* An ordinary character: show it and keep it. One place stays free, for the end of the line. */
static void n_tty_receive_char(struct tty_struct *tty, u8 c)
{
	struct n_tty_data *state = tty->disc_data;

	if (L_ECHO(tty)) {
		echo_char(c, tty);
		commit_echoes(tty);
	}
	if (state->read_head - state->read_tail < N_TTY_BUF_SIZE - 1)
		read_at(state, state->read_head++) = c;
}

/* Bytes from the driver. Only some of them mean something to a terminal. */
static size_t n_tty_receive_buf2(struct tty_struct *tty, const u8 *cp, const u8 *fp, size_t count)
{
	size_t i;

	(void)fp;
	for (i = 0; i < count; i++) {
		u8 c = cp[i] == '\r' ? '\n' : cp[i];

		if (c == key_of(tty, VINTR)) {
			isig(SIGINT, tty);
			echo_char(c, tty);
		} else if (c == key_of(tty, VERASE) || c == key_of(tty, VKILL)) {
			eraser(c, tty);
		} else if (c == '\n') {
			echo_char_raw(c, tty->disc_data);
			n_tty_receive_handle_newline(tty, c);
		} else {
			n_tty_receive_char(tty, c);
			continue;
		}
		commit_echoes(tty);
	}
	flush_echoes(tty);
	return count;
}

static int n_tty_open(struct tty_struct *tty)
{
	tty->disc_data = kzalloc(sizeof(struct n_tty_data), GFP_KERNEL);
	return tty->disc_data ? 0 : -ENOMEM;
}

/* One line, or as much of it as the reader has room for. */
static ssize_t n_tty_read(struct tty_struct *tty, struct file *file, u8 *kbuf, size_t nr)
{
	struct n_tty_data *state = tty->disc_data;
	size_t got = 0;

	if ((file->f_flags & O_NONBLOCK) && state->canon_head == state->read_tail)
		return -EAGAIN;
	wait_event_interruptible(tty->read_wait, state->canon_head != state->read_tail);
	while (got < nr && state->read_tail < state->canon_head) {
		kbuf[got] = read_at(state, state->read_tail++);
		if (kbuf[got++] == '\n')
			break;
	}
	return got ? (ssize_t)got : -EINTR;
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
	.read = n_tty_read,
	.write = n_tty_write,
	.receive_buf2 = n_tty_receive_buf2,
};

void n_tty_init(void)
{
	tty_register_ldisc(&n_tty_ops);
}

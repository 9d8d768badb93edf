/* hvc_console.c: /dev/hvc0; keeps a page of output and pushes it to the carrier. SPDX-License-Identifier: MIT */
#include "hvc_console.h"

#include <linux/kthread.h>
#include <linux/slab.h>
#include <linux/tty_flip.h>

#define N_INBUF		16
#define HVC_POLL_READ	0x1
#define HVC_POLL_WRITE	0x2

static struct tty_driver *hvc_driver;
static struct task_struct *hvc_task;
static int hvc_kicked;
static int hvc_init(void);

static LIST_HEAD(hvc_structs);
static DEFINE_MUTEX(hvc_structs_mutex);
#define list_to_hvc(link)	container_of(link, struct hvc_struct, next)

static const struct hv_ops *cons_ops[MAX_NR_HVC_CONSOLES];
static uint32_t vtermnos[MAX_NR_HVC_CONSOLES];

static struct hvc_struct *hvc_get_by_index(int index)
{
	struct list_head *link = hvc_structs.next;

	while (link != &hvc_structs && list_to_hvc(link)->index != index)
		link = link->next;
	return link == &hvc_structs ? NULL : list_to_hvc(link);
}

/* Book a number for a console that shows up early. */
int hvc_instantiate(uint32_t vtermno, int index, const struct hv_ops *ops)
{
	bool free = index >= 0 && index < MAX_NR_HVC_CONSOLES && !cons_ops[index];

	if (free) {
		cons_ops[index] = ops;
		vtermnos[index] = vtermno;
	}
	return free ? 0 : -1;
}

/* Wake khvcd: there may be output left over, or somebody to tell that there is room again. */
void hvc_kick(void)
{
	hvc_kicked = 1;
	wake_up_process(hvc_task);
}

static int hvc_install(struct tty_driver *driver, struct tty_struct *tty)
{
	struct hvc_struct *mine = hvc_get_by_index(tty->index);

	tty->driver_data = mine;
	return mine ? tty_port_install(&mine->port, driver, tty) : -ENODEV;
}

static int hvc_open(struct tty_struct *tty, struct file *filp)
{
	struct hvc_struct *mine = tty->driver_data;
	int failed = 0;

	(void)filp;
	mine->port.tty = tty;
	if (mine->port.count++ == 0 && mine->ops->notifier_add)
		failed = mine->ops->notifier_add(mine, mine->data);
	hvc_kick();
	return failed;
}

static void hvc_close(struct tty_struct *tty, struct file *filp)
{
	struct hvc_struct *mine = tty->driver_data;
	bool last = --mine->port.count == 0;

	(void)filp;
	if (last && mine->ops->notifier_del)
		mine->ops->notifier_del(mine, mine->data);
	mine->port.tty = last ? NULL : mine->port.tty;
}

/* Give what is buffered to the carrier. It returns only when the device has taken it. An error loses the bytes. */
static int hvc_push(struct hvc_struct *hp)
{
	int n = (int)hp->ops->put_chars(hp->vtermno, hp->outbuf, (size_t)hp->n_outbuf);
	bool later = n == 0 || n == -EAGAIN;
	int left = later ? hp->n_outbuf : n < 0 ? 0 : hp->n_outbuf - n;

	if (left > 0 && !later)
		memmove(hp->outbuf, &hp->outbuf[n], (size_t)left);
	hp->n_outbuf = left;
	hp->do_wakeup |= later || left == 0;
	return later ? 0 : n;
}

/* Fill the buffer and push it, with interrupts off, until all is gone or the carrier takes no more. */
static ssize_t hvc_write(struct tty_struct *tty, const u8 *buf, size_t count)
{
	struct hvc_struct *mine = tty->driver_data;
	size_t done = 0;
	unsigned long irqs;
	int pushed = 1;

	if (!mine || mine->port.count <= 0)
		return -EIO;
	while (done < count && pushed) {
		size_t part = min((size_t)(mine->outbuf_size - mine->n_outbuf), count - done);

		spin_lock_irqsave(&mine->lock, irqs);
		memcpy(&mine->outbuf[mine->n_outbuf], &buf[done], part);
		mine->n_outbuf += (int)part;
		pushed = mine->n_outbuf > 0 ? hvc_push(mine) : 0;
		spin_unlock_irqrestore(&mine->lock, irqs);
		done += part;
	}
	hvc_kick();
	return (ssize_t)done;
}

static unsigned int hvc_write_room(struct tty_struct *tty)
{
	struct hvc_struct *mine = tty->driver_data;

	return mine ? (unsigned int)(mine->outbuf_size - mine->n_outbuf) : 0;
}

/* Push leftovers, fetch input, wake writers. The answer says what is still to do. */
static int __hvc_poll(struct hvc_struct *hp, bool may_sleep)
{
	int todo = hp->irq_requested ? 0 : HVC_POLL_READ;
	u8 typed[N_INBUF];
	unsigned long irqs;
	ssize_t i, n = 0;

	(void)may_sleep;
	spin_lock_irqsave(&hp->lock, irqs);
	if (hp->n_outbuf > 0 && hvc_push(hp) == 0)
		todo |= HVC_POLL_WRITE;
	do {
		for (i = 0; i < n; i++)
			tty_insert_flip_char(&hp->port, typed[i], TTY_NORMAL);
		n = hp->ops->get_chars(hp->vtermno, typed, N_INBUF);
	} while (n > 0);
	if (hp->do_wakeup && hp->port.tty)
		tty_wakeup(hp->port.tty);
	hp->do_wakeup = 0;
	spin_unlock_irqrestore(&hp->lock, irqs);
	tty_flip_buffer_push(&hp->port);
	return todo;
}

int hvc_poll(struct hvc_struct *hp)
{
	return __hvc_poll(hp, false);
}

/* The helper thread: looks after all terminals, then sleeps until the next kick. */
static int khvcd(void *unused)
{
	struct list_head *link;

	for (hvc_kicked = 1; !kthread_should_stop(); set_current_state(TASK_INTERRUPTIBLE)) {
		if (!hvc_kicked)
			schedule();
		hvc_kicked = 0;
		mutex_lock(&hvc_structs_mutex);
		for (link = hvc_structs.next; link != &hvc_structs; link = link->next)
			__hvc_poll(list_to_hvc(link), true);
		mutex_unlock(&hvc_structs_mutex);
	}
	return unused != NULL;
}

static const struct tty_operations hvc_ops = {
	.install = hvc_install,
	.open = hvc_open,
	.close = hvc_close,
	.write = hvc_write,
	.write_room = hvc_write_room,
};

/* A new terminal: remember who carries its bytes. */
struct hvc_struct *hvc_alloc(uint32_t vtermno, int data, const struct hv_ops *ops, int outbuf_size)
{
	struct hvc_struct *fresh = kzalloc(sizeof(*fresh) + (size_t)outbuf_size, GFP_KERNEL);
	int slot = 0;

	if (!fresh || (!hvc_driver && hvc_init() != 0))
		return ERR_PTR(-ENOMEM);
	while (slot < MAX_NR_HVC_CONSOLES - 1 && hvc_instantiate(vtermno, slot, ops) != 0)
		slot++;
	fresh->index = slot;
	fresh->vtermno = vtermno;
	fresh->data = data;
	fresh->ops = ops;
	fresh->outbuf_size = outbuf_size;
	tty_port_init(&fresh->port);
	mutex_lock(&hvc_structs_mutex);
	list_add_tail(&fresh->next, &hvc_structs);
	mutex_unlock(&hvc_structs_mutex);
	return fresh;
}

/* First use: register the driver for all hvc terminals and start the helper thread. */
static int hvc_init(void)
{
	struct tty_driver *fresh = tty_alloc_driver(HVC_ALLOC_TTY_ADAPTERS, 0);

	if (IS_ERR(fresh))
		return (int)PTR_ERR(fresh);
	fresh->name = fresh->driver_name = "hvc";
	fresh->init_termios = tty_std_termios;	/* OPOST and ONLCR are set in it */
	fresh->major = HVC_MAJOR;
	tty_set_operations(fresh, &hvc_ops);
	hvc_driver = fresh;
	hvc_task = kthread_run(khvcd, NULL, "hvc helper");
	return tty_register_driver(fresh);
}

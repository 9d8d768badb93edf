/* virtio_console.c: the guest's driver for a virtio console with many ports. SPDX-License-Identifier: MIT */
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/splice.h>
#include <linux/uaccess.h>
#include <linux/virtio_config.h>
#include <linux/virtio_console.h>
#include <linux/virtio_ids.h>
#include <linux/workqueue.h>

#include "../tty/hvc/hvc_console.h"

struct ports_driver_data {
	struct list_head portdevs;
	struct list_head consoles;
	u32 next_vtermno;
};

static struct ports_driver_data pdrvdata;
static DEFINE_SPINLOCK(pdrvdata_lock);

/* The part of a port that only a console has. */
struct console {
	struct list_head list;
	struct hvc_struct *hvc;
	u32 vtermno;
};

struct port_buffer {
	char *buf;
	size_t size;
	size_t len;
	size_t offset;
	struct sg_list *pages;	/* instead of buf, for splice(2) */
};

#define PIPE_PAGES	16

struct sg_list {
	int n;
	size_t len;
	struct scatterlist sg[PIPE_PAGES];
};

struct ports_device {
	struct list_head list;
	struct work_struct control_work;
	struct work_struct config_work;
	struct list_head ports;
	spinlock_t ports_lock;
	spinlock_t c_ivq_lock;
	spinlock_t c_ovq_lock;
	u32 max_nr_ports;
	struct virtio_device *vdev;
	struct virtqueue *c_ivq, *c_ovq;
	struct virtio_console_control cpkt;
	struct virtqueue **in_vqs, **out_vqs;
};

struct port {
	struct list_head list;
	struct ports_device *portdev;
	struct port_buffer *inbuf;
	spinlock_t inbuf_lock;
	spinlock_t outvq_lock;
	struct virtqueue *in_vq, *out_vq;
	struct console cons;
	wait_queue_head_t waitqueue;
	char *name;
	u32 id;
	bool outvq_full;
	bool host_connected;
	bool guest_connected;
};

#define list_to_portdev(link)	container_of(link, struct ports_device, list)
#define list_to_port(link)	container_of(link, struct port, list)
#define list_to_vq(link)	container_of(link, struct virtqueue, list)
#define list_to_console(link)	container_of(link, struct console, list)
#define console_to_port(part)	container_of(part, struct port, cons)
#define control_work_to_portdev(work)	container_of(work, struct ports_device, control_work)
#define config_work_to_portdev(work)	container_of(work, struct ports_device, config_work)

static struct port *find_port_by_vtermno(u32 vtermno)
{
	struct list_head *link;
	struct port *found = NULL;
	unsigned long flags;

	spin_lock_irqsave(&pdrvdata_lock, flags);
	for (link = pdrvdata.consoles.next; link != &pdrvdata.consoles && !found; link = link->next)
		if (list_to_console(link)->vtermno == vtermno)
			found = console_to_port(list_to_console(link));
	spin_unlock_irqrestore(&pdrvdata_lock, flags);
	return found;
}

static struct port *find_port_by_id(struct ports_device *portdev, u32 id);

/* Which port does this device file stand for? */
static struct port *find_port_by_devt(unsigned int dev)
{
	struct list_head *devices = &pdrvdata.portdevs, *link;
	struct port *found = NULL;

	for (link = devices->next; link != devices && !found; link = link->next)
		found = find_port_by_id(list_to_portdev(link), dev & 0xff);
	return found;
}

static struct port *find_port_by_id(struct ports_device *portdev, u32 id)
{
	struct list_head *link;

	for (link = portdev->ports.next; link != &portdev->ports; link = link->next)
		if (list_to_port(link)->id == id)
			return list_to_port(link);
	return NULL;
}

static struct port *find_port_by_vq(struct ports_device *portdev, struct virtqueue *vq)
{
	struct list_head *link;

	for (link = portdev->ports.next; link != &portdev->ports; link = link->next)
		if (list_to_port(link)->in_vq == vq || list_to_port(link)->out_vq == vq)
			return list_to_port(link);
	return NULL;
}

static bool is_console_port(struct port *port)
{
	return port->cons.hvc != NULL;
}

static inline bool use_multiport(struct ports_device *owner)
{
	return __virtio_test_bit(owner->vdev, VIRTIO_CONSOLE_F_MULTIPORT);
}

static void free_buf(struct port_buffer *gone, bool can_sleep)
{
	(void)can_sleep;
	kfree(gone->pages);
	kfree(gone->buf);
	kfree(gone);
}

static struct port_buffer *alloc_buf(struct virtio_device *vdev, size_t buf_size, int pages)
{
	struct port_buffer *fresh = kzalloc(sizeof(*fresh), GFP_KERNEL);

	(void)vdev;	/* for remote processors: not here */
	if (!fresh || pages > 0)
		return fresh;
	fresh->size = buf_size;
	fresh->buf = kmalloc(buf_size, GFP_KERNEL);
	return fresh;
}

/* The oldest buffer that the device has filled. */
static struct port_buffer *get_inbuf(struct port *port)
{
	struct port_buffer *filled = port->inbuf;
	unsigned int len;

	if (filled)
		return filled;
	filled = virtqueue_get_buf(port->in_vq, &len);
	if (filled) {
		filled->len = min_t(size_t, len, filled->size);
		filled->offset = 0;
	}
	return filled;
}

/* Offer an empty buffer to the device, and tell it. */
static int add_inbuf(struct virtqueue *vq, struct port_buffer *buf)
{
	struct scatterlist sg[1];
	int failed;

	sg_init_one(sg, buf->buf, (unsigned int)buf->size);
	failed = virtqueue_add_inbuf(vq, sg, 1, buf, GFP_ATOMIC);
	virtqueue_kick(vq);
	return failed ? failed : (int)vq->num_free;
}

/* Unread input: back to the device, empty. */
static void discard_port_data(struct port *port)
{
	struct port_buffer *filled;

	while (port->portdev && (filled = get_inbuf(port)) != NULL) {
		port->inbuf = NULL;
		if (add_inbuf(port->in_vq, filled) < 0)
			free_buf(filled, false);
	}
}

static bool port_has_data(struct port *port)
{
	struct port_buffer *oldest;
	unsigned long irqs;

	spin_lock_irqsave(&port->inbuf_lock, irqs);
	oldest = port->inbuf = get_inbuf(port);
	spin_unlock_irqrestore(&port->inbuf_lock, irqs);
	return oldest != NULL;
}

/* Eight bytes to the device on the control queue; wait until it has read them. */
static ssize_t __send_control_msg(struct ports_device *portdev, u32 port_id,
				  unsigned int event, unsigned int value)
{
	struct virtio_console_control *message = &portdev->cpkt;
	struct virtqueue *queue = portdev->c_ovq;
	struct scatterlist piece;
	unsigned int len;

	if (use_multiport(portdev) == false)
		return 0;
	spin_lock(&portdev->c_ovq_lock);
	*message = (struct virtio_console_control){ port_id, (u16)event, (u16)value };
	sg_init_one(&piece, message, sizeof(*message));
	if (virtqueue_add_outbuf(queue, &piece, 1, message, GFP_ATOMIC) == 0) {
		virtqueue_kick(queue);
		while (!virtqueue_get_buf(queue, &len) && !virtqueue_is_broken(queue))
			cpu_relax();
	}
	spin_unlock(&portdev->c_ovq_lock);
	return 0;
}

static ssize_t send_control_msg(struct port *port, unsigned int event, unsigned int value)
{
	return port->portdev ? __send_control_msg(port->portdev, port->id, event, value) : 0;
}

/* Free what the device is done with. */
static void reclaim_consumed_buffers(struct port *port)
{
	struct port_buffer *done;
	unsigned int len;

	while ((done = virtqueue_get_buf(port->out_vq, &len)) != NULL) {
		free_buf(done, false);
		port->outvq_full = false;
	}
}

/* The heart of the driver: queue the bytes, kick the device, and for a console spin until it has taken them. */
static ssize_t __send_to_port(struct port *port, struct scatterlist *sg, int nents,
			      size_t in_count, void *data, bool nonblock)
{
	struct virtqueue *queue = port->out_vq;
	unsigned long irqs;
	unsigned int len;
	bool wait;

	spin_lock_irqsave(&port->outvq_lock, irqs);
	reclaim_consumed_buffers(port);
	if (virtqueue_add_outbuf(queue, sg, (unsigned int)nents, data, GFP_ATOMIC) != 0)
		in_count = 0;
	virtqueue_kick(queue);
	port->outvq_full = queue->num_free == 0;
	wait = in_count > 0 && !nonblock;
	while (wait && !virtqueue_is_broken(queue) && !virtqueue_get_buf(queue, &len))
		cpu_relax();
	spin_unlock_irqrestore(&port->outvq_lock, irqs);
	return (ssize_t)in_count;
}

/* Hand out received bytes; a buffer that is empty goes back to the device. */
static ssize_t fill_readbuf(struct port *port, u8 *out_buf, size_t out_count, bool to_user)
{
	struct port_buffer *from;
	const char *bytes;

	if (out_count == 0 || !port_has_data(port))
		return 0;
	from = port->inbuf;
	bytes = from->buf + from->offset;
	out_count = min(out_count, from->len - from->offset);
	if (!to_user)
		memcpy(out_buf, bytes, out_count);
	else if (copy_to_user(out_buf, bytes, out_count) != 0)
		return -EFAULT;
	from->offset += out_count;
	if (from->offset == from->len) {
		port->inbuf = NULL;
		add_inbuf(port->in_vq, from);
	}
	return (ssize_t)out_count;
}

static bool will_read_block(struct port *port)
{
	bool gone = !port->guest_connected;

	/* Nobody at the other end: then there is an end of the file to read. */
	return !gone && port->host_connected && !port_has_data(port);
}

static bool will_write_block(struct port *port)
{
	bool gone = !port->guest_connected, ready;

	if (gone)
		return false;	/* let the writer find out */
	reclaim_consumed_buffers(port);
	ready = port->host_connected && !port->outvq_full;
	return !ready;
}

/* read(2) on /dev/vportNpM. */
static ssize_t port_fops_read(struct file *filp, char *ubuf, size_t count, loff_t *offp)
{
	struct port *source = filp->private_data;
	bool dont_wait = (filp->f_flags & O_NONBLOCK) != 0;

	(void)offp;
	if (will_read_block(source) && dont_wait)
		return -EAGAIN;
	wait_event_interruptible(source->waitqueue, !will_read_block(source));
	return source->guest_connected ? fill_readbuf(source, (u8 *)ubuf, count, true) : -ENODEV;
}

static int wait_port_writable(struct port *port, bool nonblock)
{
	if (will_write_block(port) && nonblock)
		return -EAGAIN;
	wait_event_interruptible(port->waitqueue, !will_write_block(port));
	return port->guest_connected ? 0 : -ENODEV;
}

/* write(2) on /dev/vportNpM: no terminal in between, and no spinning. */
static ssize_t port_fops_write(struct file *filp, const char *ubuf, size_t count, loff_t *offp)
{
	struct port *target = filp->private_data;
	size_t part = min_t(size_t, count, 32768);
	struct scatterlist piece;
	struct port_buffer *copy;
	int failed = wait_port_writable(target, (filp->f_flags & O_NONBLOCK) != 0);

	(void)offp;
	if (failed)
		return failed;
	copy = alloc_buf(target->portdev->vdev, part, 0);
	if (!copy || copy_from_user(copy->buf, ubuf, part) != 0)
		return -EFAULT;
	sg_init_one(&piece, copy->buf, (unsigned int)part);
	return __send_to_port(target, &piece, 1, part, copy, true);
}

/* One page of a pipe into the list, without copying it. */
static int pipe_to_sg(struct pipe_inode_info *pipe, struct pipe_buffer *buf, struct splice_desc *sd)
{
	struct sg_list *list = sd->data;

	if (list->n == PIPE_PAGES || pipe_buf_steal(pipe, buf) != 0)
		return 0;
	list->sg[list->n] = (struct scatterlist){ buf->address, buf->len, true };
	if (list->n > 0)
		list->sg[list->n - 1].last = false;
	list->n++;
	list->len += buf->len;
	return (int)buf->len;
}

/* splice(2) from a pipe: the one way to chains of several descriptors. acrn-dm takes one per chain, and only that. */
static ssize_t port_fops_splice_write(struct pipe_inode_info *pipe, struct file *filp, loff_t *ppos,
				      size_t len, unsigned int flags)
{
	struct port *target = filp->private_data;
	struct sg_list *list = kzalloc(sizeof(*list), GFP_KERNEL);
	struct splice_desc wish = { .total_len = len, .flags = flags, .pos = *ppos, .data = list };
	int failed = list ? wait_port_writable(target, (filp->f_flags & O_NONBLOCK) != 0) : -ENOMEM;
	struct port_buffer *note;

	if (failed)
		return failed;
	note = alloc_buf(target->portdev->vdev, 0, PIPE_PAGES);
	if (!note || __splice_from_pipe(pipe, &wish, pipe_to_sg) <= 0) {
		kfree(list);
		return -ENOMEM;
	}
	note->pages = list;
	return __send_to_port(target, list->sg, list->n, list->len, note, true);
}

/* The last descriptor of /dev/vportNpM is gone: tell the device, and give back what was not read. */
static int port_fops_release(struct inode *inode, struct file *filp)
{
	struct port *closed = filp->private_data;

	(void)inode;
	send_control_msg(closed, VIRTIO_CONSOLE_PORT_OPEN, 0);
	spin_lock_irq(&closed->inbuf_lock);
	closed->guest_connected = false;
	discard_port_data(closed);
	spin_unlock_irq(&closed->inbuf_lock);
	spin_lock_irq(&closed->outvq_lock);
	reclaim_consumed_buffers(closed);
	spin_unlock_irq(&closed->outvq_lock);
	return 0;
}

/* Only for ports without a terminal, and for one at a time. */
static int port_fops_open(struct inode *inode, struct file *filp)
{
	struct port *wanted = find_port_by_devt(inode->i_rdev);
	bool taken;

	if (!wanted || is_console_port(wanted))
		return -ENXIO;
	spin_lock_irq(&wanted->inbuf_lock);
	taken = wanted->guest_connected;
	wanted->guest_connected = true;
	spin_unlock_irq(&wanted->inbuf_lock);
	if (taken)
		return -EBUSY;
	spin_lock_irq(&wanted->outvq_lock);
	reclaim_consumed_buffers(wanted);
	spin_unlock_irq(&wanted->outvq_lock);
	filp->private_data = wanted;
	send_control_msg(wanted, VIRTIO_CONSOLE_PORT_OPEN, 1);
	return 0;
}

static const struct file_operations port_fops = {
	.open = port_fops_open,
	.read = port_fops_read,
	.write = port_fops_write,
	.splice_write = port_fops_splice_write,
	.release = port_fops_release,
};

void add_port_device(struct port *port, const struct file_operations *fops);

/* hvc's way to send: the device gets a copy, for hvc reuses its buffer at once. */
static ssize_t put_chars(u32 vtermno, const u8 *buf, size_t count)
{
	struct port *target = find_port_by_vtermno(vtermno);
	void *copy = target ? kmemdup(buf, count, GFP_ATOMIC) : NULL;
	ssize_t sent = target ? -ENOMEM : -EPIPE;
	struct scatterlist piece;

	if (!copy)
		return sent;
	sg_init_one(&piece, copy, (unsigned int)count);
	sent = __send_to_port(target, &piece, 1, count, copy, false);
	kfree(copy);
	return sent;
}

static ssize_t get_chars(u32 vtermno, u8 *buf, size_t count)
{
	struct port *source = find_port_by_vtermno(vtermno);

	return source ? fill_readbuf(source, buf, count, false) : -EPIPE;
}

/* Input comes by interrupt: khvcd need not poll for it. */
static int notifier_add_vio(struct hvc_struct *hp, int data)
{
	hp->irq_requested = 1;
	return find_port_by_vtermno(hp->vtermno) ? data : -EINVAL;
}

static void notifier_del_vio(struct hvc_struct *hp, int data)
{
	hp->irq_requested = data;
}

static const struct hv_ops hv_ops = {
	.get_chars = get_chars,
	.put_chars = put_chars,
	.notifier_add = notifier_add_vio,
	.notifier_del = notifier_del_vio,
};

/* This port is a console: make /dev/hvcN for it and say that we listen. */
static int init_port_console(struct port *port)
{
	u32 number = ++pdrvdata.next_vtermno;
	struct hvc_struct *terminal = hvc_alloc(number, 0, &hv_ops, PAGE_SIZE);

	if (IS_ERR(terminal))
		return (int)PTR_ERR(terminal);
	port->cons.hvc = terminal;
	port->cons.vtermno = number;
	spin_lock_irq(&pdrvdata_lock);
	list_add_tail(&port->cons.list, &pdrvdata.consoles);
	spin_unlock_irq(&pdrvdata_lock);
	port->guest_connected = (port->cons.hvc == terminal);
	send_control_msg(port, VIRTIO_CONSOLE_PORT_OPEN, 1);
	return 0;
}

/* Give the device empty buffers until the queue is full. */
static int fill_queue(struct virtqueue *vq, spinlock_t *lock)
{
	int added = 0, left;

	do {
		struct port_buffer *empty = alloc_buf(vq->vdev, PAGE_SIZE, 0);

		if (!empty)
			return -ENOMEM;
		spin_lock_irq(lock);
		left = add_inbuf(vq, empty);
		spin_unlock_irq(lock);
		if (left < 0) {
			free_buf(empty, true);
			return left;
		}
		added++;
	} while (left > 0);
	return added;
}

/* The device has announced a port: set it up and report it ready. */
static int add_port(struct ports_device *portdev, u32 id)
{
	struct port *fresh = kzalloc(sizeof(*fresh), GFP_KERNEL);
	int filled;

	if (!fresh)
		return -ENOMEM;
	*fresh = (struct port){ .portdev = portdev, .id = id };
	fresh->in_vq = portdev->in_vqs[id];
	fresh->out_vq = portdev->out_vqs[id];
	init_waitqueue_head(&fresh->waitqueue);
	add_port_device(fresh, &port_fops);
	filled = fill_queue(fresh->in_vq, &fresh->inbuf_lock);
	if (filled < 0 && filled != -ENOSPC)
		return filled;
	spin_lock_irq(&portdev->ports_lock);
	list_add_tail(&fresh->list, &portdev->ports);
	spin_unlock_irq(&portdev->ports_lock);
	if (use_multiport(portdev) == false)
		return init_port_console(fresh);	/* the only port is a console */
	send_control_msg(fresh, VIRTIO_CONSOLE_PORT_READY, 1);
	return 0;
}

/* The device has taken the port away. Whoever has it open finds out. */
static void unplug_port(struct port *port)
{
	struct ports_device *owner = port->portdev;
	unsigned long irqs;

	spin_lock_irqsave(&owner->ports_lock, irqs);
	list_del_init(&port->list);
	spin_unlock_irqrestore(&owner->ports_lock, irqs);
	spin_lock_irqsave(&pdrvdata_lock, irqs);
	if (is_console_port(port))
		list_del_init(&port->cons.list);
	spin_unlock_irqrestore(&pdrvdata_lock, irqs);
	spin_lock_irqsave(&port->inbuf_lock, irqs);
	port->guest_connected = port->host_connected = false;
	wake_up_interruptible(&port->waitqueue);
	discard_port_data(port);
	spin_unlock_irqrestore(&port->inbuf_lock, irqs);
	spin_lock_irqsave(&port->outvq_lock, irqs);
	reclaim_consumed_buffers(port);
	spin_unlock_irqrestore(&port->outvq_lock, irqs);
	port->portdev = NULL;	/* who still has it open must not touch the queues */
}

/* One message from the device. */
static void handle_control_message(struct virtio_device *vdev, struct ports_device *portdev,
				   struct port_buffer *buf)
{
	struct virtio_console_control *message = (void *)(buf->buf + buf->offset);
	u32 id = virtio32_to_cpu(vdev, message->id);
	struct port *port = find_port_by_id(portdev, id);
	u16 event = virtio16_to_cpu(vdev, message->event);

	if (!port) {
		if (event == VIRTIO_CONSOLE_PORT_ADD && id < portdev->max_nr_ports)
			add_port(portdev, id);
		return;
	}
	switch (event) {
	case VIRTIO_CONSOLE_PORT_NAME:
		if (!port->name)
			port->name = kmemdup(message + 1, buf->len - sizeof(*message), GFP_KERNEL);
		break;
	case VIRTIO_CONSOLE_PORT_REMOVE:
		unplug_port(port);
		break;
	case VIRTIO_CONSOLE_PORT_OPEN:
		port->host_connected = message->value != 0;
		wake_up_interruptible(&port->waitqueue);
		spin_lock_irq(&port->outvq_lock);
		reclaim_consumed_buffers(port);
		spin_unlock_irq(&port->outvq_lock);
		break;
	case VIRTIO_CONSOLE_CONSOLE_PORT:
		if (is_console_port(port) == false)
			init_port_console(port);
		break;
	}
}

/* Runs in a worker thread: read all messages, give each buffer back. */
static void control_work_handler(struct work_struct *work)
{
	struct ports_device *portdev = control_work_to_portdev(work);
	struct virtqueue *vq = portdev->c_ivq;
	struct port_buffer *letter;
	unsigned int len;

	spin_lock(&portdev->c_ivq_lock);
	while ((letter = virtqueue_get_buf(vq, &len)) != NULL) {
		spin_unlock(&portdev->c_ivq_lock);
		letter->len = min_t(size_t, len, letter->size);
		letter->offset = 0;
		handle_control_message(vq->vdev, portdev, letter);
		spin_lock(&portdev->c_ivq_lock);
		if (add_inbuf(portdev->c_ivq, letter) < 0)
			free_buf(letter, false);
	}
	spin_unlock(&portdev->c_ivq_lock);
}

static void flush_bufs(struct virtqueue *vq, bool can_sleep)
{
	struct port_buffer *used;
	unsigned int len;

	while ((used = virtqueue_get_buf(vq, &len)) != NULL)
		free_buf(used, can_sleep);
}

/* The device has used a buffer of ours: whoever waits for room may go on. */
static void out_intr(struct virtqueue *vq)
{
	struct port *served = find_port_by_vq(vq->vdev->priv, vq);

	if (served)
		wake_up_interruptible(&served->waitqueue);
}

/* Something has come in. A console passes it on to its terminal. */
static void in_intr(struct virtqueue *vq)
{
	struct port *served = find_port_by_vq(vq->vdev->priv, vq);
	int todo = 0;

	if (!served || !port_has_data(served))
		return;
	wake_up_interruptible(&served->waitqueue);
	if (is_console_port(served))
		todo = hvc_poll(served->cons.hvc);
	if (todo)
		hvc_kick();
}

static void control_intr(struct virtqueue *vq)
{
	struct ports_device *owner = vq->vdev->priv;

	schedule_work(&owner->control_work);
}

static void config_intr(struct virtio_device *vdev)
{
	struct ports_device *owner = vdev->priv;

	if (!use_multiport(owner))
		schedule_work(&owner->config_work);
}

static void config_work_handler(struct work_struct *work)
{
	struct ports_device *owner = config_work_to_portdev(work);
	struct virtio_console_config config;

	virtio_cread(owner->vdev, virtio_console_config, cols, &config.cols);
	virtio_cread(owner->vdev, virtio_console_config, rows, &config.rows);
}

/* Two queues per port and two for control messages; each gets the function to call when the device has used it. */
static int init_vqs(struct ports_device *portdev)
{
	u32 i, j, nr_ports = portdev->max_nr_ports;
	u32 nr_queues = use_multiport(portdev) ? (nr_ports + 1) * 2 : 2;
	struct virtqueue_info *vqs_info = kcalloc(nr_queues, sizeof(*vqs_info), GFP_KERNEL);
	struct virtqueue **vqs = kcalloc(nr_queues, sizeof(*vqs), GFP_KERNEL);
	int failed;

	portdev->in_vqs = kcalloc(nr_ports, sizeof(*vqs), GFP_KERNEL);
	portdev->out_vqs = kcalloc(nr_ports, sizeof(*vqs), GFP_KERNEL);
	for (j = 0; j < nr_queues; j += 2) {
		bool control = j == 2;

		vqs_info[j].name = control ? "control-i" : "input";
		vqs_info[j + 1].name = control ? "control-o" : "output";
		if (control) {
			vqs_info[j].callback = control_intr;
			continue;
		}
		vqs_info[j].callback = in_intr;
		vqs_info[j + 1].callback = out_intr;
	}
	failed = virtio_find_vqs(portdev->vdev, nr_queues, vqs, vqs_info, NULL);
	if (failed)
		return failed;
	for (i = 0; i < nr_ports; i++) {
		u32 first = i == 0 ? 0 : i * 2 + 2;

		portdev->in_vqs[i] = vqs[first];
		portdev->out_vqs[i] = vqs[first + 1];
	}
	portdev->c_ivq = nr_queues > 2 ? vqs[2] : NULL;
	portdev->c_ovq = nr_queues > 2 ? vqs[3] : NULL;
	kfree(vqs_info);
	kfree(vqs);
	return 0;
}

/* What the device has used, then what it has not; then the queues themselves. */
static void remove_vqs(struct ports_device *portdev)
{
	struct list_head *ring = &portdev->vdev->vqs, *link;
	struct port_buffer *unused;

	for (link = ring->next; link != ring; link = link->next) {
		struct virtqueue *vq = list_to_vq(link);

		if (vq == portdev->c_ovq)
			continue;	/* its message is a part of portdev */
		flush_bufs(vq, true);
		while ((unused = virtqueue_detach_unused_buf(vq)) != NULL)
			free_buf(unused, true);
	}
	portdev->vdev->config->del_vqs(portdev->vdev);
	kfree(portdev->in_vqs);
	kfree(portdev->out_vqs);
}

static void virtcons_remove(struct virtio_device *vdev)
{
	struct ports_device *gone = vdev->priv;

	virtio_break_device(vdev);
	virtio_reset_device(vdev);
	while (!list_empty(&gone->ports))
		unplug_port(list_to_port(gone->ports.next));
	list_del_init(&gone->list);
	remove_vqs(gone);
	kfree(gone);
}

/* The bus has found a console for us: queues, DRIVER_OK, buffers, and the first message. */
static int virtcons_probe(struct virtio_device *vdev)
{
	struct ports_device *owner = kzalloc(sizeof(*owner), GFP_KERNEL);
	bool multiport;
	int failed;

	if (!owner)
		return -ENOMEM;
	owner->vdev = vdev;
	vdev->priv = owner;
	owner->max_nr_ports = 1;
	multiport = virtio_cread_feature(vdev, VIRTIO_CONSOLE_F_MULTIPORT, virtio_console_config,
					 max_nr_ports, &owner->max_nr_ports) == 0;
	INIT_LIST_HEAD(&owner->ports);
	INIT_WORK(&owner->config_work, &config_work_handler);
	INIT_WORK(&owner->control_work, &control_work_handler);
	failed = init_vqs(owner);
	if (failed)
		return failed;
	virtio_device_ready(owner->vdev);
	if (multiport)
		fill_queue(owner->c_ivq, &owner->c_ivq_lock);
	else
		add_port(owner, 0);
	list_add_tail(&owner->list, &pdrvdata.portdevs);
	__send_control_msg(owner, VIRTIO_CONSOLE_BAD_ID, VIRTIO_CONSOLE_DEVICE_READY, 1);
	return 0;
}

static const struct virtio_device_id id_table[] = {
	{ .device = VIRTIO_ID_CONSOLE, .vendor = VIRTIO_DEV_ANY_ID },
	{ .device = 0 },
};

static const unsigned int features[] = { VIRTIO_CONSOLE_F_SIZE, VIRTIO_CONSOLE_F_MULTIPORT };

static struct virtio_driver virtio_console = {
	.driver.name = "virtio_console",
	.id_table = id_table,
	.feature_table = features, .feature_table_size = ARRAY_SIZE(features),
	.probe = virtcons_probe,
	.remove = virtcons_remove,
	.config_changed = config_intr,
};

static int virtio_console_init(void)
{
	struct list_head *rings[] = { &pdrvdata.portdevs, &pdrvdata.consoles };

	INIT_LIST_HEAD(rings[0]);
	INIT_LIST_HEAD(rings[1]);
	return register_virtio_driver(&virtio_console);
}
module_init(virtio_console_init);

/* virtio_console.c: the console device: ports, control messages, and where the bytes go. SPDX-License-Identifier: MIT */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <termios.h>
#include <unistd.h>

#include "dm.h"
#include "mevent.h"
#include "pci_core.h"
#include "virtio.h"

#define VIRTIO_CONSOLE_RINGSZ		64
#define VIRTIO_CONSOLE_MAXPORTS		16
#define VIRTIO_CONSOLE_MAXQ		(VIRTIO_CONSOLE_MAXPORTS * 2 + 2)

#define VIRTIO_CONSOLE_DEVICE_READY	0
#define VIRTIO_CONSOLE_DEVICE_ADD	1
#define VIRTIO_CONSOLE_PORT_READY	3
#define VIRTIO_CONSOLE_CONSOLE_PORT	4
#define VIRTIO_CONSOLE_PORT_OPEN	6
#define VIRTIO_CONSOLE_PORT_NAME	7

#define VIRTIO_CONSOLE_F_SIZE		0
#define VIRTIO_CONSOLE_F_MULTIPORT	1
#define VIRTIO_CONSOLE_S_HOSTCAPS	((1u << VIRTIO_CONSOLE_F_SIZE) | (1u << VIRTIO_CONSOLE_F_MULTIPORT))

struct virtio_console;
struct virtio_console_port;
typedef void (virtio_console_cb_t)(struct virtio_console_port *port, void *arg, struct iovec *iov, int niov);

enum virtio_console_be_type {
	VIRTIO_CONSOLE_BE_STDIO = 0,
	VIRTIO_CONSOLE_BE_TTY,
	VIRTIO_CONSOLE_BE_PTY,
	VIRTIO_CONSOLE_BE_FILE,
	VIRTIO_CONSOLE_BE_SOCKET,
	VIRTIO_CONSOLE_BE_MAX
};

struct virtio_console_port {
	struct virtio_console *console;
	int id;
	const char *name;
	bool enabled;
	bool is_console;
	bool rx_ready;
	bool open;
	int rxq;
	int txq;
	void *arg;
	virtio_console_cb_t *cb;	/* who gets what the guest writes */
};

struct virtio_console_backend {
	struct virtio_console_port *port;
	struct mevent *evp;
	struct mevent *conn_evp;	/* of the one who has connected to our socket */
	int fd;
	int server_fd;
	bool open;
	enum virtio_console_be_type be_type;
};

struct virtio_console_config {
	uint16_t cols;
	uint16_t rows;
	uint32_t max_nr_ports;
	uint32_t emerg_wr;
} __attribute__((packed));

struct virtio_console {
	struct virtio_base base;
	struct virtio_vq_info queues[VIRTIO_CONSOLE_MAXQ];
	pthread_mutex_t mtx;
	uint64_t features;
	int nports;
	bool ready;
	struct virtio_console_port control_port;
	struct virtio_console_port ports[VIRTIO_CONSOLE_MAXPORTS];
	struct virtio_console_config config;
	int ref_count;		/* backends that the mevent loop may still call */
};

struct virtio_console_control {
	uint32_t id;
	uint16_t event;
	uint16_t value;
} __attribute__((packed));

static void virtio_console_reset(void *vdev);
static int virtio_console_cfgread(void *vdev, int offset, int size, uint32_t *retval);
static void virtio_console_neg_features(void *vdev, uint64_t negotiated_features);
static void virtio_console_teardown_backend(void *param);
static void virtio_console_announce_port(struct virtio_console_port *port);
static void virtio_console_open_port(struct virtio_console_port *port, bool open);
static void virtio_console_control_send(struct virtio_console *console, struct virtio_console_control *ctrl,
					const void *payload, size_t len);

/* Name, queues, size of the configuration, then the functions; the gaps are those that a console does not need. */
static struct virtio_ops virtio_console_ops = {
	"vtcon", VIRTIO_CONSOLE_MAXQ, sizeof(struct virtio_console_config),
	virtio_console_reset, NULL, virtio_console_cfgread, NULL, virtio_console_neg_features, NULL,
};

static const char *virtio_console_be_table[VIRTIO_CONSOLE_BE_MAX] = { "stdio", "tty", "pty", "file", "socket" };

/* The terminal that acrn-dm was started from, as it was. */
static struct termios virtio_console_saved_tio;
static int virtio_console_saved_flags = -1;

static void virtio_console_reset(void *vdev)
{
	struct virtio_console *self = vdev;

	virtio_reset_dev(&self->base);
}

static void virtio_console_neg_features(void *vdev, uint64_t negotiated_features)
{
	struct virtio_console *self = vdev;

	self->features = negotiated_features;
}

static int virtio_console_cfgread(void *vdev, int offset, int size, uint32_t *retval)
{
	struct virtio_console *self = vdev;

	memcpy(retval, (char *)&self->config + offset, (size_t)size);
	return 0;
}

/* Queues 0 and 1 are port 0, queues 2 and 3 control messages, then two for each port. */
static inline struct virtio_console_port *virtio_console_vq_to_port(struct virtio_console *console,
								     struct virtio_vq_info *vq)
{
	unsigned int pair = vq->num / 2u;

	switch (pair) {
	case 0: return console->ports;
	case 1: return &(console->control_port);
	default: return console->ports + (pair - 1);
	}
}

static inline struct virtio_vq_info *virtio_console_port_to_vq(struct virtio_console_port *port, bool tx_queue)
{
	return &port->console->queues[tx_queue ? port->txq : port->rxq];
}

/* One more port. What the guest writes to it goes to `cb`. tx and rx are seen from the host. */
static struct virtio_console_port *virtio_console_add_port(struct virtio_console *console, const char *name,
							   virtio_console_cb_t *cb, void *arg, bool is_console)
{
	int number = console->nports;
	struct virtio_console_port *port = console->ports + number;

	if (number >= VIRTIO_CONSOLE_MAXPORTS)
		return NULL;
	*port = (struct virtio_console_port){ .id = number, .name = name, .is_console = is_console };
	port->txq = number > 0 ? 2 * number + 2 : 0;
	port->rxq = 1 + port->txq;
	port->cb = cb;
	port->arg = arg;
	port->enabled = 1;
	console->nports = number + 1;
	port->console = console;
	return port;
}

/* Control messages of the guest: it has a driver; it has set up a port. */
static void virtio_console_control_tx(struct virtio_console_port *port, void *arg, struct iovec *iov, int niov)
{
	struct virtio_console *self = port->console;
	const struct virtio_console_control *said = iov->iov_base;
	struct virtio_console_port *one = self->ports, *end = one + self->nports;

	(void)arg; (void)niov;
	if (said->event == VIRTIO_CONSOLE_DEVICE_READY) {
		for (self->ready = true; one < end; one++) {
			virtio_console_announce_port(one);
			if (one->open)
				virtio_console_open_port(one, true);
		}
	} else if (said->event == VIRTIO_CONSOLE_PORT_READY && said->id < (uint32_t)self->nports) {
		struct virtio_console_control answer = { said->id, VIRTIO_CONSOLE_CONSOLE_PORT, 1 };

		if (one[said->id].is_console)
			virtio_console_control_send(self, &answer, NULL, 0);
	}
}

/* There is a port, and this is its name. */
static void virtio_console_teardown_backend(void *param);
static void virtio_console_announce_port(struct virtio_console_port *port)
{
	struct virtio_console_control added = { (uint32_t)port->id, VIRTIO_CONSOLE_DEVICE_ADD, 1 };
	struct virtio_console_control named = { (uint32_t)port->id, VIRTIO_CONSOLE_PORT_NAME, 1 };

	virtio_console_control_send(port->console, &added, NULL, 0);
	virtio_console_control_send(port->console, &named, port->name, strlen(port->name));
}

/* Before the guest has a driver, only remember it. */
static void virtio_console_open_port(struct virtio_console_port *port, bool open)
{
	struct virtio_console_control opened = { (uint32_t)port->id, VIRTIO_CONSOLE_PORT_OPEN, open };

	port->open = open;
	if (port->console->ready)
		virtio_console_control_send(port->console, &opened, NULL, 0);
}

/* A message to the guest: into one of the buffers that it has put into queue 2. */
static void virtio_console_control_send(struct virtio_console *console, struct virtio_console_control *ctrl,
					const void *payload, size_t len)
{
	struct virtio_vq_info *vq = virtio_console_port_to_vq(&console->control_port, true);
	struct iovec iov;
	uint16_t idx;

	if (!vq_has_descs(vq) || vq_getchain(vq, &idx, &iov, 1, NULL) < 1)
		return;
	memcpy(iov.iov_base, ctrl, sizeof(*ctrl));
	if (payload)
		memcpy((char *)iov.iov_base + sizeof(*ctrl), payload, len);
	vq_relchain(vq, idx, (uint32_t)(sizeof(*ctrl) + len));
	vq_endchains(vq, 1);
}

/* The guest has written: hand each chain to the port's function and return it. One descriptor per chain, no more. */
static void virtio_console_notify_tx(void *vdev, struct virtio_vq_info *vq)
{
	struct virtio_console_port *port = virtio_console_vq_to_port(vdev, vq);
	struct iovec written;
	uint16_t head;

	while (vq_has_descs(vq) && vq_getchain(vq, &head, &written, 1, NULL) > 0) {
		if (port->cb)
			port->cb(port, port->arg, &written, 1);
		vq_relchain(vq, head, 0);	/* 0: we have put nothing into the buffer */
	}
	vq_endchains(vq, 1);
}

/* The guest has given us empty buffers. The first time will do: do not kick for more. */
static void virtio_console_notify_rx(void *vdev, struct virtio_vq_info *vq)
{
	struct virtio_console_port *port = virtio_console_vq_to_port(vdev, vq);

	if (!port->rx_ready && vq_has_descs(vq))
		vq->used->flags |= VRING_USED_F_NO_NOTIFY;
	port->rx_ready = 1;
}

static void virtio_console_reset_backend(struct virtio_console_backend *be)
{
	int fd = be->fd;

	be->open = false;
	be->fd = -1;
	if (be->evp != NULL)
		mevent_disable(be->evp);
	if (fd > STDERR_FILENO)
		close(fd);
}

/* The one at the other end has gone; the socket itself stays, for the next one. */
static void virtio_console_socket_clear(struct virtio_console_backend *be)
{
	struct mevent *watched = be->conn_evp;

	be->conn_evp = NULL;
	if (watched)
		mevent_delete(watched);
	if (be->fd >= 0)
		close(be->fd);
	be->fd = -1;
}

/* The outside has sent something: read it straight into the guest's buffers. */
static void virtio_console_backend_read(int fd, enum ev_type t, void *arg)
{
	struct virtio_console_backend *from = arg;
	struct virtio_vq_info *vq = virtio_console_port_to_vq(from->port, true);
	char nobody_listens[256];
	struct iovec space;
	ssize_t got = 1;
	uint16_t head;

	(void)t;
	if (!from->open || !from->port->rx_ready || !vq_has_descs(vq))
		got = read(fd, nobody_listens, sizeof(nobody_listens));
	while (from->open && vq_has_descs(vq) && vq_getchain(vq, &head, &space, 1, NULL) == 1) {
		got = readv(fd, &space, 1);
		if (got <= 0) {
			vq_retchain(vq);
			break;
		}
		vq_relchain(vq, head, (uint32_t)got);
	}
	vq_endchains(vq, 1);
	if (got > 0 || (got < 0 && errno == EAGAIN))
		return;
	if (from->conn_evp)
		virtio_console_socket_clear(from);
	else
		virtio_console_reset_backend(from);
}

/* Here the bytes leave the device model. What the outside cannot take now is lost. */
static void virtio_console_backend_write(struct virtio_console_port *port, void *arg, struct iovec *iov, int niov)
{
	struct virtio_console_backend *to = arg;
	ssize_t sent = 1;

	if (to->fd >= 0 && port->enabled)
		sent = writev(to->fd, iov, niov);
	if (sent > 0 || errno == EAGAIN || errno == ENOTCONN)
		return;
	if (to->conn_evp)
		virtio_console_socket_clear(to);
	else
		virtio_console_reset_backend(to);
}

static void virtio_console_restore_stdio(void)
{
	if (virtio_console_saved_flags >= 0) {
		(void)fcntl(STDIN_FILENO, F_SETFL, virtio_console_saved_flags);
		(void)tcsetattr(STDIN_FILENO, TCSANOW, &virtio_console_saved_tio);
	}
	stdio_in_use = false;
}

static bool virtio_console_backend_can_read(enum virtio_console_be_type be_type)
{
	return be_type != VIRTIO_CONSOLE_BE_FILE;
}

static int virtio_console_open_backend(const char *path, enum virtio_console_be_type be_type)
{
	struct sockaddr_un door = { .sun_family = AF_UNIX };
	bool had = stdio_in_use;
	int master;

	if (be_type == VIRTIO_CONSOLE_BE_STDIO) {
		stdio_in_use = true;
		return had ? -1 : STDIN_FILENO;	/* it is both ways */
	}
	if (be_type == VIRTIO_CONSOLE_BE_PTY) {
		master = posix_openpt(O_NOCTTY | O_RDWR);
		return master >= 0 && grantpt(master) == 0 && unlockpt(master) == 0 ? master : -1;
	}
	if (path && be_type == VIRTIO_CONSOLE_BE_TTY)
		return open(path, O_NONBLOCK | O_RDWR);
	if (path && be_type == VIRTIO_CONSOLE_BE_FILE)
		return open(path, O_APPEND | O_CREAT | O_NONBLOCK | O_WRONLY, 0666);
	if (!path || be_type != VIRTIO_CONSOLE_BE_SOCKET)
		return -1;
	unlink(path);
	strncpy(door.sun_path, path, sizeof(door.sun_path) - 1);
	master = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0);
	return bind(master, (struct sockaddr *)&door, sizeof(door)) == 0 && listen(master, 1) == 0 ? master : -1;
}

static int make_socket_non_blocking(int fd)
{
	int now = fcntl(fd, F_GETFL, 0);

	return now < 0 ? -1 : fcntl(fd, F_SETFL, now | O_NONBLOCK);
}

/* Somebody connects to our socket: from now on the bytes go there. */
static void virtio_console_accept_new_connection(int fd, enum ev_type t, void *arg)
{
	struct virtio_console_backend *to = arg;
	int caller = accept(fd, NULL, NULL);

	if (caller < 0 || t != EVF_READ)
		return;
	to->fd = caller;
	to->conn_evp = mevent_add(caller, EVF_READ, virtio_console_backend_read, to, NULL, NULL);
	if (make_socket_non_blocking(caller) < 0)
		pr_warn("a slow reader will stop the guest\n");
}

/* A terminal outside shall pass every byte as it is; the guest has its own. */
static int virtio_console_config_backend(struct virtio_console_backend *be)
{
	struct termios raw;

	if (!isatty(be->fd) || tcgetattr(be->fd, &raw) != 0)
		return 0;
	if (be->fd == STDIN_FILENO) {	/* it is not ours alone */
		virtio_console_saved_tio = raw;
		virtio_console_saved_flags = fcntl(be->fd, F_GETFL);
		atexit(virtio_console_restore_stdio);
	}
	cfmakeraw(&raw);
	raw.c_oflag |= OPOST;
	tcsetattr(be->fd, TCSANOW, &raw);
	return fcntl(be->fd, F_SETFL, O_NONBLOCK);
}

static enum virtio_console_be_type virtio_console_get_be_type(const char *backend)
{
	unsigned int i = 0;

	while (i < VIRTIO_CONSOLE_BE_MAX && strcasecmp(backend, virtio_console_be_table[i]) != 0)
		i++;
	return i;
}

/* "@stdio:name" or "file:name=path"; the @ makes it a console, /dev/hvcN in the guest. */
static int virtio_console_add_backend(struct virtio_console *console, char *opt)
{
	struct virtio_console_backend *be = calloc(1, sizeof(*be));
	char *kind = strsep(&opt, ":"), *portname = strsep(&opt, "=");
	bool is_console = kind[0] == '@';

	if (!be || !portname)
		return -1;
	be->be_type = virtio_console_get_be_type(is_console ? kind + 1 : kind);
	be->fd = virtio_console_open_backend(opt, be->be_type);
	if (be->fd < 0 || virtio_console_config_backend(be) < 0)
		return -1;
	be->port = virtio_console_add_port(console, portname, virtio_console_backend_write, be, is_console);
	if (!be->port)
		return -1;
	be->server_fd = be->be_type == VIRTIO_CONSOLE_BE_SOCKET ? be->fd : -1;
	if (be->server_fd >= 0)
		be->evp = mevent_add(be->fd, EVF_READ, virtio_console_accept_new_connection, be,
				     virtio_console_teardown_backend, be);
	else if (virtio_console_backend_can_read(be->be_type) && isatty(be->fd))
		be->evp = mevent_add(be->fd, EVF_READ, virtio_console_backend_read, be,
				     virtio_console_teardown_backend, be);
	console->ref_count += be->evp != NULL;
	virtio_console_open_port(be->port, true);
	be->open = true;
	return 0;
}

static int virtio_console_add_backends(struct virtio_console *console, char *opts)
{
	char *one;

	while ((one = strsep(&opts, ",")) != NULL)
		if (virtio_console_add_backend(console, one) != 0)
			return -1;
	return 0;
}

static void virtio_console_close_backend(struct virtio_console_backend *be)
{
	if (be->be_type == VIRTIO_CONSOLE_BE_STDIO)
		virtio_console_restore_stdio();
	else if (be->be_type == VIRTIO_CONSOLE_BE_SOCKET)
		virtio_console_socket_clear(be);
	else if (be->fd >= 0)
		close(be->fd);
	if (be->server_fd >= 0)
		close(be->server_fd);
	be->port->enabled = false;
	free(be);
}

static void virtio_console_destroy(struct virtio_console *console)
{
	virtio_console_reset(console);
	free(console);
}

/* Called by the mevent loop when it has let go of a backend. The last one takes the console along. */
static void virtio_console_teardown_backend(void *param)
{
	struct virtio_console_backend *gone = param;
	struct virtio_console *console = gone->port->console;

	virtio_console_close_backend(gone);
	if (--console->ref_count == 0)
		virtio_console_destroy(console);
}

/* Backends that nobody watches are closed here, the others by the loop. The answer: are there such? */
static int virtio_console_close_all(struct virtio_console *console)
{
	struct mevent *watched[VIRTIO_CONSOLE_MAXPORTS];
	struct virtio_console_port *port = console->ports, *end = port + console->nports;
	int left, count = 0;

	for (; port < end; port++) {
		struct virtio_console_backend *one = port->arg;

		if (port->enabled && one->evp)
			watched[count++] = one->evp;
		else if (port->enabled)
			virtio_console_close_backend(one);
	}
	for (left = count; left > 0; left--)
		mevent_delete(watched[left - 1]);	/* after the last one, console may be gone */
	return count > 0;
}

/* A new console: queues with their functions, PCI identity, interrupts, BAR 0, control port, backends. */
static int virtio_console_init(struct vmctx *ctx, struct pci_vdev *dev, char *opts)
{
	struct virtio_console *console = calloc(1, sizeof(*console));
	int i = VIRTIO_CONSOLE_MAXQ;

	if (!console || !ctx || !opts)
		return -1;
	pthread_mutex_init(&console->mtx, NULL);
	console->config = (struct virtio_console_config){ 80, 25, VIRTIO_CONSOLE_MAXPORTS, 0 };
	virtio_linkup(&console->base, &virtio_console_ops, console, dev, console->queues, BACKEND_VBSU);
	console->base.device_caps = VIRTIO_CONSOLE_S_HOSTCAPS;
	console->base.mtx = &console->mtx;
	while (i-- > 0) {
		console->queues[i].notify = i % 2 == 0 ? virtio_console_notify_rx : virtio_console_notify_tx;
		console->queues[i].qsize = VIRTIO_CONSOLE_RINGSZ;
	}
	pci_set_cfgdata32(dev, PCIR_VENDOR, VIRTIO_DEV_CONSOLE << 16 | VIRTIO_VENDOR);
	pci_set_cfgdata16(dev, PCIR_SUBDEV_0, VIRTIO_TYPE_CONSOLE);
	pci_set_cfgdata8(dev, PCIR_CLASS, PCIC_SIMPLECOMM);
	if (virtio_interrupt_init(&console->base, virtio_uses_msix()) != 0)
		return -1;
	virtio_set_io_bar(&console->base, 0);
	console->control_port = (struct virtio_console_port){ .console = console, .txq = 2, .rxq = 3, .enabled = 1 };
	console->control_port.cb = virtio_console_control_tx;
	return virtio_console_add_backends(console, opts);
}

static void virtio_console_deinit(struct vmctx *ctx, struct pci_vdev *dev, char *opts)
{
	struct virtio_console *console = dev->arg;

	(void)ctx; (void)opts;
	if (console && virtio_console_close_all(console) == 0)
		virtio_console_destroy(console);
}

struct pci_vdev_ops pci_ops_virtio_console = {
	.class_name = "virtio-console",
	.vdev_init = virtio_console_init,
	.vdev_deinit = virtio_console_deinit,
	.vdev_barwrite = virtio_pci_write,
	.vdev_barread = virtio_pci_read,
};
DEFINE_PCI_DEVTYPE(pci_ops_virtio_console);

/* virtio.c: registers and rings of all virtio devices; the device's half of a queue. SPDX-License-Identifier: MIT */
#include "virtio.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/uio.h>
#include <unistd.h>

#include "atomic.h"
#include "dm.h"
#include "vmmapi.h"

#define DEV_STRUCT(base)	((void *)(base))	/* the common part is at the front of the device */
#define base_of(pci)		((struct virtio_base *)(pci)->arg)
#define queue_at(base, i)	((i) < (base)->vops->nvq ? (base)->queues + (i) : NULL)
#define VQ_MAX_DESCRIPTORS	512
#define MSIX_BAR		1
#define MODERN_PIO_BAR		2
#define MODERN_MMIO_BAR		4
#define PART_SIZE		0x1000u	/* of BAR 4: common, interrupt reason, device, notify */
#define PART_OF_RING(offset)	(((offset) - VIRTIO_PCI_COMMON_Q_DESCLO) / 8)
#define HALF(all, which)	((which) > 1 ? 0 : (uint32_t)((all) >> 32 * (which)))
#define LONGEST_SLEEP		10000000
#define FIRST_POLL_AFTER	5	/* seconds: until the guest has come up */

/* --virtio_poll: how long to sleep between two looks, in nanoseconds. */
static long virtio_poll_interval;
static uint8_t virtio_poll_enabled;

/* On an I/O thread: the eventfd of a queue has counted up. */
static void iothread_handler(void *arg)
{
	struct virtio_iothread *viothrd = (struct virtio_iothread *)arg;
	struct virtio_vq_info *queue = viothrd->base->queues + viothrd->idx;
	eventfd_t kicks;

	if (eventfd_read(viothrd->iomvt.fd, &kicks) < 0)
		return;
	pthread_mutex_lock(&queue->mtx);
	if (viothrd->iothread_run)
		(*viothrd->iothread_run)(viothrd->base, queue);
	pthread_mutex_unlock(&queue->mtx);
}

/* Each queue gets an eventfd that the kernel signals and the I/O thread waits for. The console does not ask for it. */
void virtio_set_iothread(struct virtio_base *base, bool is_register, bool ioevent_poll)
{
	int idx;

	for (idx = 0; idx < base->vops->nvq; idx++) {
		struct virtio_vq_info *vq = base->queues + idx;
		struct virtio_iothread *own = &vq->viothrd;

		if (own->ioevent_started == is_register)
			return;
		if (!is_register) {
			virtio_register_ioeventfd(base, idx, false, own->kick_fd);
			iothread_del(own->ioctx, own->kick_fd);
			close(own->kick_fd);
			own->ioevent_started = false;
			continue;
		}
		own->kick_fd = own->iomvt.fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
		own->base = base;
		own->idx = idx;
		vq->viothrd.iothread_run = base->vops->qnotify ? base->vops->qnotify : vq->notify;
		vq->viothrd.iomvt.arg = own;
		vq->viothrd.iomvt.run = iothread_handler;
		if (iothread_add(own->ioctx, own->kick_fd, &own->iomvt) == 0 &&
		    (ioevent_poll || virtio_register_ioeventfd(base, idx, true, own->kick_fd) == 0))
			own->ioevent_started = true;
	}
}

static void virtio_start_timer(struct acrn_timer *timer, time_t sec, long nsec)
{
	struct itimerspec once = { .it_value = { sec, nsec } };

	acrn_timer_settime(timer, &once);
}

/* With --virtio_poll: look at all queues from time to time instead of being kicked. */
static void virtio_poll_timer(void *arg, uint64_t nexp)
{
	struct virtio_base *base = arg;
	struct virtio_vq_info *vq = base->queues, *end = vq + base->vops->nvq;

	(void)nexp;
	VIRTIO_BASE_LOCK(base);
	for (base->polling_in_progress = 1; vq < end; vq++) {
		if (vq_ring_ready(vq) && vq->notify) {
			vq->used->flags = VRING_USED_F_NO_NOTIFY;	/* do not kick, I come by myself */
			(*vq->notify)(DEV_STRUCT(base), vq);
		}
	}
	VIRTIO_BASE_UNLOCK(base);
	virtio_start_timer(&base->polling_timer, 0, virtio_poll_interval);
}

/* Ties the common part to the device, the PCI function and the queues. */
void virtio_linkup(struct virtio_base *base, struct virtio_ops *vops, void *pci_virtio_dev,
		   struct pci_vdev *dev, struct virtio_vq_info *queues, int backend_type)
{
	uint16_t number;

	if (pci_virtio_dev != base) {
		pr_err("%s: the common part must be in front\n", vops->name);
		return;
	}
	dev->arg = pci_virtio_dev;
	base->backend_type = backend_type;
	base->dev = dev;
	base->queues = queues;
	base->vops = vops;
	for (number = 0; number < vops->nvq; number++, queues++) {
		pthread_mutex_init(&queues->mtx, NULL);
		queues->num = number;
		queues->base = base;
	}
}

/* Forget the rings, the features and the vectors. */
void virtio_reset_dev(struct virtio_base *base)
{
	struct virtio_vq_info *queue = base->queues, *end = queue + base->vops->nvq;

	if (base->iothread)
		virtio_set_iothread(base, false, virtio_poll_enabled);
	acrn_timer_deinit(&base->polling_timer);
	for (; queue < end; queue++) {
		queue->enabled = false;
		queue->flags = 0;
		queue->pfn = 0;
		queue->last_avail = queue->save_used = 0;
		queue->msix_idx = VIRTIO_MSI_NO_VECTOR;
	}
	if (base->isr != 0)
		pci_lintr_deassert(base->dev);
	base->msix_cfg_idx = VIRTIO_MSI_NO_VECTOR;
	base->isr = 0;
	base->curq = base->polling_in_progress = 0;
	base->negotiated_caps = 0;
}

/* BAR 0: the legacy registers, then the device's own. */
void virtio_set_io_bar(struct virtio_base *base, int barnum)
{
	size_t common = VIRTIO_PCI_CONFIG_OFF(1), own = base->vops->cfgsize;

	base->legacy_pio_bar_idx = barnum;
	pci_emul_alloc_bar(base->dev, barnum, PCIBAR_IO, common + own);
}

/* MSI-X: a vector per queue and one for the configuration. The line is there in any case. */
int virtio_intr_init(struct virtio_base *base, int barnum, int use_msix)
{
	struct pci_vdev *pci = base->dev;

	base->flags = use_msix ? base->flags | VIRTIO_USE_MSIX : base->flags & ~VIRTIO_USE_MSIX;
	if (use_msix) {
		VIRTIO_BASE_LOCK(base);
		virtio_reset_dev(base);
		VIRTIO_BASE_UNLOCK(base);
		if (pci_emul_add_msixcap(pci, 1 + base->vops->nvq, barnum) < 0)
			return -1;
	}
	if (pci_emul_add_msicap(pci, 1) < 0)
		return -1;
	pci_lintr_request(pci);
	return 0;
}

int virtio_interrupt_init(struct virtio_base *base, int use_msix)
{
	return virtio_intr_init(base, MSIX_BAR, use_msix);
}

/* The guest has written the number of the ring's first page: find descriptors, avail ring and used ring. */
static void virtio_vq_init(struct virtio_base *base, uint32_t pfn)
{
	struct virtio_vq_info *vq = &base->queues[base->curq];
	size_t front = vq->qsize * sizeof(struct vring_desc) + (3 + (size_t)vq->qsize) * sizeof(uint16_t);
	char *ring = paddr_guest2host(base->dev->vmctx, (uint64_t)pfn << VRING_PAGE_BITS,
				      vring_size(vq->qsize, VIRTIO_PCI_VRING_ALIGN));

	vq->pfn = pfn;
	vq->flags = 0;
	if (!ring)
		return;
	vq->desc = (struct vring_desc *)ring;
	vq->avail = (struct vring_avail *)&vq->desc[vq->qsize];
	vq->used = (struct vring_used *)(ring + roundup2(front, (size_t)VIRTIO_PCI_VRING_ALIGN));
	vq->last_avail = vq->save_used = 0;
	mb();
	vq->flags = VQ_ALLOC;
}

/* The modern way: three addresses instead of one. */
static void virtio_vq_enable(struct virtio_base *base)
{
	struct virtio_vq_info *vq = &base->queues[base->curq];
	struct vmctx *ctx = base->dev->vmctx;
	size_t n = vq->qsize;

	vq->desc = paddr_guest2host(ctx, vq->gpa[0], n * sizeof(struct vring_desc));
	vq->avail = paddr_guest2host(ctx, vq->gpa[1], (3 + n) * sizeof(uint16_t));
	vq->used = paddr_guest2host(ctx, vq->gpa[2], 3 * sizeof(uint16_t) + n * sizeof(struct vring_used_elem));
	vq->enabled = vq->desc && vq->avail && vq->used;
	vq->last_avail = vq->save_used = 0;
	mb();
	vq->flags = vq->enabled ? VQ_ALLOC : 0;
}

/* Note one descriptor in the caller's list, with our address of the guest's buffer. */
static inline int _vq_record(int i, volatile struct vring_desc *vd, struct vmctx *ctx, struct iovec *iov,
			     int n_iov, uint16_t *flags)
{
	void *ours = i < n_iov ? paddr_guest2host(ctx, vd->addr, vd->len) : NULL;

	if (!ours)
		return -1;
	iov[i] = (struct iovec){ ours, vd->len };
	if (flags)
		flags[i] = vd->flags;
	return 0;
}

/* The next chain: from its head along the `next` fields. -1: not what a good driver would write. */
int vq_getchain(struct virtio_vq_info *vq, uint16_t *pidx, struct iovec *iov, int n_iov, uint16_t *flags)
{
	struct virtio_base *base = vq->base;
	uint16_t waiting = (uint16_t)(vq->avail->idx - vq->last_avail);
	volatile struct vring_desc *vdir;
	unsigned int next;
	int i = 0;

	if (waiting == 0)
		return 0;
	if (waiting > vq->qsize)
		return -1;
	next = vq->avail->ring[vq->last_avail & (vq->qsize - 1)];
	*pidx = (uint16_t)next;
	vq->last_avail++;
	while (next < vq->qsize && i < VQ_MAX_DESCRIPTORS) {
		vdir = &vq->desc[next];
		if ((vdir->flags & VRING_DESC_F_INDIRECT) != 0 ||
		    _vq_record(i, vdir, base->dev->vmctx, iov, n_iov, flags) != 0)
			break;
		next = vdir->next;
		if (!(vdir->flags & VRING_DESC_F_NEXT))
			return i + 1;	/* the last one */
		i++;
	}
	pr_err("%s: bad chain at %u\n", base->vops->name, next);
	return -1;
}

/* Not now after all. */
void vq_retchain(struct virtio_vq_info *vq)
{
	vq->last_avail--;
}

/* Done with the chain: into the used ring, and only then move the index on. */
void vq_relchain(struct virtio_vq_info *vq, uint16_t idx, uint32_t iolen)
{
	volatile struct vring_used *vuh = vq->used;
	uint16_t uidx = vuh->idx;
	volatile struct vring_used_elem *slot = &vuh->ring[uidx & (vq->qsize - 1)];

	slot->id = idx;
	slot->len = iolen;
	uidx++;
	vuh->idx = uidx;
}

/* Interrupt the guest if something was returned and it wants to know. */
void vq_endchains(struct virtio_vq_info *vq, int used_all_avail)
{
	uint16_t before, now;

	if (!vq || !vq->used)
		return;
	atomic_thread_fence();
	before = vq->save_used;
	now = vq->save_used = vq->used->idx;
	if (now != before && (vq->avail->flags & VRING_AVAIL_F_NO_INTERRUPT) == 0 && used_all_avail >= 0)
		vq_interrupt(vq->base, vq);
}

/* Kick me again. When somebody polls, there is nothing to ask for. */
void vq_clear_used_ring_flags(struct virtio_base *base, struct virtio_vq_info *vq)
{
	bool polled = base->backend_type == BACKEND_VBSU && base->polling_in_progress == 1;

	if (!polled)
		vq->used->flags = (uint16_t)(vq->used->flags & ~VRING_USED_F_NO_NOTIFY);
}

struct config_reg {
	uint16_t offset;
	uint8_t size;
	uint8_t ro;
};

static const struct config_reg legacy_config_regs[] = {
	{ VIRTIO_PCI_HOST_FEATURES, 4, 1 }, { VIRTIO_PCI_GUEST_FEATURES, 4, 0 },
	{ VIRTIO_PCI_QUEUE_PFN, 4, 0 },	    { VIRTIO_PCI_QUEUE_NUM, 2, 1 },
	{ VIRTIO_PCI_QUEUE_SEL, 2, 0 },	    { VIRTIO_PCI_QUEUE_NOTIFY, 2, 0 },
	{ VIRTIO_PCI_STATUS, 1, 0 },	    { VIRTIO_PCI_ISR, 1, 0 },
	{ VIRTIO_MSI_CONFIG_VECTOR, 2, 0 }, { VIRTIO_MSI_QUEUE_VECTOR, 2, 0 },
};

/* The features do not fit into one register: first say which half. The same goes for addresses. */
static const struct config_reg modern_config_regs[] = {
	{ VIRTIO_PCI_COMMON_DFSELECT, 4, 0 },	{ VIRTIO_PCI_COMMON_DF, 4, 1 },
	{ VIRTIO_PCI_COMMON_GFSELECT, 4, 0 },	{ VIRTIO_PCI_COMMON_GF, 4, 0 },
	{ VIRTIO_PCI_COMMON_MSIX, 2, 0 },	{ VIRTIO_PCI_COMMON_NUMQ, 2, 1 },
	{ VIRTIO_PCI_COMMON_STATUS, 1, 0 },	{ VIRTIO_PCI_COMMON_Q_SELECT, 2, 0 },
	{ VIRTIO_PCI_COMMON_Q_SIZE, 2, 0 },	{ VIRTIO_PCI_COMMON_Q_MSIX, 2, 0 },
	{ VIRTIO_PCI_COMMON_Q_ENABLE, 2, 0 },	{ VIRTIO_PCI_COMMON_Q_NOFF, 2, 1 },
	{ VIRTIO_PCI_COMMON_Q_DESCLO, 4, 0 },	{ VIRTIO_PCI_COMMON_Q_DESCHI, 4, 0 },
	{ VIRTIO_PCI_COMMON_Q_AVAILLO, 4, 0 },	{ VIRTIO_PCI_COMMON_Q_AVAILHI, 4, 0 },
	{ VIRTIO_PCI_COMMON_Q_USEDLO, 4, 0 },	{ VIRTIO_PCI_COMMON_Q_USEDHI, 4, 0 },
};

static const struct config_reg *virtio_find_cr(const struct config_reg *regs, size_t count, uint64_t offset)
{
	const struct config_reg *end = regs + count;

	while (regs < end && regs->offset != offset)
		regs++;
	return regs < end ? regs : NULL;
}

static const struct config_reg *virtio_find_legacy_cr(uint64_t offset)
{
	return virtio_find_cr(legacy_config_regs, sizeof(legacy_config_regs) / sizeof(struct config_reg), offset);
}

static const struct config_reg *virtio_find_modern_cr(uint64_t offset)
{
	return virtio_find_cr(modern_config_regs, sizeof(modern_config_regs) / sizeof(struct config_reg), offset);
}

/* The device's own registers come after the common ones; MSI-X, once it is on, moves them up. */
static uint64_t virtio_pci_legacy_read(struct vmctx *ctx, int vcpu, struct pci_vdev *dev, int baridx,
				       uint64_t offset, int size)
{
	struct virtio_base *base = base_of(dev);
	uint64_t own = VIRTIO_PCI_CONFIG_OFF(pci_msix_enabled(dev));
	const struct config_reg *which = virtio_find_legacy_cr(offset);
	struct virtio_vq_info *now = queue_at(base, base->curq);
	uint32_t answer = UINT32_MAX;

	(void)ctx; (void)vcpu; (void)baridx;
	VIRTIO_BASE_LOCK(base);
	if (offset >= own && offset + (uint64_t)size <= own + base->vops->cfgsize) {
		(*base->vops->cfgread)(DEV_STRUCT(base), (int)(offset - own), size, &answer);
	} else if (which && which->size == size) {
		if (offset == VIRTIO_PCI_HOST_FEATURES)
			answer = (uint32_t)base->device_caps;
		else if (offset == VIRTIO_PCI_GUEST_FEATURES)
			answer = (uint32_t)base->negotiated_caps;
		else if (offset == VIRTIO_PCI_QUEUE_NUM)
			answer = now ? now->qsize : 0;
		else if (offset == VIRTIO_PCI_QUEUE_PFN && now)
			answer = now->pfn;
		else if (offset == VIRTIO_PCI_STATUS)
			answer = base->status;
		else if (offset == VIRTIO_MSI_CONFIG_VECTOR)
			answer = base->msix_cfg_idx;
		else if (offset == VIRTIO_MSI_QUEUE_VECTOR)
			answer = now ? now->msix_idx : VIRTIO_MSI_NO_VECTOR;
		else if (offset == VIRTIO_PCI_ISR) {
			answer = base->isr;
			base->isr = 0;	/* reading takes the interrupt back */
			if (answer != 0)
				pci_lintr_deassert(dev);
		}
	}
	VIRTIO_BASE_UNLOCK(base);
	return answer;
}

/* 0 resets. DRIVER_OK starts what the device has asked for: polling, I/O threads; the console neither. */
static void virtio_pci_status_handler(struct virtio_base *base, struct virtio_ops *vops, uint64_t value)
{
	bool ready = (value & VIRTIO_CONFIG_S_DRIVER_OK) != 0;
	struct acrn_timer *look = &base->polling_timer;

	if (vops->reset && value == 0)
		(*vops->reset)(DEV_STRUCT(base));
	if (vops->set_status)
		(*vops->set_status)(DEV_STRUCT(base), value);
	if (base->iothread)
		virtio_set_iothread(base, ready, virtio_poll_enabled);
	if (virtio_poll_enabled && ready) {
		look->clockid = CLOCK_MONOTONIC;
		if (acrn_timer_init(look, virtio_poll_timer, base) == 0)
			virtio_start_timer(look, FIRST_POLL_AFTER, 0);
	}
}

/* Every step of the guest's driver ends here. The notify register is the kick: call the queue's function. */
static void virtio_pci_legacy_write(struct vmctx *ctx, int vcpu, struct pci_vdev *dev, int baridx,
				    uint64_t offset, int size, uint64_t value)
{
	struct virtio_base *base = base_of(dev);
	const struct virtio_ops *vops = base->vops;
	const struct config_reg *which = virtio_find_legacy_cr(offset);
	struct virtio_vq_info *vq;

	(void)ctx; (void)vcpu; (void)baridx;
	if (!which || which->ro || which->size != size)
		return;
	VIRTIO_BASE_LOCK(base);
	vq = queue_at(base, offset == VIRTIO_PCI_QUEUE_NOTIFY ? (int)value : base->curq);
	if (offset == VIRTIO_PCI_QUEUE_NOTIFY) {
		if (vq && vq->notify)
			(*vq->notify)(DEV_STRUCT(base), vq);
		else if (vq && vops->qnotify)
			(*vops->qnotify)(DEV_STRUCT(base), vq);
	} else if (offset == VIRTIO_PCI_QUEUE_SEL) {
		base->curq = (uint16_t)value;
	} else if (offset == VIRTIO_PCI_QUEUE_PFN && vq) {
		virtio_vq_init(base, (uint32_t)value);
	} else if (offset == VIRTIO_MSI_QUEUE_VECTOR && vq) {
		vq->msix_idx = (uint16_t)value;
	} else if (offset == VIRTIO_MSI_CONFIG_VECTOR) {
		base->msix_cfg_idx = (uint16_t)value;
	} else if (offset == VIRTIO_PCI_GUEST_FEATURES) {
		base->negotiated_caps = base->device_caps & value;	/* no more than was offered */
		if (vops->apply_features)
			(*vops->apply_features)(DEV_STRUCT(base), base->negotiated_caps);
	} else if (offset == VIRTIO_PCI_STATUS) {
		base->status = (uint8_t)value;
		virtio_pci_status_handler(base, base->vops, value);
	}
	VIRTIO_BASE_UNLOCK(base);
}

/* A modern device tells by capabilities which part of BAR 4 holds what. */
static int virtio_find_capability(struct virtio_base *base, uint8_t cfg_type)
{
	const uint8_t *config = base->dev->cfgdata;
	int at = config[PCIR_CAP_PTR];

	while (at != 0 && (config[at] != PCIY_VENDOR || config[at + 3] != cfg_type))
		at = config[at + 1];
	return at != 0 ? at : -1;
}

static int virtio_set_modern_mmio_bar(struct virtio_base *base, int barnum)
{
	static const struct { uint8_t type; uint32_t offset; } parts[] = {
		{ VIRTIO_PCI_CAP_COMMON_CFG, VIRTIO_CAP_COMMON_OFFSET },
		{ VIRTIO_PCI_CAP_ISR_CFG, VIRTIO_CAP_ISR_OFFSET },
		{ VIRTIO_PCI_CAP_DEVICE_CFG, VIRTIO_CAP_DEVICE_OFFSET },
		{ VIRTIO_PCI_CAP_NOTIFY_CFG, VIRTIO_CAP_NOTIFY_OFFSET },
	};
	struct virtio_pci_notify_cap told = { .cap.cap_vndr = PCIY_VENDOR, .cap.bar = (uint8_t)barnum };
	unsigned int i;

	told.cap.length = PART_SIZE;
	told.notify_off_multiplier = VIRTIO_MODERN_NOTIFY_OFF_MULT;
	for (i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		bool kick = parts[i].type == VIRTIO_PCI_CAP_NOTIFY_CFG;

		told.cap.cap_len = kick ? sizeof(told) : sizeof(told.cap);
		told.cap.cfg_type = parts[i].type;
		told.cap.offset = parts[i].offset;
		if (pci_emul_add_capability(base->dev, (uint8_t *)&told, told.cap.cap_len) != 0)
			return -1;
	}
	base->modern_mmio_bar_idx = barnum;
	base->cfg_coff = virtio_find_capability(base, VIRTIO_PCI_CAP_COMMON_CFG);
	return pci_emul_alloc_bar(base->dev, barnum, PCIBAR_MEM32, sizeof(parts) / sizeof(parts[0]) * PART_SIZE);
}

/* A port to kick by, too: cheaper, for the instruction need not be decoded. */
static int virtio_set_modern_pio_bar(struct virtio_base *base, int barnum)
{
	struct virtio_pci_notify_cap told = { .cap.cap_vndr = PCIY_VENDOR, .cap.cap_len = sizeof(told) };

	told.cap.cfg_type = VIRTIO_PCI_CAP_NOTIFY_CFG;
	told.cap.bar = (uint8_t)barnum;
	told.cap.length = 4;
	base->modern_pio_bar_idx = barnum;
	if (pci_emul_add_capability(base->dev, (uint8_t *)&told, told.cap.cap_len) != 0)
		return -1;
	return pci_emul_alloc_bar(base->dev, barnum, PCIBAR_IO, told.cap.length);
}

/* For devices that offer VERSION_1; the console does not. */
int virtio_set_modern_bar(struct virtio_base *base, bool use_notify_pio)
{
	int failed = base->device_caps >> VIRTIO_F_VERSION_1 & 1 ? 0 : -1;

	if (!failed && use_notify_pio)
		failed = virtio_set_modern_pio_bar(base, MODERN_PIO_BAR);
	return failed ? failed : virtio_set_modern_mmio_bar(base, MODERN_MMIO_BAR);
}

/* Each part has a page of its own. */
static int virtio_get_cap_id(uint64_t offset, int size)
{
	static const int ids[] = { VIRTIO_PCI_CAP_COMMON_CFG, VIRTIO_PCI_CAP_ISR_CFG, VIRTIO_PCI_CAP_DEVICE_CFG,
				   VIRTIO_PCI_CAP_NOTIFY_CFG };
	uint64_t first = offset / PART_SIZE, last = (offset + (uint64_t)size - 1) / PART_SIZE;

	return first == last && last < sizeof(ids) / sizeof(ids[0]) ? ids[first] : -1;
}

static uint32_t virtio_common_cfg_read(struct pci_vdev *dev, uint64_t offset, int size)
{
	struct virtio_base *base = base_of(dev);
	const struct config_reg *which = virtio_find_modern_cr(offset);
	struct virtio_vq_info *now = queue_at(base, base->curq);

	if (!which || which->size != size)
		return UINT32_MAX >> (32 - 8 * size);
	switch (offset) {
	case VIRTIO_PCI_COMMON_DFSELECT: return base->device_feature_select;
	case VIRTIO_PCI_COMMON_DF: return HALF(base->device_caps, base->device_feature_select);
	case VIRTIO_PCI_COMMON_GFSELECT: return base->driver_feature_select;
	case VIRTIO_PCI_COMMON_GF: return HALF(base->negotiated_caps, base->driver_feature_select);
	case VIRTIO_PCI_COMMON_MSIX: return base->msix_cfg_idx;
	case VIRTIO_PCI_COMMON_NUMQ: return (uint32_t)base->vops->nvq;
	case VIRTIO_PCI_COMMON_STATUS: return base->status;
	case VIRTIO_PCI_COMMON_Q_SELECT:
	case VIRTIO_PCI_COMMON_Q_NOFF: return (uint32_t)base->curq;
	case VIRTIO_PCI_COMMON_Q_SIZE: return now ? now->qsize : 0;
	case VIRTIO_PCI_COMMON_Q_MSIX: return now ? now->msix_idx : VIRTIO_MSI_NO_VECTOR;
	case VIRTIO_PCI_COMMON_Q_ENABLE: return now ? now->enabled : 0;
	default: return now ? HALF(now->gpa[PART_OF_RING(offset)], offset / 4 % 2) : 0;
	}
}

/* The same steps of the guest's driver as with legacy registers. */
static void virtio_common_cfg_write(struct pci_vdev *dev, uint64_t offset, int size, uint64_t value)
{
	struct virtio_base *base = base_of(dev);
	const struct config_reg *which = virtio_find_modern_cr(offset);
	struct virtio_vq_info *now = queue_at(base, base->curq);
	uint64_t *address, half = base->driver_feature_select ? UINT64_MAX << 32 : UINT32_MAX;

	if (!which || which->ro || which->size != size)
		return;
	if (offset == VIRTIO_PCI_COMMON_STATUS) {
		base->status = (uint8_t)value;
		virtio_pci_status_handler(base, base->vops, value);
	} else if (offset == VIRTIO_PCI_COMMON_Q_SELECT) {
		base->curq = (uint16_t)value;
	} else if (offset == VIRTIO_PCI_COMMON_DFSELECT) {
		base->device_feature_select = (uint32_t)value;
	} else if (offset == VIRTIO_PCI_COMMON_GFSELECT) {
		base->driver_feature_select = (uint32_t)value;
	} else if (offset == VIRTIO_PCI_COMMON_GF) {
		value = base->driver_feature_select ? value << 32 : value;
		base->negotiated_caps = (base->negotiated_caps & ~half) | (value & base->device_caps & half);
		if (base->vops->apply_features)
			(*base->vops->apply_features)(DEV_STRUCT(base), base->negotiated_caps);
	} else if (offset == VIRTIO_PCI_COMMON_MSIX) {
		base->msix_cfg_idx = (uint16_t)value;
	} else if (now && offset == VIRTIO_PCI_COMMON_Q_SIZE) {
		now->qsize = (uint16_t)value;
	} else if (now && offset == VIRTIO_PCI_COMMON_Q_MSIX) {
		now->msix_idx = (uint16_t)value;
	} else if (now && offset == VIRTIO_PCI_COMMON_Q_ENABLE) {
		virtio_vq_enable(base);
	} else if (now) {
		address = &now->gpa[PART_OF_RING(offset)];
		if (offset % 8 != 0)
			*address = value << 32 | (*address & UINT32_MAX);
		else
			*address = value | (*address & UINT64_MAX << 32);
	}
}

/* Why the line was asserted; reading takes that back. */
static uint32_t virtio_isr_cfg_read(struct pci_vdev *dev, uint64_t offset, int size)
{
	struct virtio_base *base = base_of(dev);
	uint32_t why = base->isr;

	(void)offset; (void)size;
	if (why != 0)
		pci_lintr_deassert(dev);
	base->isr = 0;
	return why;
}

static uint32_t virtio_device_cfg_read(struct pci_vdev *dev, uint64_t offset, int size)
{
	struct virtio_base *base = base_of(dev);
	uint32_t answer = UINT32_MAX >> (32 - 8 * size);

	if (base->vops->cfgread && offset + (uint64_t)size <= base->vops->cfgsize)
		(*base->vops->cfgread)(DEV_STRUCT(base), (int)offset, size, &answer);
	return answer;
}

static void virtio_device_cfg_write(struct pci_vdev *dev, uint64_t offset, int size, uint64_t value)
{
	struct virtio_base *base = base_of(dev);

	if (base->vops->cfgwrite && offset + (uint64_t)size <= base->vops->cfgsize)
		(*base->vops->cfgwrite)(DEV_STRUCT(base), (int)offset, size, (uint32_t)value);
}

/* Each queue has its own address to write to; the value does not matter. */
static void virtio_notify_cfg_write(struct pci_vdev *dev, uint64_t offset, int size, uint64_t value)
{
	struct virtio_base *base = base_of(dev);
	int number = (int)(offset / VIRTIO_MODERN_NOTIFY_OFF_MULT);
	struct virtio_vq_info *vq = queue_at(base, number);

	(void)size; (void)value;
	if (vq && vq->notify)
		(*vq->notify)(DEV_STRUCT(base), vq);
}

static uint64_t virtio_pci_modern_mmio_read(struct vmctx *ctx, int vcpu, struct pci_vdev *dev, int baridx,
					    uint64_t offset, int size)
{
	struct virtio_base *base = base_of(dev);
	uint64_t inside = offset % PART_SIZE;
	int part = virtio_get_cap_id(offset, size);
	uint32_t answer = UINT32_MAX;

	(void)ctx; (void)vcpu; (void)baridx;
	VIRTIO_BASE_LOCK(base);
	if (part == VIRTIO_PCI_CAP_COMMON_CFG)
		answer = virtio_common_cfg_read(dev, inside, size);
	else if (part == VIRTIO_PCI_CAP_ISR_CFG)
		answer = virtio_isr_cfg_read(dev, inside, size);
	else if (part == VIRTIO_PCI_CAP_DEVICE_CFG)
		answer = virtio_device_cfg_read(dev, inside, size);
	VIRTIO_BASE_UNLOCK(base);
	return answer;
}

static void virtio_pci_modern_mmio_write(struct vmctx *ctx, int vcpu, struct pci_vdev *dev, int baridx,
					 uint64_t offset, int size, uint64_t value)
{
	struct virtio_base *base = base_of(dev);
	uint64_t inside = offset % PART_SIZE;
	int part = virtio_get_cap_id(offset, size);

	(void)ctx; (void)vcpu; (void)baridx;
	VIRTIO_BASE_LOCK(base);
	if (part == VIRTIO_PCI_CAP_NOTIFY_CFG)
		virtio_notify_cfg_write(dev, inside, size, value);
	else if (part == VIRTIO_PCI_CAP_COMMON_CFG)
		virtio_common_cfg_write(dev, inside, size, value);
	else if (part == VIRTIO_PCI_CAP_DEVICE_CFG)
		virtio_device_cfg_write(dev, inside, size, value);
	VIRTIO_BASE_UNLOCK(base);
}

static uint64_t virtio_pci_modern_pio_read(struct vmctx *ctx, int vcpu, struct pci_vdev *dev, int baridx,
					   uint64_t offset, int size)
{
	(void)ctx; (void)vcpu; (void)dev; (void)baridx; (void)offset; (void)size;
	return 0;	/* there is nothing to read at a doorbell */
}

/* A modern device may have its notify register as a port, too. */
static void virtio_pci_modern_pio_write(struct vmctx *ctx, int vcpu, struct pci_vdev *dev, int baridx,
					uint64_t offset, int size, uint64_t value)
{
	struct virtio_base *base = base_of(dev);
	struct virtio_vq_info *vq = queue_at(base, (int)(value & UINT16_MAX));

	(void)ctx; (void)vcpu; (void)baridx; (void)offset; (void)size;
	VIRTIO_BASE_LOCK(base);
	if (vq && vq->notify)
		(*vq->notify)(DEV_STRUCT(base), vq);
	VIRTIO_BASE_UNLOCK(base);
}

uint64_t virtio_pci_read(struct vmctx *ctx, int vcpu, struct pci_vdev *dev, int baridx, uint64_t offset, int size)
{
	const struct virtio_base *base = base_of(dev);

	if (pci_msix_table_bar(dev) == baridx)
		return pci_emul_msix_tread(dev, offset, size);
	if (base->legacy_pio_bar_idx == baridx)
		return virtio_pci_legacy_read(ctx, vcpu, dev, baridx, offset, size);
	return base->modern_mmio_bar_idx == baridx ? virtio_pci_modern_mmio_read(ctx, vcpu, dev, baridx, offset, size)
						   : virtio_pci_modern_pio_read(ctx, vcpu, dev, baridx, offset, size);
}

/* BAR 1 is the MSI-X table, BAR 0 the registers. */
void virtio_pci_write(struct vmctx *ctx, int vcpu, struct pci_vdev *dev, int baridx, uint64_t offset, int size,
		      uint64_t value)
{
	struct virtio_base *base = base_of(dev);

	if (baridx == pci_msix_table_bar(dev))
		pci_emul_msix_twrite(dev, offset, size, value);
	else if (baridx == base->legacy_pio_bar_idx)
		virtio_pci_legacy_write(ctx, vcpu, dev, baridx, offset, size, value);
	else if (baridx == base->modern_mmio_bar_idx)
		virtio_pci_modern_mmio_write(ctx, vcpu, dev, baridx, offset, size, value);
	else if (baridx == base->modern_pio_bar_idx)
		virtio_pci_modern_pio_write(ctx, vcpu, dev, baridx, offset, size, value);
}

int acrn_parse_virtio_poll_interval(const char *optarg)
{
	long nanoseconds = strtol(optarg, NULL, 0);

	if (nanoseconds <= 0 || nanoseconds > LONGEST_SLEEP)
		return -1;
	virtio_poll_interval = nanoseconds;
	virtio_poll_enabled = 1;
	return 0;
}

/* Have the kernel turn writes to a queue's notify address into signals on the eventfd. */
int virtio_register_ioeventfd(struct virtio_base *base, int idx, bool is_register, int fd)
{
	struct pcibar *bar = &base->dev->bar[base->legacy_pio_bar_idx];
	struct acrn_ioeventfd wish = { .fd = fd, .len = 2, .data = (uint64_t)idx };

	wish.addr = bar->addr + VIRTIO_PCI_QUEUE_NOTIFY;
	wish.flags = ACRN_IOEVENTFD_FLAG_PIO | ACRN_IOEVENTFD_FLAG_DATAMATCH;
	if (!is_register)
		wish.flags |= ACRN_IOEVENTFD_FLAG_DEASSIGN;
	if (base->iothread)
		wish.flags |= ACRN_IOEVENTFD_FLAG_ASYNCIO;
	return vm_ioeventfd(base->dev->vmctx, &wish) < 0 ? -1 : 0;
}

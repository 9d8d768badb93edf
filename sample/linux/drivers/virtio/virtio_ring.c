/* virtio_ring.c: the guest's half of a queue: descriptors out, used buffers back. SPDX-License-Identifier: MIT */
#include <linux/mm.h>
#include <linux/virtio_config.h>
#include <linux/virtio_ring.h>

struct vring_desc_state_split {
	void *data;		/* what the driver wants back */
	struct vring_desc *indir_desc;
};

/* Our own copy of each descriptor: the device could scribble on the one in the ring. */
struct vring_desc_extra {
	dma_addr_t addr;
	u32 len;
	u16 flags;
	u16 next;
};

struct vring_virtqueue_split {
	struct vring vring;
	u16 avail_flags_shadow;
	u16 avail_idx_shadow;
	struct vring_desc_state_split *desc_state;
	struct vring_desc_extra *desc_extra;
	dma_addr_t queue_dma_addr;
	size_t queue_size_in_bytes;
};

struct vring_virtqueue {
	struct virtqueue vq;
	bool packed_ring;
	bool weak_barriers;
	bool broken;
	bool indirect;
	unsigned int free_head;
	unsigned int num_added;
	u16 last_used_idx;
	struct vring_virtqueue_split split;
	bool (*notify)(struct virtqueue *vq);
};

#define list_to_vq(link)	container_of(link, struct virtqueue, list)
#define to_vvq(queue)	container_of(queue, struct vring_virtqueue, vq)

static struct virtqueue *__vring_new_virtqueue(unsigned int index, struct vring_virtqueue_split *vring_split,
					       struct virtio_device *vdev, bool weak_barriers,
					       bool (*notify)(struct virtqueue *),
					       void (*callback)(struct virtqueue *), const char *name);

/* Pages in one piece: the device is told only where they begin. */
static void *vring_alloc_queue(size_t size, dma_addr_t *dma_handle)
{
	void *pages = alloc_pages_exact(size, GFP_KERNEL);

	if (pages) {
		memset(pages, 0, size);
		*dma_handle = virt_to_phys(pages);
	}
	return pages;
}

/* Without an IOMMU the address that the device uses is the guest-physical one. */
static dma_addr_t vring_map_one_sg(const struct scatterlist *sg)
{
	return virt_to_phys(sg->address);
}

static void virtqueue_init(struct vring_virtqueue *vq, u32 num)
{
	vq->last_used_idx = vq->num_added = 0;
	vq->vq.num_free = num;
}

/* With an IOMMU the device would lose its access to the buffer here. The answer is the next descriptor. */
static unsigned int vring_unmap_one_split(const struct vring_virtqueue *vq, unsigned int i)
{
	return vq->split.desc_extra[i].next;
}

/* A chain of its own, outside of the ring; in the ring it takes one place. */
static struct vring_desc *alloc_indirect_split(struct virtqueue *_vq, unsigned int total_sg, gfp_t gfp)
{
	return _vq->num_free > 0 ? kcalloc(total_sg, sizeof(struct vring_desc), gfp) : NULL;
}

/* Fill in one descriptor, in the ring or (without `extra`) in a table; the answer is the next free one. */
static inline unsigned int virtqueue_add_desc_split(struct vring_desc *desc, struct vring_desc_extra *extra,
						    unsigned int i, dma_addr_t addr, unsigned int len, u16 flags)
{
	u16 next = extra ? extra[i].next : (u16)(i + 1);

	if (extra)
		extra[i] = (struct vring_desc_extra){ addr, len, flags, next };
	desc[i] = (struct vring_desc){ addr, len, flags, next };
	return next;
}

/* Lay out the descriptors, put the head into the avail ring, and only then move the index on. */
static inline int virtqueue_add_split(struct virtqueue *_vq, struct scatterlist *sgs[], unsigned int total_sg,
				      unsigned int out_sgs, unsigned int in_sgs, void *data, gfp_t gfp)
{
	struct vring_virtqueue *vq = to_vvq(_vq);
	struct vring_virtqueue_split *own = &vq->split;
	struct vring *ring = &own->vring;
	struct vring_desc *table = NULL, *desc = ring->desc;
	struct vring_desc_extra *extra = own->desc_extra;
	unsigned int list, head = vq->free_head, free = head, last = head, places = total_sg;

	if (vq->broken)
		return -EIO;
	if (vq->indirect && total_sg > 1)
		table = alloc_indirect_split(_vq, total_sg, gfp);
	if (table) {
		desc = table;
		extra = NULL;
		free = 0;
		places = 1;
	}
	if (_vq->num_free < places) {
		if (out_sgs)	/* perhaps it has only not been told yet */
			vq->notify(&vq->vq);
		return -ENOSPC;
	}
	for (list = 0; list < out_sgs + in_sgs; list++) {
		u16 flags = VRING_DESC_F_NEXT | (list < out_sgs ? 0 : VRING_DESC_F_WRITE);
		struct scatterlist *piece = sgs[list];

		for (; piece; piece = sg_next(piece)) {
			last = free;
			free = virtqueue_add_desc_split(desc, extra, free, vring_map_one_sg(piece), piece->length, flags);
		}
	}
	desc[last].flags &= (u16)~VRING_DESC_F_NEXT;
	if (table)
		free = virtqueue_add_desc_split(ring->desc, own->desc_extra, head, virt_to_phys(table),
						total_sg * (unsigned int)sizeof(*table), VRING_DESC_F_INDIRECT);
	vq->free_head = free;
	_vq->num_free -= places;
	own->desc_state[head] = (struct vring_desc_state_split){ data, table };
	ring->avail->ring[own->avail_idx_shadow++ & (ring->num - 1)] = (u16)head;
	smp_store_release(&ring->avail->idx, own->avail_idx_shadow);
	vq->num_added++;
	return 0;
}

/* Does the device want to be told? It may have set NO_NOTIFY in the used ring. */
static bool virtqueue_kick_prepare_split(struct virtqueue *_vq)
{
	struct vring_virtqueue *self = to_vvq(_vq);

	self->num_added = 0;
	smp_mb();	/* our index must be out before we read its flag */
	return (self->split.vring.used->flags & VRING_USED_F_NO_NOTIFY) == 0;
}

/* Put the chain's descriptors back on the free list. */
static void detach_buf_split(struct vring_virtqueue *vq, unsigned int head, void **ctx)
{
	struct vring_virtqueue_split *own = &vq->split;
	unsigned int tail = head, count = 1;

	(void)ctx;
	for (; own->vring.desc[tail].flags & VRING_DESC_F_NEXT; count++)
		tail = vring_unmap_one_split(vq, tail);
	own->desc_extra[tail].next = (u16)vq->free_head;
	kfree(own->desc_state[head].indir_desc);
	own->desc_state[head] = (struct vring_desc_state_split){ NULL, NULL };
	vq->vq.num_free += count;
	vq->free_head = head;
}

static bool more_used_split(const struct vring_virtqueue *vq)
{
	return smp_load_acquire(&vq->split.vring.used->idx) != vq->last_used_idx;
}

/* Take the next entry off the used ring, and distrust what it says. */
static void *virtqueue_get_buf_ctx_split(struct virtqueue *_vq, unsigned int *len, void **ctx)
{
	struct vring_virtqueue *self = to_vvq(_vq);
	struct vring *ring = &self->split.vring;
	struct vring_used_elem *entry = &ring->used->ring[self->last_used_idx & (ring->num - 1)];
	void *data;

	if (self->broken || !more_used_split(self))
		return NULL;
	data = entry->id < ring->num ? self->split.desc_state[entry->id].data : NULL;
	if (!data) {
		self->broken = true;
		return NULL;
	}
	*len = entry->len;
	detach_buf_split(self, entry->id, ctx);
	self->last_used_idx++;
	return data;
}

/* What the device has never given back. */
static void *virtqueue_detach_unused_buf_split(struct virtqueue *_vq)
{
	struct vring_virtqueue *self = to_vvq(_vq);
	unsigned int i = 0;
	void *data;

	while (i < self->split.vring.num && !self->split.desc_state[i].data)
		i++;
	if (i == self->split.vring.num)
		return NULL;
	data = self->split.desc_state[i].data;
	detach_buf_split(self, i, NULL);
	return data;
}

/* Without a callback, say so: the device need not interrupt for this queue. */
static void virtqueue_vring_init_split(struct vring_virtqueue_split *vring_split, struct vring_virtqueue *vq)
{
	bool silent = vq->vq.callback == NULL;

	vring_split->avail_flags_shadow = silent ? VRING_AVAIL_F_NO_INTERRUPT : 0;
	vring_split->vring.avail->flags = vring_split->avail_flags_shadow;
}

static void virtqueue_vring_attach_split(struct vring_virtqueue *vq, struct vring_virtqueue_split *vring_split)
{
	vq->split = *vring_split;
	vq->free_head = 0;
}

static struct vring_desc_extra *vring_alloc_desc_extra(unsigned int num);

static int vring_alloc_state_extra_split(struct vring_virtqueue_split *vring_split)
{
	unsigned int num = vring_split->vring.num;

	vring_split->desc_state = kcalloc(num, sizeof(*vring_split->desc_state), GFP_KERNEL);
	vring_split->desc_extra = vring_alloc_desc_extra(num);
	return vring_split->desc_state && vring_split->desc_extra ? 0 : -ENOMEM;
}

static int vring_alloc_queue_split(struct vring_virtqueue_split *vring_split, u32 num, unsigned int vring_align)
{
	size_t size = vring_size(num, vring_align);
	void *pages = vring_alloc_queue(size, &vring_split->queue_dma_addr);

	if (!pages)
		return -ENOMEM;
	vring_split->queue_size_in_bytes = size;
	vring_init(&vring_split->vring, num, pages, vring_align);
	return 0;
}

static struct virtqueue *vring_create_virtqueue_split(unsigned int index, unsigned int num,
						      unsigned int vring_align, struct virtio_device *vdev,
						      bool weak_barriers, bool (*notify)(struct virtqueue *),
						      void (*callback)(struct virtqueue *), const char *name)
{
	struct vring_virtqueue_split fresh = { .avail_idx_shadow = 0 };

	if (vring_alloc_queue_split(&fresh, num, vring_align) != 0)
		return NULL;
	return __vring_new_virtqueue(index, &fresh, vdev, weak_barriers, notify, callback, name);
}

/* At first every descriptor is free and leads to the next one. */
static struct vring_desc_extra *vring_alloc_desc_extra(unsigned int num)
{
	struct vring_desc_extra *chain = kcalloc(num, sizeof(*chain), GFP_KERNEL);
	unsigned int i;

	for (i = 0; chain && i + 1 < num; i++)
		chain[i].next = (u16)(i + 1);
	return chain;
}

/* The sample leaves packed rings out: acrn-dm never offers them. */
static inline int virtqueue_add(struct virtqueue *_vq, struct scatterlist *sgs[], unsigned int total_sg,
				unsigned int out_sgs, unsigned int in_sgs, void *data, gfp_t gfp)
{
	if (to_vvq(_vq)->packed_ring)
		return -EOPNOTSUPP;
	return virtqueue_add_split(_vq, sgs, total_sg, out_sgs, in_sgs, data, gfp);
}

/* A buffer for the device to read. */
int virtqueue_add_outbuf(struct virtqueue *vq, struct scatterlist *sg, unsigned int num, void *data, gfp_t gfp)
{
	return virtqueue_add(vq, &sg, num, 1, 0, data, gfp);
}

/* A buffer for the device to write into. */
int virtqueue_add_inbuf(struct virtqueue *vq, struct scatterlist *sg, unsigned int num, void *data, gfp_t gfp)
{
	return virtqueue_add(vq, &sg, num, 0, 1, data, gfp);
}

bool virtqueue_kick_prepare(struct virtqueue *_vq)
{
	return to_vvq(_vq)->packed_ring ? false : virtqueue_kick_prepare_split(_vq);
}

/* Ask the transport to tell the device: for PCI that is vp_notify. */
bool virtqueue_notify(struct virtqueue *_vq)
{
	struct vring_virtqueue *vq = to_vvq(_vq);
	bool told = vq->broken ? false : vq->notify(_vq);

	vq->broken = !told;
	return told;
}

bool virtqueue_kick(struct virtqueue *vq)
{
	bool wanted = virtqueue_kick_prepare(vq);

	if (wanted)
		return virtqueue_notify(vq);
	return true;
}

void *virtqueue_get_buf_ctx(struct virtqueue *_vq, unsigned int *len, void **ctx)
{
	return to_vvq(_vq)->packed_ring ? NULL : virtqueue_get_buf_ctx_split(_vq, len, ctx);
}

void *virtqueue_get_buf(struct virtqueue *_vq, unsigned int *len)
{
	return virtqueue_get_buf_ctx(_vq, len, NULL);
}

void *virtqueue_detach_unused_buf(struct virtqueue *_vq)
{
	return to_vvq(_vq)->packed_ring ? NULL : virtqueue_detach_unused_buf_split(_vq);
}

static inline bool more_used(const struct vring_virtqueue *vq)
{
	return more_used_split(vq);
}

/* The device's interrupt. A spinning writer may have taken the entry already: then it was not for us. */
irqreturn_t vring_interrupt(int irq, void *_vq)
{
	struct vring_virtqueue *vq = to_vvq((struct virtqueue *)_vq);

	(void)irq;
	if (!more_used(vq))
		return IRQ_NONE;
	if (!vq->broken && vq->vq.callback)
		vq->vq.callback(&vq->vq);
	return IRQ_HANDLED;
}

/* Here a queue learns whom to call: notify towards the device, callback towards the driver. */
static struct virtqueue *__vring_new_virtqueue(unsigned int index, struct vring_virtqueue_split *vring_split,
					       struct virtio_device *vdev, bool weak_barriers,
					       bool (*notify)(struct virtqueue *),
					       void (*callback)(struct virtqueue *), const char *name)
{
	struct vring_virtqueue *vq = kzalloc(sizeof(*vq), GFP_KERNEL);
	int failed = vq ? vring_alloc_state_extra_split(vring_split) : -ENOMEM;
	unsigned int num;

	if (failed)
		return NULL;
	vq->vq = (struct virtqueue){ .index = index, .name = name, .vdev = vdev };
	vq->indirect = virtio_has_feature(vdev, VIRTIO_RING_F_INDIRECT_DESC);
	vq->weak_barriers = weak_barriers;
	vq->notify = notify;
	vq->vq.callback = callback;
	list_add_tail(&vq->vq.list, &vdev->vqs);
	virtqueue_vring_init_split(vring_split, vq);
	num = vring_split->vring.num;
	virtqueue_init(vq, num);
	virtqueue_vring_attach_split(vq, vring_split);
	return &vq->vq;
}

struct virtqueue *vring_create_virtqueue(unsigned int index, unsigned int num, unsigned int vring_align,
					 struct virtio_device *vdev, bool weak_barriers, bool may_reduce_num,
					 bool ctx, bool (*notify)(struct virtqueue *),
					 void (*callback)(struct virtqueue *), const char *name)
{
	bool packed = virtio_has_feature(vdev, VIRTIO_F_RING_PACKED);

	(void)may_reduce_num; (void)ctx;
	if (packed)
		return NULL;
	return vring_create_virtqueue_split(index, num, vring_align, vdev, weak_barriers, notify,
					    callback, name);
}

/* The ring's pages go with the queue. */
void vring_del_virtqueue(struct virtqueue *_vq)
{
	struct vring_virtqueue *gone = to_vvq(_vq);

	list_del_init(&_vq->list);
	free_pages_exact(gone->split.vring.desc, gone->split.queue_size_in_bytes);
	kfree(gone->split.desc_state);
	kfree(gone->split.desc_extra);
	kfree(gone);
}

/* Of the features that concern the ring itself, the sample knows one: give the others up. */
void vring_transport_features(struct virtio_device *vdev)
{
	u64 known = 1ull << VIRTIO_RING_F_INDIRECT_DESC;

	vdev->features &= known | ((1ull << VIRTIO_TRANSPORT_F_START) - 1);
}

bool virtqueue_is_broken(const struct virtqueue *_vq)
{
	return to_vvq((struct virtqueue *)_vq)->broken;
}

/* Nobody shall wait for this device any more. */
void virtio_break_device(struct virtio_device *dev)
{
	struct list_head *link;

	for (link = dev->vqs.next; link != &dev->vqs; link = link->next)
		to_vvq(list_to_vq(link))->broken = true;
}

dma_addr_t virtqueue_get_desc_addr(const struct virtqueue *_vq)
{
	return to_vvq((struct virtqueue *)_vq)->split.queue_dma_addr;
}

dma_addr_t virtqueue_get_used_addr(const struct virtqueue *_vq)
{
	const struct vring_virtqueue_split *own = &to_vvq((struct virtqueue *)_vq)->split;

	return own->queue_dma_addr + (dma_addr_t)((u8 *)own->vring.used - (u8 *)own->vring.desc);
}

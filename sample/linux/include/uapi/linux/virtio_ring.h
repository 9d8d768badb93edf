/* virtio_ring.h: the split ring in guest memory (virtio 1.2, section 2.7). SPDX-License-Identifier: MIT */
#ifndef SAMPLE_UAPI_VIRTIO_RING_H
#define SAMPLE_UAPI_VIRTIO_RING_H

#include <linux/types.h>

#define VRING_DESC_F_NEXT		1
#define VRING_DESC_F_WRITE		2
#define VRING_DESC_F_INDIRECT		4
#define VRING_USED_F_NO_NOTIFY		1
#define VRING_AVAIL_F_NO_INTERRUPT	1
#define VIRTIO_RING_F_INDIRECT_DESC	28
#define VIRTIO_RING_F_EVENT_IDX		29

struct vring_desc {
	__u64 addr;
	__u32 len;
	__u16 flags;
	__u16 next;
};

struct vring_avail {
	__u16 flags;
	__u16 idx;
	__u16 ring[];
};

struct vring_used_elem {
	__u32 id;
	__u32 len;
};

struct vring_used {
	__u16 flags;
	__u16 idx;
	struct vring_used_elem ring[];
};

struct vring {
	unsigned int num;
	struct vring_desc *desc;
	struct vring_avail *avail;
	struct vring_used *used;
};

/* Descriptors and avail ring share the first part; the used ring begins on the next `align` boundary. */
#define VRING_USED_OFFSET(num, align) \
	((16ul * (num) + 2ul * (3 + (num)) + (align) - 1) / (align) * (align))

static inline void vring_init(struct vring *vr, unsigned int num, void *p, unsigned long align)
{
	vr->num = num;
	vr->desc = (struct vring_desc *)p;
	vr->avail = (struct vring_avail *)(vr->desc + num);
	vr->used = (struct vring_used *)((char *)p + VRING_USED_OFFSET(num, align));
}

static inline unsigned int vring_size(unsigned int num, unsigned long align)
{
	return (unsigned int)(VRING_USED_OFFSET(num, align) + 2 * 3 + 8ul * num);
}

#endif

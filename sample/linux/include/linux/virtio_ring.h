/* virtio_ring.h: making a queue. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_VIRTIO_RING_H
#define SAMPLE_VIRTIO_RING_H

#include <linux/interrupt.h>
#include <linux/virtio.h>
#include <uapi/linux/virtio_ring.h>

void vring_del_virtqueue(struct virtqueue *vq);
struct virtqueue *vring_create_virtqueue(unsigned int index, unsigned int num,
					 unsigned int vring_align, struct virtio_device *vdev,
					 bool weak_barriers, bool may_reduce_num, bool ctx,
					 bool (*notify)(struct virtqueue *vq),
					 void (*callback)(struct virtqueue *vq),
					 const char *name);
void vring_transport_features(struct virtio_device *vdev);
irqreturn_t vring_interrupt(int irq, void *_vq);

#endif

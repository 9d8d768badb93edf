/* virtio_config.h: what a transport does for a virtio driver. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_VIRTIO_CONFIG_H
#define SAMPLE_VIRTIO_CONFIG_H

#include <linux/virtio.h>
#include <uapi/linux/virtio_config.h>

struct irq_affinity;
typedef void vq_callback_t(struct virtqueue *vq);

struct virtqueue_info {
	const char *name;
	vq_callback_t *callback;
	bool ctx;
};

struct virtio_config_ops {
	void (*get)(struct virtio_device *vdev, unsigned int offset, void *buf, unsigned int len);
	u8 (*get_status)(struct virtio_device *vdev);
	void (*set_status)(struct virtio_device *vdev, u8 status);
	void (*reset)(struct virtio_device *vdev);
	int (*find_vqs)(struct virtio_device *vdev, unsigned int nvqs, struct virtqueue *vqs[],
			struct virtqueue_info vqs_info[], struct irq_affinity *desc);
	void (*del_vqs)(struct virtio_device *vdev);
	u64 (*get_features)(struct virtio_device *vdev);
	int (*finalize_features)(struct virtio_device *vdev);
};

static inline bool __virtio_test_bit(const struct virtio_device *vdev, unsigned int fbit)
{
	return (vdev->features >> fbit) & 1;
}

static inline bool virtio_has_feature(const struct virtio_device *vdev, unsigned int fbit)
{
	bool agreed = __virtio_test_bit(vdev, fbit);

	return agreed;
}

/* Have the transport make all queues of the device. */
static inline int virtio_find_vqs(struct virtio_device *vdev, unsigned int nvqs, struct virtqueue *vqs[],
				  struct virtqueue_info vqs_info[], struct irq_affinity *desc)
{
	return vdev->config->find_vqs(vdev, nvqs, vqs, vqs_info, desc);
}

/* Last step of the set-up: DRIVER_OK tells the device that its queues may be used. */
static inline void virtio_device_ready(struct virtio_device *dev)
{
	u8 status = dev->config->get_status(dev);

	dev->config->set_status(dev, status | VIRTIO_CONFIG_S_DRIVER_OK);
}

/* A legacy device speaks the guest's own byte order: on x86 that is little endian, nothing to swap. */
static inline u16 virtio16_to_cpu(struct virtio_device *vdev, u16 val)
{
	return vdev ? val : 0;
}

static inline u32 virtio32_to_cpu(struct virtio_device *vdev, u32 val)
{
	return vdev ? val : 0;
}

/* Have the transport read `count` fields of `bytes` bytes each out of the device's own configuration. */
static inline void __virtio_cread_many(struct virtio_device *vdev, unsigned int offset, void *buf,
				       size_t count, size_t bytes)
{
	u8 *to = buf, *end = to + count * bytes;

	for (; to < end; to += bytes, offset += (unsigned int)bytes)
		vdev->config->get(vdev, offset, to, (unsigned int)bytes);
}

/* Read one member of it, always or only if the feature that brings it was agreed on. */
#define virtio_cread(vdev, structname, member, ptr) \
	__virtio_cread_many((vdev), offsetof(struct structname, member), (ptr), 1, sizeof(*(ptr)))

#define virtio_cread_feature(vdev, fbit, structname, member, ptr) \
	(virtio_has_feature(vdev, fbit) ? (virtio_cread(vdev, structname, member, ptr), 0) : -ENOENT)

#endif

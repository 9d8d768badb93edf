/* virtio_pci_modern.c: a virtio PCI device with the registers of virtio 1.0. SPDX-License-Identifier: MIT */
#include "virtio_pci_common.h"

static u64 vp_get_features(struct virtio_device *vdev)
{
	return vp_modern_get_features(&to_vp_device(vdev)->mdev);
}

/* Of the features that concern the transport, the sample knows none. */
static void vp_transport_features(struct virtio_device *vdev, u64 features)
{
	vdev->features |= features & (1ull << VIRTIO_F_VERSION_1);
}

static int vp_finalize_features(struct virtio_device *vdev)
{
	u64 before = vdev->features;

	vring_transport_features(vdev);
	vp_transport_features(vdev, before);
	vp_modern_set_features(&to_vp_device(vdev)->mdev, vdev->features);
	return virtio_has_feature(vdev, VIRTIO_F_VERSION_1) ? 0 : -EINVAL;
}

/* In words of two and four bytes, as wide as the field is. */
static void vp_get(struct virtio_device *vdev, unsigned int offset, void *buf, unsigned int len)
{
	const u8 *field = to_vp_device(vdev)->mdev.device + offset;

	if (len == 1)
		*(u8 *)buf = (u8)ioread8(field);
	else if (len == 2)
		*(u16 *)buf = (u16)ioread16(field);
	else
		*(u32 *)buf = ioread32(field);
}

static u8 vp_get_status(struct virtio_device *vdev)
{
	return vp_modern_get_status(&to_vp_device(vdev)->mdev);
}

static void vp_set_status(struct virtio_device *vdev, u8 status)
{
	BUG_ON(status == 0);	/* that would be a reset */
	vp_modern_set_status(&to_vp_device(vdev)->mdev, status);
}

/* Here, other than with legacy registers, a reset may take a while. */
static void vp_reset(struct virtio_device *vdev)
{
	struct virtio_pci_modern_device *regs = &to_vp_device(vdev)->mdev;

	vp_modern_set_status(regs, 0);
	while (vp_modern_get_status(regs) != 0)
		cpu_relax();
}

/* Tell the device how long the ring is and where its three parts are. */
static int vp_active_vq(struct virtqueue *vq, u16 msix_vec)
{
	struct virtio_pci_modern_device *regs = &to_vp_device(vq->vdev)->mdev;
	u16 which = (u16)vq->index;
	u64 desc = virtqueue_get_desc_addr(vq);
	u64 avail = desc + vq->num_max * sizeof(struct vring_desc);
	u64 used = virtqueue_get_used_addr(vq);

	vp_modern_set_queue_size(regs, which, (u16)vq->num_max);
	vp_modern_queue_address(regs, which, desc, avail, used);
	if (msix_vec != VIRTIO_MSI_NO_VECTOR && vp_modern_queue_vector(regs, which, msix_vec) != msix_vec)
		return -EBUSY;
	return 0;
}

static u16 vp_config_vector(struct virtio_pci_device *vp_dev, u16 vector)
{
	return vp_modern_config_vector(&vp_dev->mdev, vector);
}

static struct virtqueue *setup_vq(struct virtio_pci_device *vp_dev, struct virtio_pci_vq_info *info,
				  unsigned int index, void (*callback)(struct virtqueue *vq),
				  const char *name, bool ctx, u16 msix_vec)
{
	struct virtio_pci_modern_device *regs = &vp_dev->mdev;
	u16 which = (u16)index, size;
	struct virtqueue *fresh;
	int failed;

	if (index >= vp_modern_get_num_queues(regs))
		return ERR_PTR(-EINVAL);
	size = vp_modern_get_queue_size(regs, which);
	if (size == 0 || vp_modern_get_queue_enable(regs, which))
		return ERR_PTR(-ENOENT);
	fresh = vring_create_virtqueue(index, size, 64, &vp_dev->vdev, true, true, ctx, vp_notify, callback, name);
	if (!fresh)
		return ERR_PTR(-ENOMEM);
	info->msix_vector = msix_vec;
	fresh->num_max = size;
	fresh->priv = vp_modern_map_vq_notify(regs, which);
	failed = vp_active_vq(fresh, msix_vec);
	return failed ? ERR_PTR(failed) : fresh;
}

/* All queues first, then switch them on. */
static int vp_modern_find_vqs(struct virtio_device *vdev, unsigned int nvqs, struct virtqueue *vqs[],
			      struct virtqueue_info vqs_info[], struct irq_affinity *desc)
{
	int failed = vp_find_vqs(vdev, nvqs, vqs, vqs_info, desc);
	unsigned int i;

	for (i = 0; !failed && i < nvqs; i++)
		vp_modern_set_queue_enable(&to_vp_device(vdev)->mdev, (u16)vqs[i]->index, true);
	return failed;
}

/* A modern queue cannot be switched off alone: the device has been reset before. */
static void del_vq(struct virtio_pci_vq_info *info)
{
	struct virtqueue *gone = info->vq;

	if (info->msix_vector != VIRTIO_MSI_NO_VECTOR)
		vp_modern_queue_vector(&to_vp_device(gone->vdev)->mdev, (u16)gone->index, VIRTIO_MSI_NO_VECTOR);
	vring_del_virtqueue(gone);
}

static const struct virtio_config_ops virtio_pci_config_ops = {
	.get = vp_get,
	.get_status = vp_get_status,
	.set_status = vp_set_status,
	.reset = vp_reset,
	.find_vqs = vp_modern_find_vqs,
	.del_vqs = vp_del_vqs,
	.get_features = vp_get_features,
	.finalize_features = vp_finalize_features,
};

/* Not a modern device: -ENODEV, and the caller tries the legacy registers. */
int virtio_pci_modern_probe(struct virtio_pci_device *vp_dev)
{
	struct virtio_pci_modern_device *regs = &vp_dev->mdev;
	int failed;

	regs->pci_dev = vp_dev->pci_dev;
	failed = vp_modern_probe(regs);
	if (failed)
		return failed;
	vp_dev->isr = regs->isr;
	vp_dev->vdev.id = regs->id;
	vp_dev->vdev.config = &virtio_pci_config_ops;
	vp_dev->setup_vq = setup_vq;
	vp_dev->del_vq = del_vq;
	vp_dev->config_vector = vp_config_vector;
	return 0;
}

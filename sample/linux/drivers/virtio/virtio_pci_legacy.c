/* virtio_pci_legacy.c: a virtio PCI device with the old register layout, as acrn-dm's console has it. SPDX-License-Identifier: MIT */
#include "virtio_pci_common.h"

static u64 vp_get_features(struct virtio_device *vdev)
{
	return vp_legacy_get_features(&to_vp_device(vdev)->ldev);
}

static int vp_finalize_features(struct virtio_device *vdev)
{
	vring_transport_features(vdev);
	vp_legacy_set_features(&to_vp_device(vdev)->ldev, (u32)vdev->features);
	return 0;
}

/* Read the device's own configuration, byte by byte. */
static void vp_get(struct virtio_device *vdev, unsigned int offset, void *buf, unsigned int len)
{
	struct virtio_pci_device *owner = to_vp_device(vdev);
	u8 *from = (u8 *)owner->ldev.ioaddr + VIRTIO_PCI_CONFIG_OFF(owner->msix_enabled) + offset;
	unsigned int i;

	for (i = 0; i < len; i++)
		((u8 *)buf)[i] = (u8)ioread8(from + i);
}

static u8 vp_get_status(struct virtio_device *vdev)
{
	return vp_legacy_get_status(&to_vp_device(vdev)->ldev);
}

static void vp_set_status(struct virtio_device *vdev, u8 status)
{
	BUG_ON(status == 0);	/* that would be a reset */
	vp_legacy_set_status(&to_vp_device(vdev)->ldev, status);
}

static void vp_reset(struct virtio_device *vdev)
{
	vp_legacy_set_status(&to_vp_device(vdev)->ldev, 0);
	vp_legacy_get_status(&to_vp_device(vdev)->ldev);	/* wait until the device has done it */
}

static u16 vp_config_vector(struct virtio_pci_device *vp_dev, u16 vector)
{
	return vp_legacy_config_vector(&vp_dev->ldev, vector);
}

/* Make one queue, tell the device where it is, and which vector to use for it. */
static struct virtqueue *setup_vq(struct virtio_pci_device *vp_dev, struct virtio_pci_vq_info *info,
				  unsigned int index, void (*callback)(struct virtqueue *vq),
				  const char *name, bool ctx, u16 msix_vec)
{
	struct virtio_pci_legacy_device *regs = &vp_dev->ldev;
	u16 which = (u16)index, size = vp_legacy_get_queue_size(regs, which);
	struct virtqueue *fresh;
	dma_addr_t ring;

	if (size == 0 || vp_legacy_get_queue_enable(regs, which))
		return ERR_PTR(-ENOENT);
	fresh = vring_create_virtqueue(index, size, VIRTIO_PCI_VRING_ALIGN, &vp_dev->vdev, true, false, ctx,
				       vp_notify, callback, name);
	if (!fresh)
		return ERR_PTR(-ENOMEM);
	fresh->num_max = size;
	fresh->priv = (u8 *)regs->ioaddr + VIRTIO_PCI_QUEUE_NOTIFY;
	info->msix_vector = msix_vec;
	ring = virtqueue_get_desc_addr(fresh);
	vp_legacy_set_queue_address(regs, which, (u32)(ring >> VIRTIO_PCI_QUEUE_ADDR_SHIFT));
	if (msix_vec != VIRTIO_MSI_NO_VECTOR && vp_legacy_queue_vector(regs, which, msix_vec) != msix_vec)
		return ERR_PTR(-EBUSY);
	return fresh;
}

/* The device forgets the queue before its pages go. */
static void del_vq(struct virtio_pci_vq_info *info)
{
	struct virtqueue *gone = info->vq;
	struct virtio_pci_legacy_device *regs = &to_vp_device(gone->vdev)->ldev;

	if (info->msix_vector != VIRTIO_MSI_NO_VECTOR)
		vp_legacy_queue_vector(regs, (u16)gone->index, VIRTIO_MSI_NO_VECTOR);
	vp_legacy_set_queue_address(regs, (u16)gone->index, 0);
	vring_del_virtqueue(gone);
}

static const struct virtio_config_ops virtio_pci_config_ops = {
	.get = vp_get,
	.get_status = vp_get_status,
	.set_status = vp_set_status,
	.reset = vp_reset,
	.find_vqs = vp_find_vqs,
	.del_vqs = vp_del_vqs,
	.get_features = vp_get_features,
	.finalize_features = vp_finalize_features,
};

int virtio_pci_legacy_probe(struct virtio_pci_device *vp_dev)
{
	int failed;

	vp_dev->ldev.pci_dev = vp_dev->pci_dev;
	failed = vp_legacy_probe(&vp_dev->ldev);
	if (failed)
		return failed;
	vp_dev->isr = vp_dev->ldev.isr;
	vp_dev->vdev.id = vp_dev->ldev.id;
	vp_dev->vdev.config = &virtio_pci_config_ops;
	vp_dev->config_vector = vp_config_vector;
	vp_dev->setup_vq = setup_vq;
	vp_dev->del_vq = del_vq;
	return 0;
}

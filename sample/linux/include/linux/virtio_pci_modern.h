/* virtio_pci_modern.h: the register window of a modern virtio PCI device. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_VIRTIO_PCI_MODERN_H
#define SAMPLE_VIRTIO_PCI_MODERN_H

#include <linux/pci.h>
#include <linux/virtio.h>
#include <uapi/linux/virtio_pci.h>

/* Each part of the window has a place of its own, which a capability tells. */
struct virtio_pci_modern_device {
	struct pci_dev *pci_dev;
	u8 *common;
	u8 *device;
	u8 *notify_base;
	u8 *isr;
	u32 notify_offset_multiplier;
	struct virtio_device_id id;
};

int vp_modern_probe(struct virtio_pci_modern_device *mdev);
u64 vp_modern_get_features(struct virtio_pci_modern_device *mdev);
void vp_modern_set_features(struct virtio_pci_modern_device *mdev, u64 features);
u8 vp_modern_get_status(struct virtio_pci_modern_device *mdev);
void vp_modern_set_status(struct virtio_pci_modern_device *mdev, u8 status);
u16 vp_modern_queue_vector(struct virtio_pci_modern_device *mdev, u16 index, u16 vector);
u16 vp_modern_config_vector(struct virtio_pci_modern_device *mdev, u16 vector);
void vp_modern_queue_address(struct virtio_pci_modern_device *mdev, u16 index, u64 desc_addr,
			     u64 driver_addr, u64 device_addr);
void vp_modern_set_queue_enable(struct virtio_pci_modern_device *mdev, u16 index, bool enable);
bool vp_modern_get_queue_enable(struct virtio_pci_modern_device *mdev, u16 index);
void vp_modern_set_queue_size(struct virtio_pci_modern_device *mdev, u16 index, u16 size);
u16 vp_modern_get_queue_size(struct virtio_pci_modern_device *mdev, u16 index);
u16 vp_modern_get_num_queues(struct virtio_pci_modern_device *mdev);
void *vp_modern_map_vq_notify(struct virtio_pci_modern_device *mdev, u16 index);

#endif

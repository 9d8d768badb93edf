/* virtio_pci_legacy.h: the register window of a legacy virtio PCI device. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_VIRTIO_PCI_LEGACY_H
#define SAMPLE_VIRTIO_PCI_LEGACY_H

#include <linux/pci.h>
#include <linux/virtio.h>
#include <uapi/linux/virtio_pci.h>

struct virtio_pci_legacy_device {
	struct pci_dev *pci_dev;
	void *ioaddr;		/* BAR 0 */
	u8 *isr;
	struct virtio_device_id id;
};

int vp_legacy_probe(struct virtio_pci_legacy_device *ldev);
u64 vp_legacy_get_features(struct virtio_pci_legacy_device *ldev);
void vp_legacy_set_features(struct virtio_pci_legacy_device *ldev, u32 features);
u8 vp_legacy_get_status(struct virtio_pci_legacy_device *ldev);
void vp_legacy_set_status(struct virtio_pci_legacy_device *ldev, u8 status);
u16 vp_legacy_queue_vector(struct virtio_pci_legacy_device *ldev, u16 index, u16 vector);
u16 vp_legacy_config_vector(struct virtio_pci_legacy_device *ldev, u16 vector);
void vp_legacy_set_queue_address(struct virtio_pci_legacy_device *ldev, u16 index, u32 queue_pfn);
bool vp_legacy_get_queue_enable(struct virtio_pci_legacy_device *ldev, u16 index);
u16 vp_legacy_get_queue_size(struct virtio_pci_legacy_device *ldev, u16 index);

#endif

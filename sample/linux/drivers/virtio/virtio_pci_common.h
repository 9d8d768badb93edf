/* virtio_pci_common.h: what all kinds of virtio PCI device share. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_VIRTIO_PCI_COMMON_H
#define SAMPLE_VIRTIO_PCI_COMMON_H

#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/slab.h>
#include <linux/virtio_config.h>
#include <linux/virtio_pci_legacy.h>
#include <linux/virtio_pci_modern.h>
#include <linux/virtio_ring.h>

struct virtio_pci_vq_info {
	struct virtqueue *vq;
	struct list_head node;
	unsigned int msix_vector;
};

struct virtio_pci_device {
	struct virtio_device vdev;
	struct pci_dev *pci_dev;
	struct virtio_pci_legacy_device ldev;
	struct virtio_pci_modern_device mdev;
	u8 *isr;
	spinlock_t lock;
	struct list_head virtqueues;
	struct virtio_pci_vq_info **vqs;
	int msix_enabled;
	int intx_enabled;
	char (*msix_names)[32];
	unsigned int msix_used_vectors;
	bool per_vq_vectors;
	struct virtqueue *(*setup_vq)(struct virtio_pci_device *vp_dev, struct virtio_pci_vq_info *info,
				      unsigned int idx, void (*callback)(struct virtqueue *vq),
				      const char *name, bool ctx, u16 msix_vec);
	void (*del_vq)(struct virtio_pci_vq_info *info);
	u16 (*config_vector)(struct virtio_pci_device *vp_dev, u16 vector);
};

#define to_vp_device(device)	container_of(device, struct virtio_pci_device, vdev)

void vp_del_vqs(struct virtio_device *vdev);
bool vp_notify(struct virtqueue *vq);
int vp_find_vqs(struct virtio_device *vdev, unsigned int nvqs, struct virtqueue *vqs[],
		struct virtqueue_info vqs_info[], struct irq_affinity *desc);
int virtio_pci_modern_probe(struct virtio_pci_device *vp_dev);
int virtio_pci_legacy_probe(struct virtio_pci_device *vp_dev);

#endif

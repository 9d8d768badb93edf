/* virtio_pci_legacy_dev.c: the legacy registers, one function each. SPDX-License-Identifier: MIT */
#include <linux/io.h>
#include <linux/virtio_pci_legacy.h>

/* All registers live in BAR 0. */
#define REGISTER(ldev, offset)	((u8 *)(ldev)->ioaddr + (offset))

int vp_legacy_probe(struct virtio_pci_legacy_device *ldev)
{
	struct pci_dev *pci = ldev->pci_dev;

	if (pci->device < 0x1000 || pci->device > 0x103f || pci->revision != VIRTIO_PCI_ABI_VERSION)
		return -ENODEV;
	ldev->ioaddr = pci_iomap(pci, 0, 0);
	if (!ldev->ioaddr)
		return -EIO;
	ldev->isr = REGISTER(ldev, VIRTIO_PCI_ISR);
	ldev->id.vendor = pci->subsystem_vendor;
	ldev->id.device = pci->subsystem_device;
	return 0;
}

u64 vp_legacy_get_features(struct virtio_pci_legacy_device *ldev)
{
	return ioread32(REGISTER(ldev, VIRTIO_PCI_HOST_FEATURES));
}

void vp_legacy_set_features(struct virtio_pci_legacy_device *ldev, u32 features)
{
	iowrite32(features, REGISTER(ldev, VIRTIO_PCI_GUEST_FEATURES));
}

u8 vp_legacy_get_status(struct virtio_pci_legacy_device *ldev)
{
	return (u8)ioread8(REGISTER(ldev, VIRTIO_PCI_STATUS));
}

/* One byte that leaves the guest: 0 resets the device, DRIVER_OK starts it. */
void vp_legacy_set_status(struct virtio_pci_legacy_device *ldev, u8 status)
{
	iowrite8(status, REGISTER(ldev, VIRTIO_PCI_STATUS));
}

/* The registers of a queue come after choosing it. Reading back shows whether the device agreed. */
u16 vp_legacy_queue_vector(struct virtio_pci_legacy_device *ldev, u16 index, u16 vector)
{
	iowrite16(index, REGISTER(ldev, VIRTIO_PCI_QUEUE_SEL));
	iowrite16(vector, REGISTER(ldev, VIRTIO_MSI_QUEUE_VECTOR));
	return (u16)ioread16(REGISTER(ldev, VIRTIO_MSI_QUEUE_VECTOR));
}

u16 vp_legacy_config_vector(struct virtio_pci_legacy_device *ldev, u16 vector)
{
	iowrite16(vector, REGISTER(ldev, VIRTIO_MSI_CONFIG_VECTOR));
	return (u16)ioread16(REGISTER(ldev, VIRTIO_MSI_CONFIG_VECTOR));
}

/* The number of the ring's first page; the device works out the rest. */
void vp_legacy_set_queue_address(struct virtio_pci_legacy_device *ldev, u16 index, u32 queue_pfn)
{
	iowrite16(index, REGISTER(ldev, VIRTIO_PCI_QUEUE_SEL));
	iowrite32(queue_pfn, REGISTER(ldev, VIRTIO_PCI_QUEUE_PFN));
}

bool vp_legacy_get_queue_enable(struct virtio_pci_legacy_device *ldev, u16 index)
{
	iowrite16(index, REGISTER(ldev, VIRTIO_PCI_QUEUE_SEL));
	return ioread32(REGISTER(ldev, VIRTIO_PCI_QUEUE_PFN)) != 0;
}

u16 vp_legacy_get_queue_size(struct virtio_pci_legacy_device *ldev, u16 index)
{
	iowrite16(index, REGISTER(ldev, VIRTIO_PCI_QUEUE_SEL));
	return (u16)ioread16(REGISTER(ldev, VIRTIO_PCI_QUEUE_NUM));
}

/* virtio_pci_modern_dev.c: the modern registers, one function each. SPDX-License-Identifier: MIT */
#include <linux/io.h>
#include <linux/virtio_pci_modern.h>

#define COMMON(mdev, offset)	((mdev)->common + (offset))
#define CAPABILITIES		0x34

/* Where does the device keep this part? The address in one of its BARs; `where` is the capability itself. */
static u8 *vp_modern_map_capability(struct virtio_pci_modern_device *mdev, u32 where)
{
	struct pci_dev *pci = mdev->pci_dev;
	u32 bar, offset;

	pci_conf1_read(0, pci->bus_number, pci->devfn, (int)where + VIRTIO_PCI_CAP_BAR, 1, &bar);
	pci_conf1_read(0, pci->bus_number, pci->devfn, (int)where + VIRTIO_PCI_CAP_OFFSET, 4, &offset);
	return (u8 *)pci_iomap(pci, (int)bar, 0) + offset;
}

/* Along the list of capabilities until one of virtio's own is of the right type. 0: there is none. */
static inline u32 virtio_pci_find_capability(struct pci_dev *dev, u8 cfg_type)
{
	u32 at, head;

	pci_conf1_read(0, dev->bus_number, dev->devfn, CAPABILITIES, 1, &at);
	while (at != 0) {
		pci_conf1_read(0, dev->bus_number, dev->devfn, (int)at, 4, &head);
		if ((head & 0xff) == VIRTIO_PCI_CAP_VENDOR && head >> 24 == cfg_type)
			return at;
		at = (head >> 8) & 0xff;
	}
	return 0;
}

/* acrn-dm's console has no such capabilities: the legacy code takes it then. */
int vp_modern_probe(struct virtio_pci_modern_device *mdev)
{
	struct pci_dev *pci = mdev->pci_dev;
	u32 common = virtio_pci_find_capability(pci, VIRTIO_PCI_CAP_COMMON_CFG);
	u32 notify = virtio_pci_find_capability(pci, VIRTIO_PCI_CAP_NOTIFY_CFG);
	u32 isr = virtio_pci_find_capability(pci, VIRTIO_PCI_CAP_ISR_CFG);
	u32 own = virtio_pci_find_capability(pci, VIRTIO_PCI_CAP_DEVICE_CFG);

	if (!common || !notify || !isr)
		return -ENODEV;
	mdev->id.device = pci->device < 0x1040 ? pci->subsystem_device : pci->device - 0x1040u;
	mdev->id.vendor = pci->subsystem_vendor;
	mdev->common = vp_modern_map_capability(mdev, common);
	mdev->isr = vp_modern_map_capability(mdev, isr);
	mdev->notify_base = vp_modern_map_capability(mdev, notify);
	mdev->device = own ? vp_modern_map_capability(mdev, own) : NULL;
	pci_conf1_read(0, pci->bus_number, pci->devfn, (int)notify + VIRTIO_PCI_NOTIFY_CAP_MULT, 4,
		       &mdev->notify_offset_multiplier);
	return 0;
}

/* More than 32 of them: choose a half, then read it. */
u64 vp_modern_get_features(struct virtio_pci_modern_device *mdev)
{
	u64 low, high;

	iowrite32(0, COMMON(mdev, VIRTIO_PCI_COMMON_DFSELECT));
	low = ioread32(COMMON(mdev, VIRTIO_PCI_COMMON_DF));
	iowrite32(1, COMMON(mdev, VIRTIO_PCI_COMMON_DFSELECT));
	high = ioread32(COMMON(mdev, VIRTIO_PCI_COMMON_DF));
	return high << 32 | low;
}

void vp_modern_set_features(struct virtio_pci_modern_device *mdev, u64 features)
{
	u32 half;

	for (half = 0; half <= 1; half++) {
		iowrite32(half, COMMON(mdev, VIRTIO_PCI_COMMON_GFSELECT));
		iowrite32((u32)(features >> 32 * half), COMMON(mdev, VIRTIO_PCI_COMMON_GF));
	}
}

u8 vp_modern_get_status(struct virtio_pci_modern_device *mdev)
{
	return (u8)ioread8(COMMON(mdev, VIRTIO_PCI_COMMON_STATUS));
}

void vp_modern_set_status(struct virtio_pci_modern_device *mdev, u8 status)
{
	iowrite8(status, COMMON(mdev, VIRTIO_PCI_COMMON_STATUS));
}

u16 vp_modern_queue_vector(struct virtio_pci_modern_device *mdev, u16 index, u16 vector)
{
	iowrite16(index, COMMON(mdev, VIRTIO_PCI_COMMON_Q_SELECT));
	iowrite16(vector, COMMON(mdev, VIRTIO_PCI_COMMON_Q_MSIX));
	return (u16)ioread16(COMMON(mdev, VIRTIO_PCI_COMMON_Q_MSIX));
}

u16 vp_modern_config_vector(struct virtio_pci_modern_device *mdev, u16 vector)
{
	iowrite16(vector, COMMON(mdev, VIRTIO_PCI_COMMON_MSIX));
	return (u16)ioread16(COMMON(mdev, VIRTIO_PCI_COMMON_MSIX));
}

/* Three addresses, each in two halves; with legacy registers it is one page number. */
void vp_modern_queue_address(struct virtio_pci_modern_device *mdev, u16 index, u64 desc_addr,
			     u64 driver_addr, u64 device_addr)
{
	const u64 parts[] = { desc_addr, driver_addr, device_addr };
	u32 i;

	iowrite16(index, COMMON(mdev, VIRTIO_PCI_COMMON_Q_SELECT));
	for (i = 0; i < 3; i++) {
		iowrite32((u32)parts[i], COMMON(mdev, VIRTIO_PCI_COMMON_Q_DESCLO + 8 * i));
		iowrite32((u32)(parts[i] >> 32), COMMON(mdev, VIRTIO_PCI_COMMON_Q_DESCHI + 8 * i));
	}
}

void vp_modern_set_queue_enable(struct virtio_pci_modern_device *mdev, u16 index, bool enable)
{
	iowrite16(index, COMMON(mdev, VIRTIO_PCI_COMMON_Q_SELECT));
	iowrite16(enable ? 1 : 0, COMMON(mdev, VIRTIO_PCI_COMMON_Q_ENABLE));
}

bool vp_modern_get_queue_enable(struct virtio_pci_modern_device *mdev, u16 index)
{
	iowrite16(index, COMMON(mdev, VIRTIO_PCI_COMMON_Q_SELECT));
	return ioread16(COMMON(mdev, VIRTIO_PCI_COMMON_Q_ENABLE)) != 0;
}

void vp_modern_set_queue_size(struct virtio_pci_modern_device *mdev, u16 index, u16 size)
{
	iowrite16(index, COMMON(mdev, VIRTIO_PCI_COMMON_Q_SELECT));
	iowrite16(size, COMMON(mdev, VIRTIO_PCI_COMMON_Q_SIZE));
}

u16 vp_modern_get_queue_size(struct virtio_pci_modern_device *mdev, u16 index)
{
	iowrite16(index, COMMON(mdev, VIRTIO_PCI_COMMON_Q_SELECT));
	return (u16)ioread16(COMMON(mdev, VIRTIO_PCI_COMMON_Q_SIZE));
}

u16 vp_modern_get_num_queues(struct virtio_pci_modern_device *mdev)
{
	return (u16)ioread16(COMMON(mdev, VIRTIO_PCI_COMMON_NUMQ));
}

static u16 vp_modern_get_queue_notify_off(struct virtio_pci_modern_device *mdev, u16 index)
{
	iowrite16(index, COMMON(mdev, VIRTIO_PCI_COMMON_Q_SELECT));
	return (u16)ioread16(COMMON(mdev, VIRTIO_PCI_COMMON_Q_NOFF));
}

/* Where to write in order to kick this queue: each has its own address. */
void *vp_modern_map_vq_notify(struct virtio_pci_modern_device *mdev, u16 index)
{
	u32 number = vp_modern_get_queue_notify_off(mdev, index);

	return mdev->notify_base + number * mdev->notify_offset_multiplier;
}

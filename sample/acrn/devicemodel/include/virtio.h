/* virtio.h: what all virtio devices of acrn-dm share. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_DM_VIRTIO_H
#define SAMPLE_DM_VIRTIO_H

#include <linux/virtio_config.h>
#include <linux/virtio_pci.h>
#include <linux/virtio_ring.h>
#include <pthread.h>

#include "iothread.h"
#include "pci_core.h"
#include "timer.h"
#include "types.h"

#define VRING_PAGE_BITS			12
#define VIRTIO_TYPE_CONSOLE		3
#define VIRTIO_VENDOR			0x1AF4
#define VIRTIO_DEV_CONSOLE		0x1003
#define VIRTIO_PCI_ISR_QUEUES		0x01
#define VIRTIO_USE_MSIX			0x01
#define BACKEND_VBSU			1

/* BAR 4 of a modern device. */
#define VIRTIO_CAP_COMMON_OFFSET	0x0000
#define VIRTIO_CAP_ISR_OFFSET		0x1000
#define VIRTIO_CAP_DEVICE_OFFSET	0x2000
#define VIRTIO_CAP_NOTIFY_OFFSET	0x3000
#define VIRTIO_MODERN_NOTIFY_OFF_MULT	4

struct iovec;
struct virtio_vq_info;

/* At the front of every virtio device. */
struct virtio_base {
	struct virtio_ops *vops;
	int flags;
	bool iothread;
	pthread_mutex_t *mtx;
	struct pci_vdev *dev;
	uint64_t negotiated_caps;
	uint64_t device_caps;
	struct virtio_vq_info *queues;
	int curq;
	uint8_t status;
	uint8_t isr;
	uint16_t msix_cfg_idx;
	int legacy_pio_bar_idx;
	int modern_pio_bar_idx;
	int modern_mmio_bar_idx;
	int cfg_coff;
	uint32_t device_feature_select;
	uint32_t driver_feature_select;
	int backend_type;
	struct acrn_timer polling_timer;
	int polling_in_progress;
};

#define VIRTIO_BASE_LOCK(vb)	do { if ((vb)->mtx) { pthread_mutex_lock((vb)->mtx); } } while (0)
#define VIRTIO_BASE_UNLOCK(vb)	do { if ((vb)->mtx) { pthread_mutex_unlock((vb)->mtx); } } while (0)

struct virtio_ops {
	const char *name;
	int nvq;
	size_t cfgsize;
	void (*reset)(void *vdev);
	void (*qnotify)(void *vdev, struct virtio_vq_info *vq);
	int (*cfgread)(void *vdev, int offset, int size, uint32_t *retval);
	int (*cfgwrite)(void *vdev, int offset, int size, uint32_t value);
	void (*apply_features)(void *vdev, uint64_t features);
	void (*set_status)(void *vdev, uint64_t status);
};

#define VQ_ALLOC	0x01	/* the guest has said where the ring is */

struct virtio_iothread {
	struct virtio_base *base;
	int idx;
	int kick_fd;
	bool ioevent_started;
	struct iothread_ctx *ioctx;
	struct iothread_mevent iomvt;
	void (*iothread_run)(void *vdev, struct virtio_vq_info *vq);
};

struct virtio_vq_info {
	uint16_t qsize;
	void (*notify)(void *vdev, struct virtio_vq_info *vq);
	struct virtio_base *base;
	uint16_t num;
	pthread_mutex_t mtx;
	uint16_t flags;
	uint16_t last_avail;	/* how far we have read */
	uint16_t save_used;
	uint16_t msix_idx;
	uint32_t pfn;
	struct virtio_iothread viothrd;
	volatile struct vring_desc *desc;
	volatile struct vring_avail *avail;
	volatile struct vring_used *used;
	uint64_t gpa[3];	/* descriptors, avail ring, used ring: where a modern driver put them */
	bool enabled;
};

static inline bool vq_ring_ready(struct virtio_vq_info *vq)
{
	return (vq->flags & VQ_ALLOC) != 0;
}

/* Has the guest put in something that we have not read? More than the ring holds would be nonsense. */
static inline bool vq_has_descs(struct virtio_vq_info *vq)
{
	uint16_t waiting;

	if (!vq_ring_ready(vq))
		return false;
	waiting = (uint16_t)(vq->avail->idx - vq->last_avail);
	if (waiting > vq->qsize)
		pr_err("%s: %u descriptors cannot be\n", vq->base->vops->name, waiting);
	return waiting != 0 && waiting <= vq->qsize;
}

/* Interrupt the guest: by MSI-X if it has switched that on, else by the line. */
static inline void vq_interrupt(struct virtio_base *vb, struct virtio_vq_info *vq)
{
	struct pci_vdev *dev = vb->dev;

	if (pci_msix_enabled(dev)) {
		pci_generate_msix(dev, vq->msix_idx);
	} else {
		VIRTIO_BASE_LOCK(vb);
		vb->isr = vb->isr | VIRTIO_PCI_ISR_QUEUES;
		pci_generate_msi(dev, 0);
		pci_lintr_assert(dev);
		VIRTIO_BASE_UNLOCK(vb);
	}
}

void virtio_linkup(struct virtio_base *base, struct virtio_ops *vops, void *pci_virtio_dev,
		   struct pci_vdev *dev, struct virtio_vq_info *queues, int backend_type);
void virtio_reset_dev(struct virtio_base *base);
void virtio_set_io_bar(struct virtio_base *base, int barnum);
int virtio_set_modern_bar(struct virtio_base *base, bool use_notify_pio);
void vq_clear_used_ring_flags(struct virtio_base *base, struct virtio_vq_info *vq);
int virtio_intr_init(struct virtio_base *base, int barnum, int use_msix);
int virtio_interrupt_init(struct virtio_base *base, int use_msix);
void virtio_set_iothread(struct virtio_base *base, bool is_register, bool ioevent_poll);
int virtio_register_ioeventfd(struct virtio_base *base, int idx, bool is_register, int fd);
int acrn_parse_virtio_poll_interval(const char *optarg);
int vq_getchain(struct virtio_vq_info *vq, uint16_t *pidx, struct iovec *iov, int n_iov, uint16_t *flags);
void vq_retchain(struct virtio_vq_info *vq);
void vq_relchain(struct virtio_vq_info *vq, uint16_t idx, uint32_t iolen);
void vq_endchains(struct virtio_vq_info *vq, int used_all_avail);
uint64_t virtio_pci_read(struct vmctx *ctx, int vcpu, struct pci_vdev *dev, int baridx, uint64_t offset, int size);
void virtio_pci_write(struct vmctx *ctx, int vcpu, struct pci_vdev *dev, int baridx, uint64_t offset, int size,
		      uint64_t value);

#endif

/* virtio_pci_common.c: notification and interrupts of virtio PCI devices. SPDX-License-Identifier: MIT */
#include "virtio_pci_common.h"

#define list_to_vq(link)	container_of(link, struct virtqueue, list)
#define list_to_vq_info(link)	container_of(link, struct virtio_pci_vq_info, node)

/* The kick itself: write the queue's number into the notify register. */
bool vp_notify(struct virtqueue *vq)
{
	iowrite16((u16)vq->index, vq->priv);
	return true;
}

static irqreturn_t vp_config_changed(int irq, void *opaque)
{
	struct virtio_pci_device *owner = opaque;

	virtio_config_changed(&owner->vdev);
	return irq >= 0 ? IRQ_HANDLED : IRQ_NONE;
}

/* One vector for all queues: ask each of them. */
static irqreturn_t vp_vring_interrupt(int irq, void *opaque)
{
	struct virtio_pci_device *owner = opaque;
	struct list_head *link = owner->virtqueues.next;
	irqreturn_t any = IRQ_NONE;

	for (; link != &owner->virtqueues; link = link->next)
		if (vring_interrupt(irq, list_to_vq_info(link)->vq) == IRQ_HANDLED)
			any = IRQ_HANDLED;
	return any;
}

/* INTx: reading the ISR register tells why, and takes the interrupt back. */
static irqreturn_t vp_interrupt(int irq, void *opaque)
{
	struct virtio_pci_device *owner = opaque;
	unsigned int why = ioread8(owner->isr);

	if (why & VIRTIO_PCI_ISR_CONFIG)
		vp_config_changed(irq, opaque);
	return why ? vp_vring_interrupt(irq, opaque) : IRQ_NONE;
}

/* Get the vectors from the PCI layer; the first is for changes of the configuration. */
static int vp_request_msix_vectors(struct virtio_device *vdev, int nvectors, struct irq_affinity *desc)
{
	struct virtio_pci_device *vp_dev = to_vp_device(vdev);
	struct pci_dev *pci = vp_dev->pci_dev;
	int got = pci_alloc_irq_vectors_affinity(pci, (unsigned int)nvectors, (unsigned int)nvectors,
						 PCI_IRQ_MSIX, desc);

	if (got < 0)
		return got;
	vp_dev->msix_enabled = 1;
	vp_dev->msix_names = kcalloc((size_t)nvectors, sizeof(*vp_dev->msix_names), GFP_KERNEL);
	got = request_irq((unsigned int)pci_irq_vector(pci, 0), vp_config_changed, 0, "virtio-config", vp_dev);
	if (got)
		return got;
	vp_dev->msix_used_vectors = 1;
	return vp_dev->config_vector(vp_dev, 0) == VIRTIO_MSI_NO_VECTOR ? -EBUSY : 0;
}

static struct virtqueue *vp_setup_vq(struct virtio_device *vdev, unsigned int index,
				     void (*callback)(struct virtqueue *vq), const char *name, bool ctx,
				     u16 msix_vec, struct virtio_pci_vq_info **p_info)
{
	struct virtio_pci_device *vp_dev = to_vp_device(vdev);
	struct virtio_pci_vq_info *entry = kzalloc(sizeof(*entry), GFP_KERNEL);
	struct virtqueue *vq = vp_dev->setup_vq(vp_dev, entry, index, callback, name, ctx, msix_vec);

	if (IS_ERR(vq))
		return vq;
	entry->vq = vq;
	if (callback)
		list_add(&entry->node, &vp_dev->virtqueues);
	*p_info = entry;
	return vq;
}

static void vp_del_vq(struct virtqueue *vq, struct virtio_pci_vq_info *info)
{
	struct virtio_pci_device *owner = to_vp_device(vq->vdev);

	if (vq->callback)
		list_del_init(&info->node);
	owner->del_vq(info);
	kfree(info);
}

/* Everything back that vp_find_vqs has asked for. */
void vp_del_vqs(struct virtio_device *vdev)
{
	struct virtio_pci_device *vp_dev = to_vp_device(vdev);

	while (!list_empty(&vdev->vqs)) {
		struct virtqueue *vq = list_to_vq(vdev->vqs.next);
		struct virtio_pci_vq_info *entry = vp_dev->vqs[vq->index];

		if (vp_dev->per_vq_vectors && entry->msix_vector != VIRTIO_MSI_NO_VECTOR)
			free_irq((unsigned int)pci_irq_vector(vp_dev->pci_dev, entry->msix_vector), vq);
		vp_del_vq(vq, entry);
	}
	if (vp_dev->intx_enabled)
		free_irq(vp_dev->pci_dev->irq, vp_dev);
	if (vp_dev->msix_enabled) {
		free_irq((unsigned int)pci_irq_vector(vp_dev->pci_dev, 0), vp_dev);
		vp_dev->config_vector(vp_dev, VIRTIO_MSI_NO_VECTOR);
		pci_free_irq_vectors(vp_dev->pci_dev);
	}
	vp_dev->intx_enabled = vp_dev->msix_enabled = 0;
	kfree(vp_dev->msix_names);
	kfree(vp_dev->vqs);
}

/* A queue with a callback gets a vector of its own; vring_interrupt will be its handler. */
static struct virtqueue *vp_find_one_vq_msix(struct virtio_device *vdev, int queue_idx,
					     vq_callback_t *callback, const char *name, bool ctx,
					     int *allocated_vectors, struct virtio_pci_vq_info **p_info)
{
	struct virtio_pci_device *owner = to_vp_device(vdev);
	u16 vector = callback ? (u16)(*allocated_vectors)++ : VIRTIO_MSI_NO_VECTOR;
	struct virtqueue *vq = vp_setup_vq(vdev, (unsigned int)queue_idx, callback, name, ctx, vector, p_info);
	int irq, failed;

	if (IS_ERR(vq) || !callback)
		return vq;
	snprintf(owner->msix_names[vector], sizeof(*owner->msix_names), "%s-%s", dev_name(&vdev->dev), name);
	irq = pci_irq_vector(owner->pci_dev, vector);
	failed = request_irq((unsigned int)irq, vring_interrupt, 0, owner->msix_names[vector], vq);
	return failed ? ERR_PTR(failed) : vq;
}

/* Best case: one vector for the configuration and one for each queue that has a callback. */
static int vp_find_vqs_msix(struct virtio_device *vdev, unsigned int nvqs, struct virtqueue *vqs[],
			    struct virtqueue_info vqs_info[], struct irq_affinity *desc)
{
	struct virtio_pci_device *owner = to_vp_device(vdev);
	int failed, vectors = 1, next = 1;
	unsigned int i;

	owner->vqs = kcalloc(nvqs, sizeof(*owner->vqs), GFP_KERNEL);
	for (i = 0; i < nvqs; i++)
		vectors += vqs_info[i].callback != NULL;
	owner->per_vq_vectors = true;
	failed = vp_request_msix_vectors(vdev, vectors, desc);
	for (i = 0; !failed && i < nvqs; i++) {
		struct virtqueue_info *wish = &vqs_info[i];

		vqs[i] = vp_find_one_vq_msix(vdev, (int)i, wish->callback, wish->name, wish->ctx,
					     &next, &owner->vqs[i]);
		if (IS_ERR(vqs[i]))
			failed = (int)PTR_ERR(vqs[i]);
	}
	if (failed)
		vp_del_vqs(vdev);
	return failed;
}

/* Worst case: one shared interrupt line. */
static int vp_find_vqs_intx(struct virtio_device *vdev, unsigned int nvqs, struct virtqueue *vqs[],
			    struct virtqueue_info vqs_info[])
{
	struct virtio_pci_device *owner = to_vp_device(vdev);
	int failed = request_irq(owner->pci_dev->irq, vp_interrupt, IRQF_SHARED, dev_name(&vdev->dev), owner);
	unsigned int i;

	owner->per_vq_vectors = false;
	owner->intx_enabled = !failed;
	owner->vqs = kcalloc(nvqs, sizeof(*owner->vqs), GFP_KERNEL);
	for (i = 0; !failed && i < nvqs; i++)
		vqs[i] = vp_setup_vq(vdev, i, vqs_info[i].callback, vqs_info[i].name, vqs_info[i].ctx,
				     VIRTIO_MSI_NO_VECTOR, &owner->vqs[i]);
	return failed;
}

int vp_find_vqs(struct virtio_device *vdev, unsigned int nvqs, struct virtqueue *vqs[],
		struct virtqueue_info vqs_info[], struct irq_affinity *desc)
{
	if (vp_find_vqs_msix(vdev, nvqs, vqs, vqs_info, desc) == 0)
		return 0;
	return vp_find_vqs_intx(vdev, nvqs, vqs, vqs_info);
}

/* The PCI bus has found a device of virtio's vendor. */
static int virtio_pci_probe(struct pci_dev *pci_dev, const struct pci_device_id *id)
{
	struct virtio_pci_device *fresh = kzalloc(sizeof(*fresh), GFP_KERNEL);
	int failed = fresh && id ? pci_enable_device(pci_dev) : -ENOMEM;

	if (failed)
		return failed;
	fresh->vdev.dev.parent = &pci_dev->dev;
	fresh->pci_dev = pci_dev;
	INIT_LIST_HEAD(&fresh->virtqueues);
	failed = virtio_pci_modern_probe(fresh);
	if (failed == -ENODEV)
		failed = virtio_pci_legacy_probe(fresh);
	if (failed)
		return failed;
	pci_set_master(pci_dev);
	return register_virtio_device(&fresh->vdev);
}

static const struct pci_device_id virtio_pci_id_table[] = {
	{ .vendor = 0x1af4, .device = 0x1003 },
	{ .vendor = 0 },
};

static struct pci_driver virtio_pci_driver = {
	.name = "virtio-pci",
	.id_table = virtio_pci_id_table,
	.probe = virtio_pci_probe,
};

module_pci_driver(virtio_pci_driver);

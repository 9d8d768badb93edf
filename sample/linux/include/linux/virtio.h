/* virtio.h: virtio devices and their queues, whatever the transport. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_VIRTIO_H
#define SAMPLE_VIRTIO_H

#include <linux/device.h>
#include <linux/list.h>
#include <linux/scatterlist.h>
#include <linux/spinlock.h>

struct virtio_device;

struct virtqueue {
	struct list_head list;
	void (*callback)(struct virtqueue *vq);
	const char *name;
	struct virtio_device *vdev;
	unsigned int index;
	unsigned int num_free;
	unsigned int num_max;
	void *priv;		/* the transport's: where to write a notification */
};

struct virtio_device_id {
	u32 device;
	u32 vendor;
};

struct virtio_config_ops;

struct virtio_device {
	int index;
	struct device dev;
	struct virtio_device_id id;
	const struct virtio_config_ops *config;
	struct list_head vqs;
	u64 features;
	void *priv;
};

struct virtio_driver {
	struct device_driver driver;
	const struct virtio_device_id *id_table;
	const unsigned int *feature_table;
	unsigned int feature_table_size;
	int (*probe)(struct virtio_device *dev);
	void (*remove)(struct virtio_device *dev);
	void (*config_changed)(struct virtio_device *dev);
};

#define dev_to_virtio(device)	container_of(device, struct virtio_device, dev)
#define drv_to_virtio(drv)	container_of(drv, struct virtio_driver, driver)

int register_virtio_device(struct virtio_device *dev);
int register_virtio_driver(struct virtio_driver *driver);
void virtio_add_status(struct virtio_device *dev, unsigned int status);
void virtio_reset_device(struct virtio_device *dev);
void virtio_break_device(struct virtio_device *dev);
void virtio_config_changed(struct virtio_device *dev);

int virtqueue_add_outbuf(struct virtqueue *vq, struct scatterlist *sg, unsigned int num,
			 void *data, gfp_t gfp);
int virtqueue_add_inbuf(struct virtqueue *vq, struct scatterlist *sg, unsigned int num,
			void *data, gfp_t gfp);
bool virtqueue_kick(struct virtqueue *vq);
bool virtqueue_kick_prepare(struct virtqueue *vq);
bool virtqueue_notify(struct virtqueue *vq);
void *virtqueue_get_buf(struct virtqueue *vq, unsigned int *len);
void *virtqueue_get_buf_ctx(struct virtqueue *vq, unsigned int *len, void **ctx);
void *virtqueue_detach_unused_buf(struct virtqueue *vq);
bool virtqueue_is_broken(const struct virtqueue *vq);
dma_addr_t virtqueue_get_desc_addr(const struct virtqueue *vq);
dma_addr_t virtqueue_get_used_addr(const struct virtqueue *vq);

#endif

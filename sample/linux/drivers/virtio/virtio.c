/* virtio.c: the virtio bus; brings a device and its driver together. SPDX-License-Identifier: MIT */
#include <linux/slab.h>
#include <linux/virtio_config.h>

static int virtio_dev_match(struct device *_dv, const struct device_driver *_dr)
{
	const struct virtio_device_id *id = drv_to_virtio((struct device_driver *)_dr)->id_table;

	while (id->device && id->device != dev_to_virtio(_dv)->id.device)
		id++;
	return id->device != 0;
}

void virtio_config_changed(struct virtio_device *dev)
{
	struct virtio_driver *owner = drv_to_virtio(dev->dev.driver);

	if (owner->config_changed)
		owner->config_changed(dev);
}

void virtio_add_status(struct virtio_device *dev, unsigned int status)
{
	u8 old = dev->config->get_status(dev);

	dev->config->set_status(dev, (u8)(old | status));
}

/* A modern device is asked whether it can live with the features; a legacy device is not. */
static int virtio_features_ok(struct virtio_device *dev)
{
	u8 answer = VIRTIO_CONFIG_S_FEATURES_OK;

	if (virtio_has_feature(dev, VIRTIO_F_VERSION_1)) {
		virtio_add_status(dev, VIRTIO_CONFIG_S_FEATURES_OK);
		answer = dev->config->get_status(dev);
	}
	return answer & VIRTIO_CONFIG_S_FEATURES_OK ? 0 : -ENODEV;
}

void virtio_reset_device(struct virtio_device *dev)
{
	dev->config->reset(dev);
}

/* Features are those that device and driver both know; then the driver may set up its queues. */
static int virtio_dev_probe(struct device *_d)
{
	struct virtio_driver *drv = drv_to_virtio(_d->driver);
	struct virtio_device *dev = dev_to_virtio(_d);
	const unsigned int *bit = drv->feature_table;
	u64 known = ~0ull << VIRTIO_TRANSPORT_F_START;	/* those are the transport's business */
	int failed;

	virtio_add_status(dev, VIRTIO_CONFIG_S_DRIVER);
	while (bit < drv->feature_table + drv->feature_table_size)
		known |= 1ull << *bit++;
	dev->features = known & dev->config->get_features(dev);
	failed = dev->config->finalize_features(dev);
	if (!failed)
		failed = virtio_features_ok(dev);
	if (!failed)
		failed = drv->probe(dev);
	if (failed)
		virtio_add_status(dev, VIRTIO_CONFIG_S_FAILED);
	else if ((dev->config->get_status(dev) & VIRTIO_CONFIG_S_DRIVER_OK) == 0)
		virtio_device_ready(dev);
	return failed;
}

static const struct bus_type virtio_bus = {
	.name = "virtio",
	.match = virtio_dev_match,
	.probe = virtio_dev_probe,
};

int register_virtio_driver(struct virtio_driver *driver)
{
	struct device_driver *generic = &driver->driver;

	return driver_register(generic);
}

/* Called by the transport: reset, then let the bus look for a driver. */
int register_virtio_device(struct virtio_device *dev)
{
	struct device *generic = &dev->dev;

	generic->bus = &virtio_bus;
	INIT_LIST_HEAD(&dev->vqs);
	virtio_reset_device(dev);
	/* Somebody has seen you. */
	virtio_add_status(dev, VIRTIO_CONFIG_S_ACKNOWLEDGE);
	return device_add(generic);
}

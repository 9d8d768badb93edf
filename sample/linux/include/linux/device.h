/* device.h: a device, its bus and its driver. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_DEVICE_H
#define SAMPLE_DEVICE_H

#include <linux/types.h>

struct device;

struct device_driver {
	const char *name;
};

struct bus_type {
	const char *name;
	int (*match)(struct device *dev, const struct device_driver *drv);
	int (*probe)(struct device *dev);
};

struct device {
	struct device *parent;
	const struct bus_type *bus;
	struct device_driver *driver;
};

/* Puts the device on its bus; the bus then looks for a driver that matches and probes it. */
int device_add(struct device *dev);
int driver_register(struct device_driver *drv);
const char *dev_name(const struct device *dev);

#endif

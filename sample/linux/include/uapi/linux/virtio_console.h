/* virtio_console.h: features, configuration and control messages (virtio 1.2, section 5.3). SPDX-License-Identifier: MIT */
#ifndef SAMPLE_UAPI_VIRTIO_CONSOLE_H
#define SAMPLE_UAPI_VIRTIO_CONSOLE_H

#include <linux/types.h>

#define VIRTIO_CONSOLE_F_SIZE		0
#define VIRTIO_CONSOLE_F_MULTIPORT	1
#define VIRTIO_CONSOLE_BAD_ID		0xffffffffu

struct virtio_console_config {
	__u16 cols;
	__u16 rows;
	__u32 max_nr_ports;
	__u32 emerg_wr;
} __attribute__((packed));

struct virtio_console_control {
	__u32 id;
	__u16 event;
	__u16 value;
};

#define VIRTIO_CONSOLE_DEVICE_READY	0
#define VIRTIO_CONSOLE_PORT_ADD		1
#define VIRTIO_CONSOLE_PORT_REMOVE	2
#define VIRTIO_CONSOLE_PORT_READY	3
#define VIRTIO_CONSOLE_CONSOLE_PORT	4
#define VIRTIO_CONSOLE_RESIZE		5
#define VIRTIO_CONSOLE_PORT_OPEN	6
#define VIRTIO_CONSOLE_PORT_NAME	7

#endif

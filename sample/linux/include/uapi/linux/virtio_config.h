/* virtio_config.h: status bits and features that all virtio devices share. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_UAPI_VIRTIO_CONFIG_H
#define SAMPLE_UAPI_VIRTIO_CONFIG_H

#define VIRTIO_CONFIG_S_ACKNOWLEDGE	1
#define VIRTIO_CONFIG_S_DRIVER		2
#define VIRTIO_CONFIG_S_DRIVER_OK	4
#define VIRTIO_CONFIG_S_FEATURES_OK	8
#define VIRTIO_CONFIG_S_FAILED		0x80

#define VIRTIO_TRANSPORT_F_START	28
#define VIRTIO_TRANSPORT_F_END		42
#define VIRTIO_F_VERSION_1		32
#define VIRTIO_F_RING_PACKED		34

#endif

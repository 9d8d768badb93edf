/* virtio_ids.h: the kinds of virtio device. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_UAPI_VIRTIO_IDS_H
#define SAMPLE_UAPI_VIRTIO_IDS_H

#define VIRTIO_ID_CONSOLE	3
#define VIRTIO_DEV_ANY_ID	0xffffffff

#endif

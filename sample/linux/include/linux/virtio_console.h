/* virtio_console.h: for drivers; the numbers are in uapi. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_VIRTIO_CONSOLE_H
#define SAMPLE_VIRTIO_CONSOLE_H

#include <uapi/linux/virtio_console.h>

#endif

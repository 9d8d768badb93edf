/* dm.h: what main.c offers to the devices. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_DM_H
#define SAMPLE_DM_H

#include "types.h"

struct vmctx;

extern bool stdio_in_use;
extern bool is_rtvm;

void *paddr_guest2host(struct vmctx *ctx, uintptr_t gaddr, size_t len);
int virtio_uses_msix(void);

#endif

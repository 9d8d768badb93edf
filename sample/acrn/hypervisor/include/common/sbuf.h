/* sbuf.h: a ring of elements that two programs share. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_HV_SBUF_H
#define SAMPLE_HV_SBUF_H

#include <acrn_common.h>

struct acrn_vm;

int32_t sbuf_setup_common(struct acrn_vm *vm, uint16_t cpu_id, uint32_t sbuf_id, uint64_t *hva);
uint32_t sbuf_put(struct shared_buf *sbuf, uint8_t *data, uint32_t max_len);

#endif

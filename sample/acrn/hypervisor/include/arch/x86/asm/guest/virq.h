/* virq.h: requests that a virtual CPU looks at before it goes on. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_HV_VIRQ_H
#define SAMPLE_HV_VIRQ_H

#include <asm/guest/vcpu.h>

int32_t acrn_handle_pending_request(struct acrn_vcpu *vcpu);

#endif

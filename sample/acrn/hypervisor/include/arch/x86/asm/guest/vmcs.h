/* vmcs.h: setting up a virtual CPU for the processor. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_HV_VMCS_H
#define SAMPLE_HV_VMCS_H

struct acrn_vcpu;

void init_vmcs(struct acrn_vcpu *vcpu);

#endif

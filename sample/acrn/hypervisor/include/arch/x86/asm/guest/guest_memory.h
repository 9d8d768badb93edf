/* guest_memory.h: reading and writing what a guest points to. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_HV_GUEST_MEMORY_H
#define SAMPLE_HV_GUEST_MEMORY_H

#include <asm/guest/vm.h>

int32_t copy_from_gpa(struct acrn_vm *vm, void *h_ptr, uint64_t gpa, uint32_t size);
int32_t copy_to_gpa(struct acrn_vm *vm, void *h_ptr, uint64_t gpa, uint32_t size);
int32_t copy_from_gva(struct acrn_vcpu *vcpu, void *h_ptr, uint64_t gva, uint32_t size);
uint64_t gpa2hpa(struct acrn_vm *vm, uint64_t gpa);
void *hpa2hva(uint64_t hpa);
uint64_t hva2hpa(const void *hva);

#endif

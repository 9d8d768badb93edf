/* ept.h: which host page stands behind a guest's page. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_HV_EPT_H
#define SAMPLE_HV_EPT_H

#include <types.h>

struct acrn_vm;

void *pgtable_create_root(struct acrn_vm *vm);
void ept_add_mr(struct acrn_vm *vm, uint64_t *pml4_page, uint64_t hpa, uint64_t gpa, uint64_t size, uint64_t prot);
void ept_del_mr(struct acrn_vm *vm, uint64_t *pml4_page, uint64_t gpa, uint64_t size);

#endif

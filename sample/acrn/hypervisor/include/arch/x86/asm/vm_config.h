/* vm_config.h: what a machine was configured to be. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_HV_VM_CONFIG_H
#define SAMPLE_HV_VM_CONFIG_H

#include <acrn_common.h>
#include <acrn_hv_defs.h>

#define CONFIG_MAX_VM_NUM		16U
#define MAX_VCPUS_PER_VM		16U
#define CONFIG_MAX_EMULATED_MMIO_REGIONS	16U

struct acrn_vm_config {
	enum acrn_vm_load_order load_order;
	char name[MAX_VM_NAME_LEN];
	uint64_t cpu_affinity;
	uint64_t guest_flags;
};

struct acrn_vm_config *get_vm_config(uint16_t vm_id);

#endif

/* acrn_hv_defs.h: the numbers of the hypercalls. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_ACRN_HV_DEFS_H
#define SAMPLE_ACRN_HV_DEFS_H

#define BASE_HC_ID(type, number)	(((type) << 24U) | (number))
#define HC_IDX(id)		((id) & 0xFFUL)
#define HC_ID			0x80UL

#define HC_ID_GEN_BASE		0x0UL
#define HC_GET_API_VERSION	BASE_HC_ID(HC_ID, HC_ID_GEN_BASE + 0x00UL)
#define HC_SERVICE_VM_OFFLINE_CPU	BASE_HC_ID(HC_ID, HC_ID_GEN_BASE + 0x01UL)
#define HC_SET_CALLBACK_VECTOR	BASE_HC_ID(HC_ID, HC_ID_GEN_BASE + 0x02UL)

#define HC_ID_VM_BASE		0x10UL
#define HC_CREATE_VM		BASE_HC_ID(HC_ID, HC_ID_VM_BASE + 0x00UL)
#define HC_DESTROY_VM		BASE_HC_ID(HC_ID, HC_ID_VM_BASE + 0x01UL)
#define HC_START_VM		BASE_HC_ID(HC_ID, HC_ID_VM_BASE + 0x02UL)
#define HC_PAUSE_VM		BASE_HC_ID(HC_ID, HC_ID_VM_BASE + 0x03UL)
#define HC_CREATE_VCPU		BASE_HC_ID(HC_ID, HC_ID_VM_BASE + 0x04UL)
#define HC_RESET_VM		BASE_HC_ID(HC_ID, HC_ID_VM_BASE + 0x05UL)
#define HC_SET_VCPU_REGS	BASE_HC_ID(HC_ID, HC_ID_VM_BASE + 0x06UL)

#define HC_ID_IRQ_BASE		0x20UL
#define HC_INJECT_MSI		BASE_HC_ID(HC_ID, HC_ID_IRQ_BASE + 0x03UL)
#define HC_VM_INTR_MONITOR	BASE_HC_ID(HC_ID, HC_ID_IRQ_BASE + 0x04UL)
#define HC_SET_IRQLINE		BASE_HC_ID(HC_ID, HC_ID_IRQ_BASE + 0x05UL)

#define HC_ID_IOREQ_BASE	0x30UL
#define HC_SET_IOREQ_BUFFER	BASE_HC_ID(HC_ID, HC_ID_IOREQ_BASE + 0x00UL)
#define HC_NOTIFY_REQUEST_FINISH	BASE_HC_ID(HC_ID, HC_ID_IOREQ_BASE + 0x01UL)
#define HC_ASYNCIO_ASSIGN	BASE_HC_ID(HC_ID, HC_ID_IOREQ_BASE + 0x02UL)
#define HC_ASYNCIO_DEASSIGN	BASE_HC_ID(HC_ID, HC_ID_IOREQ_BASE + 0x03UL)

#define HC_ID_MEM_BASE		0x40UL
#define HC_VM_SET_MEMORY_REGIONS	BASE_HC_ID(HC_ID, HC_ID_MEM_BASE + 0x02UL)
#define HC_SETUP_SBUF		BASE_HC_ID(HC_ID, HC_ID_MEM_BASE + 0x04UL)

#define MR_ADD			0U

#define ACRN_INVALID_VMID	(0xffffU)
#define INVALID_HPA		(~0UL)

struct hc_api_version {
	uint32_t major_version;
	uint32_t minor_version;
};

struct vm_memory_region {
	uint32_t type;
	uint32_t prot;
	uint64_t gpa;
	uint64_t service_vm_gpa;
	uint64_t size;
};

struct set_regions {
	uint16_t vmid;
	uint16_t reserved[3];
	uint32_t mr_num;
	uint64_t regions_gpa;
};

#endif

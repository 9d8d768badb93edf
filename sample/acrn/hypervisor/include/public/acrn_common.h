/* acrn_common.h: structures that hypervisor, Service VM and acrn-dm share. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_ACRN_COMMON_H
#define SAMPLE_ACRN_COMMON_H

#include <types.h>

#define ACRN_IO_REQUEST_MAX		16U

#define ACRN_IOREQ_STATE_PENDING	0U
#define ACRN_IOREQ_STATE_COMPLETE	1U
#define ACRN_IOREQ_STATE_PROCESSING	2U
#define ACRN_IOREQ_STATE_FREE		3U

#define ACRN_IOREQ_TYPE_PORTIO		0U
#define ACRN_IOREQ_TYPE_MMIO		1U
#define ACRN_IOREQ_TYPE_PCICFG		2U
#define ACRN_IOREQ_TYPE_WP		3U

#define ACRN_IOREQ_DIR_READ		0U
#define ACRN_IOREQ_DIR_WRITE		1U

#define ACRN_ASYNCIO_PIO		1U
#define ACRN_ASYNCIO_MMIO		2U
#define ACRN_ASYNCIO_MAX		64U

#define GUEST_FLAG_LAPIC_PASSTHROUGH	(1UL << 1U)
#define GUEST_FLAG_IO_COMPLETION_POLLING	(1UL << 2U)
#define GUEST_FLAG_RT			(1UL << 4U)

#define MAX_VM_NAME_LEN			16U

struct acrn_mmio_request {
	uint32_t direction;
	uint32_t reserved;
	uint64_t address;
	uint64_t size;
	uint64_t value;
};

struct acrn_pio_request {
	uint32_t direction;
	uint32_t reserved;
	uint64_t address;
	uint64_t size;
	uint32_t value;
};

struct acrn_pci_request {
	uint32_t direction;
	uint32_t reserved[3];
	int64_t size;
	int32_t value;
	int32_t bus;
	int32_t dev;
	int32_t func;
	int32_t reg;
};

/* One slot of the shared page: 256 bytes, one slot per vCPU. */
struct acrn_io_request {
	_Alignas(256) uint32_t type;
	uint32_t completion_polling;
	uint32_t reserved0[14];
	union {
		struct acrn_pio_request pio_request;
		struct acrn_pci_request pci_request;
		struct acrn_mmio_request mmio_request;
		uint64_t data[8];
	} reqs;
	uint32_t reserved1;
	int32_t kernel_handled;
	uint32_t processed;	/* ACRN_IOREQ_STATE_* */
};

struct acrn_io_request_buffer {
	union {
		struct acrn_io_request req_slot[ACRN_IO_REQUEST_MAX];
		int8_t reserved[4096];
	};
};

struct acrn_asyncio_info {
	uint32_t type;
	uint32_t match_data;
	uint64_t addr;
	uint64_t fd;
	uint64_t data;
};

struct acrn_vm_creation {
	uint16_t vmid;
	uint16_t reserved0;
	uint16_t vcpu_num;
	uint16_t reserved1;
	uint8_t name[MAX_VM_NAME_LEN];
	uint64_t vm_flag;
	uint64_t ioreq_buf;
	uint64_t cpu_affinity;
};

struct acrn_gp_regs {
	uint64_t rax, rcx, rdx, rbx, rsp, rbp, rsi, rdi;
	uint64_t r8, r9, r10, r11, r12, r13, r14, r15;
};

/* Where a virtual CPU begins, and in which mode. */
struct acrn_regs {
	struct acrn_gp_regs gprs;
	uint64_t rip;
	uint64_t cs_base;
	uint64_t cr0;
	uint64_t cr3;
	uint64_t cr4;
	uint64_t rflags;
};

struct acrn_vcpu_regs {
	uint16_t vcpu_id;
	uint16_t reserved[3];
	struct acrn_regs vcpu_regs;
};

struct acrn_irqline_ops {
	uint32_t gsi;
	uint32_t op;
};

struct acrn_msi_entry {
	uint64_t msi_addr;
	uint64_t msi_data;
};

enum acrn_vm_load_order {
	PRE_LAUNCHED_VM = 0,
	SERVICE_VM,
	POST_LAUNCHED_VM
};

#define GSI_SET_HIGH		0U
#define GSI_SET_LOW		1U
#define GSI_RAISING_PULSE	2U
#define GSI_FALLING_PULSE	3U

#define ACRN_ASYNCIO		64U	/* which ring: the one for writes that need no answer */

/* A ring that the Service VM offers. */
struct acrn_sbuf_param {
	uint16_t cpu_id;
	uint16_t reserved;
	uint32_t sbuf_id;
	uint64_t gpa;
};

#define SBUF_MAGIC	0x5aa57aa71aa13aa3UL
#define SBUF_HEAD_SIZE	64U

struct shared_buf {
	uint64_t magic;
	uint32_t ele_num;
	uint32_t ele_size;
	uint32_t head;
	uint32_t tail;
	uint32_t flags;
	uint32_t reserved;
	uint32_t overrun_cnt;
	uint32_t size;
};

#endif

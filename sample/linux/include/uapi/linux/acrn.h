/* acrn.h: what acrn-dm and the HSM driver agree on: the I/O request page and the ioctls. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_UAPI_ACRN_H
#define SAMPLE_UAPI_ACRN_H

#include <linux/ioctl.h>
#include <linux/types.h>

#define ACRN_IO_REQUEST_MAX		16

#define ACRN_IOREQ_STATE_PENDING	0
#define ACRN_IOREQ_STATE_COMPLETE	1
#define ACRN_IOREQ_STATE_PROCESSING	2
#define ACRN_IOREQ_STATE_FREE		3

#define ACRN_IOREQ_TYPE_PORTIO		0
#define ACRN_IOREQ_TYPE_MMIO		1
#define ACRN_IOREQ_TYPE_PCICFG		2

#define ACRN_IOREQ_DIR_READ		0
#define ACRN_IOREQ_DIR_WRITE		1

struct acrn_mmio_request {
	__u32 direction;
	__u32 reserved;
	__u64 address;
	__u64 size;
	__u64 value;
};

struct acrn_pio_request {
	__u32 direction;
	__u32 reserved;
	__u64 address;
	__u64 size;
	__u32 value;
};

struct acrn_pci_request {
	__u32 direction;
	__u32 reserved[3];
	__u64 size;
	__u32 value;
	__u32 bus;
	__u32 dev;
	__u32 func;
	__u32 reg;
};

/* One slot of the shared page: 256 bytes, one slot per vCPU. */
struct acrn_io_request {
	_Alignas(256) __u32 type;
	__u32 completion_polling;
	__u32 reserved0[14];
	union {
		struct acrn_pio_request pio_request;
		struct acrn_pci_request pci_request;
		struct acrn_mmio_request mmio_request;
		__u64 data[8];
	} reqs;
	__u32 reserved1;
	__u32 kernel_handled;
	__u32 processed;	/* ACRN_IOREQ_STATE_* */
};

struct acrn_io_request_buffer {
	union {
		struct acrn_io_request req_slot[ACRN_IO_REQUEST_MAX];
		__u8 reserved[4096];
	};
};

struct acrn_ioreq_notify {
	__u16 vmid;
	__u16 reserved;
	__u32 vcpu;
};

struct acrn_vm_creation {
	__u16 vmid;
	__u16 reserved0;
	__u16 vcpu_num;
	__u16 reserved1;
	__u8 uuid[16];
	__u64 vm_flag;
	__u64 ioreq_buf;
	__u64 cpu_affinity;
};

struct acrn_gp_regs {
	__u64 rax, rcx, rdx, rbx, rsp, rbp, rsi, rdi;
	__u64 r8, r9, r10, r11, r12, r13, r14, r15;
};

/* Where a virtual CPU begins, and in which mode. */
struct acrn_regs {
	struct acrn_gp_regs gprs;
	__u64 rip;
	__u64 cs_base;
	__u64 cr0;
	__u64 cr3;
	__u64 cr4;
	__u64 rflags;
};

struct acrn_vcpu_regs {
	__u16 vcpu_id;
	__u16 reserved[3];
	struct acrn_regs vcpu_regs;
};

struct acrn_vm_memmap {
	__u32 type;
	__u32 attr;
	__u64 user_vm_pa;
	union {
		__u64 service_vm_pa;
		__u64 vma_base;
	};
	__u64 len;
};

struct acrn_msi_entry {
	__u64 msi_addr;
	__u64 msi_data;
};

#define ACRN_IOEVENTFD_FLAG_PIO		0x01
#define ACRN_IOEVENTFD_FLAG_DATAMATCH	0x02
#define ACRN_IOEVENTFD_FLAG_DEASSIGN	0x04

struct acrn_ioeventfd {
	__u32 fd;
	__u32 flags;
	__u64 addr;
	__u32 len;
	__u32 reserved;
	__u64 data;
};

#define ACRN_IRQFD_FLAG_DEASSIGN	0x01

struct acrn_irqfd {
	__s32 fd;
	__u32 flags;
	struct acrn_msi_entry msi;
};

#define ACRN_IOCTL_TYPE			0xA2

#define ACRN_IOCTL_CREATE_VM		_IOWR(ACRN_IOCTL_TYPE, 0x10, struct acrn_vm_creation)
#define ACRN_IOCTL_DESTROY_VM		_IO(ACRN_IOCTL_TYPE, 0x11)
#define ACRN_IOCTL_START_VM		_IO(ACRN_IOCTL_TYPE, 0x12)
#define ACRN_IOCTL_PAUSE_VM		_IO(ACRN_IOCTL_TYPE, 0x13)
#define ACRN_IOCTL_RESET_VM		_IO(ACRN_IOCTL_TYPE, 0x15)
#define ACRN_IOCTL_SET_VCPU_REGS	_IOW(ACRN_IOCTL_TYPE, 0x16, struct acrn_vcpu_regs)
#define ACRN_IOCTL_INJECT_MSI		_IOW(ACRN_IOCTL_TYPE, 0x23, struct acrn_msi_entry)
#define ACRN_IOCTL_VM_INTR_MONITOR	_IOW(ACRN_IOCTL_TYPE, 0x24, unsigned long)
#define ACRN_IOCTL_SET_IRQLINE		_IOW(ACRN_IOCTL_TYPE, 0x25, __u64)
#define ACRN_IOCTL_NOTIFY_REQUEST_FINISH	_IOW(ACRN_IOCTL_TYPE, 0x31, struct acrn_ioreq_notify)
#define ACRN_IOCTL_CREATE_IOREQ_CLIENT	_IO(ACRN_IOCTL_TYPE, 0x32)
#define ACRN_IOCTL_ATTACH_IOREQ_CLIENT	_IO(ACRN_IOCTL_TYPE, 0x33)
#define ACRN_IOCTL_DESTROY_IOREQ_CLIENT	_IO(ACRN_IOCTL_TYPE, 0x34)
#define ACRN_IOCTL_CLEAR_VM_IOREQ	_IO(ACRN_IOCTL_TYPE, 0x35)
#define ACRN_IOCTL_SET_MEMSEG		_IOW(ACRN_IOCTL_TYPE, 0x41, struct acrn_vm_memmap)
#define ACRN_IOCTL_UNSET_MEMSEG		_IOW(ACRN_IOCTL_TYPE, 0x42, struct acrn_vm_memmap)
#define ACRN_IOCTL_IOEVENTFD		_IOW(ACRN_IOCTL_TYPE, 0x70, struct acrn_ioeventfd)
#define ACRN_IOCTL_IRQFD		_IOW(ACRN_IOCTL_TYPE, 0x71, struct acrn_irqfd)

#endif

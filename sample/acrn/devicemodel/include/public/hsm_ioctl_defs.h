/* hsm_ioctl_defs.h: acrn-dm's copy of the ioctl numbers; they must be those of the kernel's uapi header. SPDX-License-Identifier: MIT */
#ifndef SAMPLE_DM_HSM_IOCTL_DEFS_H
#define SAMPLE_DM_HSM_IOCTL_DEFS_H

#include <acrn_common.h>
#include <sys/ioctl.h>

#define ACRN_IOCTL_TYPE			0xA2

#define ACRN_IOCTL_CREATE_VM		_IOWR(ACRN_IOCTL_TYPE, 0x10, struct acrn_vm_creation)
#define ACRN_IOCTL_START_VM		_IO(ACRN_IOCTL_TYPE, 0x12)
#define ACRN_IOCTL_PAUSE_VM		_IO(ACRN_IOCTL_TYPE, 0x13)
#define ACRN_IOCTL_RESET_VM		_IO(ACRN_IOCTL_TYPE, 0x15)
#define ACRN_IOCTL_SET_VCPU_REGS	_IOW(ACRN_IOCTL_TYPE, 0x16, struct acrn_vcpu_regs)
#define ACRN_IOCTL_INJECT_MSI		_IOW(ACRN_IOCTL_TYPE, 0x23, struct acrn_msi_entry)
#define ACRN_IOCTL_SET_IRQLINE		_IOW(ACRN_IOCTL_TYPE, 0x25, uint64_t)
#define ACRN_IOCTL_NOTIFY_REQUEST_FINISH	_IOW(ACRN_IOCTL_TYPE, 0x31, struct acrn_ioreq_notify)
#define ACRN_IOCTL_CREATE_IOREQ_CLIENT	_IO(ACRN_IOCTL_TYPE, 0x32)
#define ACRN_IOCTL_ATTACH_IOREQ_CLIENT	_IO(ACRN_IOCTL_TYPE, 0x33)
#define ACRN_IOCTL_CLEAR_VM_IOREQ	_IO(ACRN_IOCTL_TYPE, 0x35)
#define ACRN_IOCTL_SET_MEMSEG		_IOW(ACRN_IOCTL_TYPE, 0x41, struct acrn_vm_memmap)
#define ACRN_IOCTL_IOEVENTFD		_IOW(ACRN_IOCTL_TYPE, 0x70, struct acrn_ioeventfd)
#define ACRN_IOCTL_SETUP_ASYNCIO	_IOW(ACRN_IOCTL_TYPE, 0x90, uint64_t)

#define ACRN_MEMMAP_RAM			0
#define ACRN_MEM_ACCESS_RWX		0x7U
#define ACRN_MEM_TYPE_WB		0x40U

#define ACRN_IOEVENTFD_FLAG_PIO		0x01
#define ACRN_IOEVENTFD_FLAG_DATAMATCH	0x02
#define ACRN_IOEVENTFD_FLAG_DEASSIGN	0x04
#define ACRN_IOEVENTFD_FLAG_ASYNCIO	0x08

struct acrn_ioreq_notify {
	uint16_t vmid;
	uint16_t reserved;
	uint32_t vcpu;
};

struct acrn_vm_memmap {
	uint32_t type;
	uint32_t attr;
	uint64_t user_vm_pa;
	union {
		uint64_t service_vm_pa;
		uint64_t vma_base;
	};
	uint64_t len;
};

struct acrn_ioeventfd {
	int32_t fd;
	uint32_t flags;
	uint64_t addr;
	uint32_t len;
	uint32_t reserved;
	uint64_t data;
};

#endif

import type { Gpa } from '../../base/brand.ts';

/* Layouts and numbers that the hypervisor shares with its callers: twin of hypervisor/include/public/acrn_common.h and acrn_hv_defs.h. */

/** Slots of the I/O request page; slot index = vCPU id (acrn_common.h, ACRN_IO_REQUEST_MAX). */
export const ACRN_IO_REQUEST_MAX = 16;

/** Bytes of one slot (`struct acrn_io_request`, aligned to 256). */
export const SLOT_SIZE = 256;

/** Offsets inside a slot. */
export const SLOT = { type: 0, completionPolling: 4, reqs: 64, kernelHandled: 132, processed: 136 } as const;

/** Offsets inside the `reqs` union of a slot: equal for port I/O and MMIO. */
export const REQS = { direction: 0, address: 8, size: 16, value: 24, length: 64 } as const;

/** States of a slot (ACRN_IOREQ_STATE_*). */
export const IOREQ_STATE = { PENDING: 0, COMPLETE: 1, PROCESSING: 2, FREE: 3 } as const;

/** Types of a request (ACRN_IOREQ_TYPE_*). */
export const IOREQ_TYPE = { PORTIO: 0, MMIO: 1, PCICFG: 2, WP: 3 } as const;

/** Directions of a request (ACRN_IOREQ_DIR_*). */
export const IOREQ_DIR = { READ: 0, WRITE: 1 } as const;

/** Address of `field` in the slot of `vcpu`, for the page at `page`. */
export const slotField = (page: number, vcpu: number, field: number): Gpa => (page + vcpu * SLOT_SIZE + field) as Gpa;

/** Guest flags (GUEST_FLAG_*). */
export const GUEST_FLAG = {
  SECURE_WORLD_ENABLED: 1 << 0,
  LAPIC_PASSTHROUGH: 1 << 1,
  IO_COMPLETION_POLLING: 1 << 2,
  RT: 1 << 4,
} as const;

/** Flags that the device model may set at HC_CREATE_VM (vm_config.h, DM_OWNED_GUEST_FLAG_MASK). */
export const DM_OWNED_GUEST_FLAG_MASK =
  GUEST_FLAG.SECURE_WORLD_ENABLED | GUEST_FLAG.LAPIC_PASSTHROUGH | GUEST_FLAG.RT | GUEST_FLAG.IO_COMPLETION_POLLING;

/** Offsets in `struct acrn_vm_creation` (48 bytes). */
export const VM_CREATION = {
  vmid: 0,
  vcpuNum: 4,
  name: 8,
  vmFlag: 24,
  ioreqBuf: 32,
  cpuAffinity: 40,
  length: 48,
} as const;

/** "No VM" (ACRN_INVALID_VMID). */
export const ACRN_INVALID_VMID = 0xffff;

/** Index of a hypercall in the dispatch table: the low byte of its id (vmcall.c, HC_IDX). */
export const HC = {
  GET_API_VERSION: 0x00,
  SERVICE_VM_OFFLINE_CPU: 0x01,
  SET_CALLBACK_VECTOR: 0x02,
  CREATE_VM: 0x10,
  DESTROY_VM: 0x11,
  START_VM: 0x12,
  PAUSE_VM: 0x13,
  CREATE_VCPU: 0x14,
  RESET_VM: 0x15,
  SET_VCPU_REGS: 0x16,
  INJECT_MSI: 0x23,
  VM_INTR_MONITOR: 0x24,
  SET_IRQLINE: 0x25,
  SET_IOREQ_BUFFER: 0x30,
  NOTIFY_REQUEST_FINISH: 0x31,
  ASYNCIO_ASSIGN: 0x32,
  ASYNCIO_DEASSIGN: 0x33,
  VM_SET_MEMORY_REGIONS: 0x42,
  SETUP_SBUF: 0x44,
} as const;

/** Hypercall ids are 0x80 << 24 | n (acrn_hv_defs.h). */
export const HC_ID_BASE = 0x8000_0000;

/** Id of the shared buffer that carries asyncio (acrn_common.h, ACRN_ASYNCIO). */
export const ACRN_ASYNCIO = 64;

/** Descriptors that one VM keeps (ACRN_ASYNCIO_MAX). */
export const ACRN_ASYNCIO_MAX = 64;

/** Asyncio types (ACRN_ASYNCIO_PIO, ACRN_ASYNCIO_MMIO). */
export const ASYNCIO_TYPE = { PIO: 1, MMIO: 2 } as const;

/** Offsets in `struct acrn_asyncio_info` (32 bytes). */
export const ASYNCIO_INFO = { type: 0, matchData: 4, addr: 8, fd: 16, data: 24, length: 32 } as const;

/** Offsets in `struct shared_buf`; elements start after 64 bytes. */
export const SBUF = {
  magic: 0,
  eleNum: 8,
  eleSize: 12,
  head: 16,
  tail: 20,
  flags: 24,
  overrunCnt: 32,
  size: 36,
  headSize: 64,
} as const;

/** `SBUF_MAGIC` as two halves of 32 bits, low first: it is above 2^53. */
export const SBUF_MAGIC = { low: 0x1aa13aa3, high: 0x5aa57aa7 } as const;

/** errno values as the hypervisor's own lib/errno.h has them. */
export const E = { EIO: 5, EACCES: 13, EFAULT: 14, ENODEV: 19, EINVAL: 22, ENOTTY: 25 } as const;

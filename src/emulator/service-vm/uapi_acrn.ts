import type { Gpa } from '../../base/brand.ts';

/* Layouts and numbers of the HSM's interface: twin of include/uapi/linux/acrn.h and drivers/virt/acrn/acrn_drv.h. */

/** ioctl requests (type 0xA2). */
export const ACRN_IOCTL = {
  CREATE_VM: 0xc030a210,
  DESTROY_VM: 0xa211,
  START_VM: 0xa212,
  PAUSE_VM: 0xa213,
  RESET_VM: 0xa215,
  SET_VCPU_REGS: 0x4128a216,
  INJECT_MSI: 0x4010a223,
  VM_INTR_MONITOR: 0x4008a224,
  SET_IRQLINE: 0x4008a225,
  NOTIFY_REQUEST_FINISH: 0x4008a231,
  CREATE_IOREQ_CLIENT: 0xa232,
  ATTACH_IOREQ_CLIENT: 0xa233,
  DESTROY_IOREQ_CLIENT: 0xa234,
  CLEAR_VM_IOREQ: 0xa235,
  SET_MEMSEG: 0x4020a241,
  UNSET_MEMSEG: 0x4020a242,
  IOEVENTFD: 0x4020a270,
  IRQFD: 0x4018a271,
  /** ACRN's own kernel only. */
  SETUP_ASYNCIO: 0x4008a290,
} as const;

/** Slots of the I/O request page (ACRN_IO_REQUEST_MAX), 256 bytes each. */
export const ACRN_IO_REQUEST_MAX = 16;

/** Offsets in `struct acrn_io_request`; `reqs` fields count from the slot. */
export const REQ = {
  type: 0,
  completionPolling: 4,
  direction: 64,
  address: 72,
  size: 80,
  value: 88,
  pciBus: 92,
  pciDev: 96,
  pciFunc: 100,
  pciReg: 104,
  kernelHandled: 132,
  processed: 136,
  length: 256,
} as const;

/** Address of a field of slot `vcpu` in the page at `page`. */
export const reqField = (req: number, field: number): Gpa => (req + field) as Gpa;

/** ACRN_IOREQ_STATE_* */
export const STATE = { PENDING: 0, COMPLETE: 1, PROCESSING: 2, FREE: 3 } as const;

/** ACRN_IOREQ_TYPE_* */
export const TYPE = { PORTIO: 0, MMIO: 1, PCICFG: 2 } as const;

/** ACRN_IOREQ_DIR_* */
export const DIR = { READ: 0, WRITE: 1 } as const;

/** ACRN_INVALID_VMID */
export const ACRN_INVALID_VMID = 0xffff;

/** Bits of `struct acrn_vm.flags` (acrn_drv.h). */
export const VM_FLAG = { DESTROYED: 1, CLEARING_IOREQ: 2 } as const;

/** ACRN_IOEVENTFD_FLAG_*; ASYNCIO means something to ACRN's own kernel only. */
export const IOEVENTFD_FLAG = { PIO: 1, DATAMATCH: 2, DEASSIGN: 4, ASYNCIO: 8 } as const;

/** ACRN_IRQFD_FLAG_DEASSIGN */
export const IRQFD_FLAG_DEASSIGN = 1;

/** ACRN_MEMMAP_* */
export const MEMMAP = { RAM: 0, MMIO: 1 } as const;

/** HYPERVISOR_CALLBACK_VECTOR (arch/x86/include/asm/irq_vectors.h). */
export const HYPERVISOR_CALLBACK_VECTOR = 0xf3;

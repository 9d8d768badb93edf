import { ERRNO, type IoctlArgument, SERVICE_VM_LAYOUT } from '../boundaries.ts';
import { COST } from '../costs.ts';
import type { Suspend } from '../scheduler.ts';
import { acrnFile, blockingStage, mustNotBlock, stage } from '../stage.ts';
import { pr_dbg, pr_err, pr_notice } from './log.ts';
import { type DmCx, NULL } from './process.ts';

const file = acrnFile('device-model', 'devicemodel/core/vmmapi.c');

/** ioctl requests (devicemodel/include/public/hsm_ioctl_defs.h; include/uapi/linux/acrn.h), by name. */
export const ACRN_IOCTL = {
  CREATE_VM: 0xc030a210,
  DESTROY_VM: 0xa211,
  START_VM: 0xa212,
  PAUSE_VM: 0xa213,
  RESET_VM: 0xa215,
  SET_VCPU_REGS: 0x4128a216,
  INJECT_MSI: 0x4010a223,
  SET_IRQLINE: 0x4008a225,
  NOTIFY_REQUEST_FINISH: 0x4008a231,
  CREATE_IOREQ_CLIENT: 0xa232,
  ATTACH_IOREQ_CLIENT: 0xa233,
  DESTROY_IOREQ_CLIENT: 0xa234,
  CLEAR_VM_IOREQ: 0xa235,
  IOEVENTFD: 0x4020a270,
  SETUP_ASYNCIO: 0x4008a290,
} as const;

/** Levels of an interrupt line (devicemodel/include/public/hsm_ioctl_defs.h). */
export const GSI_SET_HIGH = 0;
/** The line goes low: INTx is active low. */
export const GSI_SET_LOW = 1;

const GUEST_FLAG_RT = 0x10;
const GUEST_FLAG_IO_COMPLETION_POLLING = 0x4;
const PCI_EMUL_MEMBASE32 = 0x80000000;
const HIGHRAM_START_ADDR = 0x1_0000_0000;

/** Values of `enum vm_suspend_how` (devicemodel/include/vmmapi.h). */
export const VM_SUSPEND = { NONE: 0, SYSTEM_RESET: 1, FULL_RESET: 2, POWEROFF: 3, SUSPEND: 4 } as const;

function request(cx: DmCx, number: number, name: string, argument: IoctlArgument): number {
  const hop = cx.hop('ioctl', 'ioctl', COST.syscall);
  const result = mustNotBlock(cx.world.sys.ioctl(cx, cx.world.ctx.fd.value, number, argument, hop), name);
  if (result < 0) {
    pr_err(cx, 'ioctl-error', { request: name, errno: -result });
  }
  return result < 0 ? -1 : result;
}

function creation(cx: DmCx): Uint8Array {
  const bytes = new Uint8Array(48);
  const view = new DataView(bytes.buffer);
  const flags = cx.world.options.rtvm ? GUEST_FLAG_RT | GUEST_FLAG_IO_COMPLETION_POLLING : 0;
  view.setUint32(24, flags, true);
  view.setUint32(32, SERVICE_VM_LAYOUT.ioRequestPage, true);
  view.setUint32(40, ((1 << cx.world.options.vcpus) - 1) << 1, true);
  return bytes;
}

/** core/vmmapi.c: opens the HSM and creates the VM; false where that fails. The number of vCPUs comes from the hypervisor. */
export const vm_create = stage(file, 'vm_create', (cx: DmCx): boolean => {
  const { ctx, main } = cx.world;
  const fd = cx.world.sys.open(cx, '/dev/acrn_hsm', 0x80002);
  if (fd < 0) {
    pr_err(cx, 'could-not-open-hsm');
    return false;
  }
  ctx.fd.value = fd;
  ctx.lowmem_limit.value = PCI_EMUL_MEMBASE32;
  ctx.highmem_gpa_base.value = HIGHRAM_START_ADDR;
  const create = creation(cx);
  const hop = cx.hop('ioctl', 'ioctl', COST.syscall);
  const error = mustNotBlock(cx.world.sys.ioctl(cx, fd, ACRN_IOCTL.CREATE_VM, create, hop), 'CREATE_VM');
  if (error !== 0) {
    pr_err(cx, 'create-vm-failed', { errno: -error });
    return false;
  }
  const view = new DataView(create.buffer);
  ctx.vmid.value = view.getUint16(0, true);
  main.guest_ncpus.value = view.getUint16(4, true);
  return true;
});

/** core/vmmapi.c: where guest RAM lies. Guest RAM is the machine's; the ranges are acrn-dm's low and high memory. */
export const vm_setup_memory = stage(file, 'vm_setup_memory', (cx: DmCx): number => {
  const { ctx } = cx.world;
  const [low, high] = cx.world.guestRam.ranges;
  ctx.lowmem.value = low?.size ?? 0;
  ctx.highmem.value = high?.size ?? 0;
  return 0;
});

/**
 * core/vmmapi.c: [gaddr, gaddr + len) as a pointer, NULL where it is not wholly low or wholly high memory. Addresses above
 * 2^53 arrive rounded; they are outside either way.
 */
export const vm_map_gpa = stage(file, 'vm_map_gpa', (cx: DmCx, gaddr: number, len: number): number => {
  const { lowmem, highmem, highmem_gpa_base } = cx.world.ctx;
  if (gaddr < lowmem.value && len <= lowmem.value && gaddr + len <= lowmem.value) {
    return gaddr;
  }
  const start = highmem_gpa_base.value;
  if (highmem.value > 0 && gaddr >= start && gaddr < start + highmem.value && len <= highmem.value) {
    if (gaddr + len <= start + highmem.value) {
      return gaddr;
    }
  }
  pr_dbg(cx, 'context-memory-not-valid');
  return NULL;
});

/** core/vmmapi.c: where 32-bit BARs may begin. */
export const vm_get_lowmem_limit = (cx: DmCx): number => cx.world.ctx.lowmem_limit.value;

/** core/vmmapi.c: makes acrn-dm the VM's default I/O request client. */
export const vm_create_ioreq_client = stage(file, 'vm_create_ioreq_client', (cx: DmCx): number =>
  request(cx, ACRN_IOCTL.CREATE_IOREQ_CLIENT, 'CREATE_IOREQ_CLIENT', 0),
);

/** core/vmmapi.c: waits in the kernel until the default client has something to do. */
export const vm_attach_ioreq_client = blockingStage(file, 'vm_attach_ioreq_client', function* (cx: DmCx): Generator<
  Suspend,
  number,
  unknown
> {
  const { ctx, sys } = cx.world;
  const hop = cx.hop('ioctl', 'ioctl', COST.syscall);
  const error = yield* sys.ioctl(cx, ctx.fd.value, ACRN_IOCTL.ATTACH_IOREQ_CLIENT, ctx.ioreq_client.value, hop);
  if (error !== 0) {
    pr_err(cx, 'ioctl-error', { request: 'ATTACH_IOREQ_CLIENT', errno: -error });
  }
  return error;
});

/** core/vmmapi.c: tells the HSM that the request of `vcpu` is done. */
export const vm_notify_request_done = stage(file, 'vm_notify_request_done', (cx: DmCx, vcpu: number): number => {
  const notify = new Uint8Array(8);
  const vmid = cx.world.ctx.vmid.value;
  notify[0] = vmid;
  notify[1] = vmid >> 8;
  notify[4] = vcpu;
  return request(cx, ACRN_IOCTL.NOTIFY_REQUEST_FINISH, 'NOTIFY_REQUEST_FINISH', notify);
});

/** core/vmmapi.c: hands the asyncio page to the hypervisor. */
export const vm_setup_asyncio = stage(file, 'vm_setup_asyncio', (cx: DmCx, base: number): number =>
  request(cx, ACRN_IOCTL.SETUP_ASYNCIO, 'SETUP_ASYNCIO', base),
);

/** core/vmmapi.c: starts the vCPUs. */
export const vm_run = stage(file, 'vm_run', (cx: DmCx): number =>
  request(cx, ACRN_IOCTL.START_VM, 'START_VM', vmid(cx)),
);

/** core/vmmapi.c: pauses the vCPUs. */
export const vm_pause = stage(file, 'vm_pause', (cx: DmCx): void => {
  request(cx, ACRN_IOCTL.PAUSE_VM, 'PAUSE_VM', vmid(cx));
});

/** core/vmmapi.c: resets the VM. */
export const vm_reset = stage(file, 'vm_reset', (cx: DmCx): void => {
  request(cx, ACRN_IOCTL.RESET_VM, 'RESET_VM', vmid(cx));
});

/** core/vmmapi.c: drops all I/O requests that are under way. */
export const vm_clear_ioreq = blockingStage(file, 'vm_clear_ioreq', function* (cx: DmCx): Generator<
  Suspend,
  void,
  unknown
> {
  const { ctx, sys } = cx.world;
  const hop = cx.hop('ioctl', 'ioctl', COST.syscall);
  const error = yield* sys.ioctl(cx, ctx.fd.value, ACRN_IOCTL.CLEAR_VM_IOREQ, 0, hop);
  if (error < 0) {
    pr_err(cx, 'ioctl-error', { request: 'CLEAR_VM_IOREQ', errno: -error });
  }
});

function vmid(cx: DmCx): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, cx.world.ctx.vmid.value, true);
  return bytes;
}

/** core/vmmapi.c: registers of the boot processor. */
export const vm_set_vcpu_regs = stage(file, 'vm_set_vcpu_regs', (cx: DmCx): number =>
  request(cx, ACRN_IOCTL.SET_VCPU_REGS, 'SET_VCPU_REGS', new Uint8Array(296)),
);

/** core/vmmapi.c: sends an MSI; the address comes in two halves so that all 64 bits are exact. */
export const vm_lapic_msi = stage(file, 'vm_lapic_msi', (cx: DmCx, low: number, high: number, data: number): number => {
  const { msi, msiView } = cx.world;
  msiView.setUint32(0, low, true);
  msiView.setUint32(4, high, true);
  msiView.setUint32(8, data, true);
  return request(cx, ACRN_IOCTL.INJECT_MSI, 'INJECT_MSI', msi);
});

/** core/vmmapi.c: moves an interrupt line; the argument is a value, not a pointer. */
export const vm_set_gsi_irq = stage(file, 'vm_set_gsi_irq', (cx: DmCx, gsi: number, operation: number): number =>
  request(cx, ACRN_IOCTL.SET_IRQLINE, 'SET_IRQLINE', gsi + operation * 0x1_0000_0000),
);

/** `struct acrn_ioeventfd` (include/uapi/linux/acrn.h). */
export interface Ioeventfd {
  readonly fd: number;
  readonly flags: number;
  readonly addr: number;
  readonly len: number;
  readonly data: number;
}

/** core/vmmapi.c: registers or removes an ioeventfd; negative errno where that fails. */
export const vm_ioeventfd = stage(file, 'vm_ioeventfd', (cx: DmCx, args: Ioeventfd): number => {
  const bytes = new Uint8Array(32);
  const view = new DataView(bytes.buffer);
  view.setInt32(0, args.fd, true);
  view.setUint32(4, args.flags, true);
  view.setUint32(8, args.addr % 0x1_0000_0000, true);
  view.setUint32(12, Math.floor(args.addr / 0x1_0000_0000), true);
  view.setUint32(16, args.len, true);
  view.setUint32(24, args.data, true);
  return request(cx, ACRN_IOCTL.IOEVENTFD, 'IOEVENTFD', bytes);
});

/** core/vmmapi.c: how the VM goes down, or VM_SUSPEND.NONE. */
export const vm_get_suspend_mode = (cx: DmCx): number => cx.world.main.suspend_mode.value;

/** core/vmmapi.c */
export const vm_set_suspend_mode = stage(file, 'vm_set_suspend_mode', (cx: DmCx, how: number): void => {
  pr_notice(cx, 'vm-state-changed', {});
  cx.world.main.suspend_mode.value = how;
});

/** Whether an error number means that the call would block. */
export const wouldBlock = (result: number): boolean => result === -ERRNO.EAGAIN;

import type { Gpa } from '../../../base/brand.ts';
import { ERRNO, type IoctlArgument } from '../../boundaries.ts';
import type { Suspend } from '../../scheduler.ts';
import { type Blocking, blockingStage, linuxFile, stage } from '../../stage.ts';
import type { FileTable } from '../files.ts';
import { HsmVm } from '../hsm_vm.ts';
import {
  hcall_inject_msi,
  hcall_pause_vm,
  hcall_reset_vm,
  hcall_set_irqline,
  hcall_set_vcpu_regs,
  hcall_start_vm,
  hcall_vm_intr_monitor,
} from '../hypercall.ts';
import { acrn_ioeventfd_config } from '../ioeventfd.ts';
import { acrn_asyncio_setup } from '../ioreq/asyncio.ts';
import {
  acrn_ioreq_client_create,
  acrn_ioreq_client_destroy,
  acrn_ioreq_client_wait,
  acrn_ioreq_request_clear,
} from '../ioreq/client.ts';
import { acrn_ioreq_request_default_complete } from '../ioreq/complete.ts';
import { acrn_irqfd_config } from '../irqfd.ts';
import { acrn_vm_memseg_map, acrn_vm_memseg_unmap } from '../mm.ts';
import { ACRN_INVALID_VMID, ACRN_IOCTL } from '../uapi_acrn.ts';
import { acrn_vm_create, acrn_vm_destroy, VM_CREATION_LENGTH } from '../vm.ts';
import type { SvCx } from '../world.ts';
import { eventfdOf, memmapOf, u16, u32, u64, userBytes } from './arguments.ts';

/* Twin of drivers/virt/acrn/hsm.c: the character device /dev/acrn_hsm. */

const file = linuxFile('service-vm-kernel', 'drivers/virt/acrn/hsm.c');

/** An open /dev/acrn_hsm, as an ioctl finds it. */
export interface HsmFile {
  readonly vm: HsmVm;
  readonly files: FileTable;
}

/** Makes the VM object of one open file (hsm.c, acrn_dev_open). */
export const acrn_dev_open = stage(file, 'acrn_dev_open', (cx: SvCx, path: string) => new HsmVm(cx.world, path));

/** The last descriptor was closed: the VM goes too (hsm.c, acrn_dev_release). */
export const acrn_dev_release = stage(file, 'acrn_dev_release', (cx: SvCx, vm: HsmVm): void => {
  acrn_vm_destroy(cx, vm);
});

/** Copies `bytes` to the heap for a hypercall, which gets its address (memdup_user and kfree around it). */
function withCopy(
  cx: SvCx,
  argument: IoctlArgument,
  length: number,
  use: (address: number, bytes: Uint8Array) => number,
): number {
  const bytes = userBytes(argument, length);
  if (bytes === undefined) {
    return -ERRNO.EFAULT;
  }
  const address = cx.world.heap.duplicate(bytes);
  const ret = use(address, bytes);
  cx.world.heap.release(address, length);
  return ret;
}

function createVm(cx: SvCx, { vm }: HsmFile, argument: IoctlArgument): number {
  return withCopy(cx, argument, VM_CREATION_LENGTH, (address, bytes) => {
    if ((u16(bytes, 2) | u16(bytes, 6)) !== 0 || !acrn_vm_create(cx, vm, address)) {
      return -ERRNO.EINVAL;
    }
    bytes.set(cx.world.ram.read(address as Gpa, VM_CREATION_LENGTH));
    return 0;
  });
}

/** Bytes of `struct acrn_vcpu_regs` that must be 0, from and to. */
const RESERVED: readonly (readonly [number, number])[] = [
  [2, 8],
  [146, 152],
  [162, 168],
  [224, 256],
  [264, 276],
];

function setVcpuRegs(cx: SvCx, { vm }: HsmFile, argument: IoctlArgument): number {
  return withCopy(cx, argument, 296, (address, bytes) => {
    if (RESERVED.some(([first, end]) => bytes.subarray(first, end).some((byte) => byte !== 0))) {
      return -ERRNO.EINVAL;
    }
    return refused(cx, hcall_set_vcpu_regs(cx, vm.vmid.value, address), ACRN_IOCTL.SET_VCPU_REGS);
  });
}

/** Logs the hypervisor's refusal of a request. */
function refused(cx: SvCx, ret: number, request: number): number {
  if (ret < 0) {
    cx.log('debug', 'sv-hypercall-refused', { request, ret });
  }
  return ret;
}

function injectMsi(cx: SvCx, { vm }: HsmFile, argument: IoctlArgument): number {
  return withCopy(cx, argument, 16, (address) =>
    refused(cx, hcall_inject_msi(cx, vm.vmid.value, address), ACRN_IOCTL.INJECT_MSI),
  );
}

/** Pins the page of interrupt statistics; a value names it by its address, as a pointer would. */
function monitorInterrupts(cx: SvCx, { vm }: HsmFile, argument: IoctlArgument): number {
  if (typeof argument !== 'number') {
    return withCopy(cx, argument, 8, (address) => hcall_vm_intr_monitor(cx, vm.vmid.value, address));
  }
  return cx.world.ram.holds(argument, 4096) ? hcall_vm_intr_monitor(cx, vm.vmid.value, argument) : -ERRNO.EFAULT;
}

function createClient(cx: SvCx, { vm }: HsmFile): number {
  if (vm.default_client !== undefined) {
    return -ERRNO.EEXIST;
  }
  return acrn_ioreq_client_create(cx, vm, undefined, true, 'acrndm') === undefined ? -ERRNO.EINVAL : 0;
}

function destroyClient(cx: SvCx, { vm }: HsmFile): number {
  if (vm.default_client !== undefined) {
    acrn_ioreq_client_destroy(cx, vm.default_client);
  }
  return 0;
}

function notifyFinish(cx: SvCx, { vm }: HsmFile, argument: IoctlArgument): number {
  const bytes = userBytes(argument, 8);
  if (bytes === undefined) {
    return -ERRNO.EFAULT;
  }
  // The vCPU number is cut to 16 bits by the callee's parameter.
  return u16(bytes, 2) !== 0 ? -ERRNO.EINVAL : acrn_ioreq_request_default_complete(cx, vm, u16(bytes, 4));
}

function configureIoeventfd(cx: SvCx, { vm, files }: HsmFile, argument: IoctlArgument): number {
  const bytes = userBytes(argument, 32);
  if (bytes === undefined) {
    return -ERRNO.EFAULT;
  }
  if (u32(bytes, 20) !== 0) {
    return -ERRNO.EINVAL;
  }
  return acrn_ioeventfd_config(cx, vm, {
    ...eventfdOf(files, u32(bytes, 0)),
    flags: u32(bytes, 4),
    addr: u64(bytes, 8),
    len: u32(bytes, 16),
    data: u64(bytes, 24),
  });
}

function configureIrqfd(cx: SvCx, { vm, files }: HsmFile, argument: IoctlArgument): number {
  const bytes = userBytes(argument, 24);
  if (bytes === undefined) {
    return -ERRNO.EFAULT;
  }
  return acrn_irqfd_config(cx, vm, {
    ...eventfdOf(files, u32(bytes, 0)),
    flags: u32(bytes, 4),
    msiAddress: u64(bytes, 8),
    msiData: u32(bytes, 16),
  });
}

function setMemseg(cx: SvCx, { vm }: HsmFile, argument: IoctlArgument): number {
  const bytes = userBytes(argument, 32);
  return bytes === undefined ? -ERRNO.EFAULT : acrn_vm_memseg_map(cx, vm, memmapOf(bytes));
}

function unsetMemseg(cx: SvCx, { vm }: HsmFile, argument: IoctlArgument): number {
  const bytes = userBytes(argument, 32);
  return bytes === undefined ? -ERRNO.EFAULT : acrn_vm_memseg_unmap(cx, vm, memmapOf(bytes));
}

function setIrqline(cx: SvCx, { vm }: HsmFile, argument: IoctlArgument): number {
  // The argument is the value itself, not a pointer to it.
  const value = typeof argument === 'number' ? argument : 0;
  return refused(cx, hcall_set_irqline(cx, vm.vmid.value, value), ACRN_IOCTL.SET_IRQLINE);
}

type Request = (cx: SvCx, hsm: HsmFile, argument: IoctlArgument) => number;

/** The cases of acrn_dev_ioctl that never block. */
const REQUESTS: ReadonlyMap<number, Request> = new Map<number, Request>([
  [ACRN_IOCTL.CREATE_VM, createVm],
  [ACRN_IOCTL.START_VM, (cx, { vm }) => refused(cx, hcall_start_vm(cx, vm.vmid.value), ACRN_IOCTL.START_VM)],
  [ACRN_IOCTL.PAUSE_VM, (cx, { vm }) => refused(cx, hcall_pause_vm(cx, vm.vmid.value), ACRN_IOCTL.PAUSE_VM)],
  [ACRN_IOCTL.RESET_VM, (cx, { vm }) => refused(cx, hcall_reset_vm(cx, vm.vmid.value), ACRN_IOCTL.RESET_VM)],
  [ACRN_IOCTL.DESTROY_VM, (cx, { vm }) => acrn_vm_destroy(cx, vm)],
  [ACRN_IOCTL.SET_VCPU_REGS, setVcpuRegs],
  [ACRN_IOCTL.SET_MEMSEG, setMemseg],
  [ACRN_IOCTL.UNSET_MEMSEG, unsetMemseg],
  [ACRN_IOCTL.SET_IRQLINE, setIrqline],
  [ACRN_IOCTL.INJECT_MSI, injectMsi],
  [ACRN_IOCTL.VM_INTR_MONITOR, monitorInterrupts],
  [ACRN_IOCTL.CREATE_IOREQ_CLIENT, createClient],
  [ACRN_IOCTL.DESTROY_IOREQ_CLIENT, destroyClient],
  [ACRN_IOCTL.NOTIFY_REQUEST_FINISH, notifyFinish],
  [ACRN_IOCTL.IOEVENTFD, configureIoeventfd],
  [ACRN_IOCTL.IRQFD, configureIrqfd],
]);

function unknownRequest(cx: SvCx, request: number): number {
  cx.log('debug', 'sv-ioctl-unknown', { request });
  if (request === ACRN_IOCTL.SETUP_ASYNCIO) {
    cx.hazard('sv-asyncio-missing');
  }
  return -ERRNO.ENOTTY;
}

/** All requests of /dev/acrn_hsm (hsm.c, acrn_dev_ioctl); -ENOTTY for an unknown one. */
export const acrn_dev_ioctl = blockingStage(
  file,
  'acrn_dev_ioctl',
  function* (cx: SvCx, hsm: HsmFile, request: number, argument: IoctlArgument): Blocking<number, Suspend> {
    const { vm } = hsm;
    if (vm.vmid.value === ACRN_INVALID_VMID && request !== ACRN_IOCTL.CREATE_VM) {
      cx.log('debug', 'sv-ioctl-vm-invalid', { request });
      return -ERRNO.EINVAL;
    }
    if (request === ACRN_IOCTL.ATTACH_IOREQ_CLIENT) {
      return vm.default_client === undefined ? -ERRNO.ENODEV : yield* acrn_ioreq_client_wait(cx, vm.default_client);
    }
    if (request === ACRN_IOCTL.CLEAR_VM_IOREQ) {
      yield* acrn_ioreq_request_clear(cx, vm);
      return 0;
    }
    if (request === ACRN_IOCTL.SETUP_ASYNCIO && cx.world.acrnKernel) {
      return acrn_asyncio_setup(cx, vm, typeof argument === 'number' ? argument : 0);
    }
    return REQUESTS.get(request)?.(cx, hsm, argument) ?? unknownRequest(cx, request);
  },
);

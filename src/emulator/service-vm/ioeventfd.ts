import { ERRNO } from '../boundaries.ts';
import { linuxFile, stage } from '../stage.ts';
import { type EventfdCtx, eventfd_signal } from './eventfd.ts';
import type { HsmIoeventfd, HsmVm } from './hsm_vm.ts';
import { hcall_asyncio_assign, hcall_asyncio_deassign } from './hypercall.ts';
import {
  acrn_ioreq_client_create,
  acrn_ioreq_client_destroy,
  acrn_ioreq_range_add,
  acrn_ioreq_range_del,
} from './ioreq/client.ts';
import type { IoreqClient, IoreqHandler } from './ioreq/client_types.ts';
import { DIR, IOEVENTFD_FLAG, REQ, reqField, TYPE } from './uapi_acrn.ts';
import type { SvCx } from './world.ts';

/* Twin of drivers/virt/acrn/ioeventfd.c: writes to registered addresses signal an eventfd. */

const file = linuxFile('service-vm-kernel', 'drivers/virt/acrn/ioeventfd.c');

/** `struct acrn_ioeventfd` with its descriptor already resolved; undefined where it is no eventfd. */
export interface IoeventfdArgs {
  readonly eventfd: EventfdCtx | undefined;
  /** The descriptor is open, though no eventfd: decides between -EBADF and -EINVAL. */
  readonly isOpen: boolean;
  readonly flags: number;
  readonly addr: number;
  readonly len: number;
  readonly data: number;
}

/** Whether the same eventfd is registered for the same write (ioeventfd.c, hsm_ioeventfd_is_conflict). */
function hsm_ioeventfd_is_conflict(vm: HsmVm, one: HsmIoeventfd): boolean {
  return vm.ioeventfds.some(
    (p) =>
      p.eventfd === one.eventfd &&
      p.addr === one.addr &&
      p.type === one.type &&
      (p.wildcard || one.wildcard || p.data === one.data),
  );
}

const badDescriptor = (args: IoeventfdArgs): number => -(args.isOpen ? ERRNO.EINVAL : ERRNO.EBADF);

const isLength = (length: number): boolean => length === 1 || length === 2 || length === 4 || length === 8;

/** Registers an eventfd for an address (ioeventfd.c, acrn_ioeventfd_assign); -EINVAL, -EBADF or -EEXIST where it cannot. */
const acrn_ioeventfd_assign = stage(file, 'acrn_ioeventfd_assign', (cx: SvCx, vm: HsmVm, args: IoeventfdArgs) => {
  if (args.addr + args.len >= 2 ** 64 || !isLength(args.len)) {
    return -ERRNO.EINVAL;
  }
  if (args.eventfd === undefined || vm.ioeventfd_client === undefined) {
    return badDescriptor(args);
  }
  const wildcard = (args.flags & IOEVENTFD_FLAG.DATAMATCH) === 0;
  const type = (args.flags & IOEVENTFD_FLAG.PIO) !== 0 ? TYPE.PORTIO : TYPE.MMIO;
  const data = wildcard ? 0 : args.data;
  const p: HsmIoeventfd = { eventfd: args.eventfd, addr: args.addr, data, length: args.len, type, wildcard };
  if (hsm_ioeventfd_is_conflict(vm, p)) {
    return -ERRNO.EEXIST;
  }
  const ret = acrn_ioreq_range_add(cx, vm.ioeventfd_client, type, p.addr, p.addr + p.length - 1);
  if (ret < 0) {
    return ret;
  }
  vm.ioeventfds.push(p);
  vm.ioeventfdCount.value = vm.ioeventfds.length;
  return 0;
});

/** Takes the first registration of an eventfd back; 0 where there is none (ioeventfd.c, acrn_ioeventfd_deassign). */
const acrn_ioeventfd_deassign = stage(file, 'acrn_ioeventfd_deassign', (cx: SvCx, vm: HsmVm, args: IoeventfdArgs) => {
  if (args.eventfd === undefined) {
    return badDescriptor(args);
  }
  const at = vm.ioeventfds.findIndex((p) => p.eventfd === args.eventfd);
  const p = vm.ioeventfds[at];
  if (p !== undefined && vm.ioeventfd_client !== undefined) {
    acrn_ioreq_range_del(cx, vm.ioeventfd_client, p.type, p.addr, p.addr + p.length - 1);
    vm.ioeventfds.splice(at, 1);
    vm.ioeventfdCount.value = vm.ioeventfds.length;
  }
  return 0;
});

/** The registration that a write means (ioeventfd.c, hsm_ioeventfd_match). */
const hsm_ioeventfd_match = stage(
  file,
  'hsm_ioeventfd_match',
  (_cx: SvCx, vm: HsmVm, addr: number, data: number, length: number, type: number) =>
    vm.ioeventfds.find(
      (p) => p.type === type && p.addr === addr && p.length >= length && (p.wildcard || p.data === data),
    ),
);

/** Reads give 0, writes signal; what matches nothing is done without effect (ioeventfd.c, acrn_ioeventfd_handler). */
const acrn_ioeventfd_handler: IoreqHandler = stage(
  file,
  'acrn_ioeventfd_handler',
  (cx: SvCx, client: IoreqClient, req: number): number => {
    const { ram } = cx.world;
    const type = ram.read32(reqField(req, REQ.type));
    const value = reqField(req, REQ.value);
    const isMmio = type === TYPE.MMIO;
    if (ram.read32(reqField(req, REQ.direction)) === DIR.READ) {
      if (isMmio) {
        ram.write64(value, 0);
      } else {
        ram.write32(value, 0);
      }
      return 0;
    }
    const addr = ram.read64(reqField(req, REQ.address));
    const size = ram.read64(reqField(req, REQ.size));
    const p = hsm_ioeventfd_match(cx, client.vm, addr, isMmio ? ram.read64(value) : ram.read32(value), size, type);
    if (p === undefined) {
      cx.hazard('sv-ioeventfd-no-match', { address: addr });
    } else {
      eventfd_signal(cx, p.eventfd);
    }
    return 0;
  },
);

/** Type of an asyncio registration (ACRN_ASYNCIO_PIO, ACRN_ASYNCIO_MMIO). */
const ASYNCIO_TYPE = { PIO: 1, MMIO: 2 } as const;

/**
 * Lets the hypervisor itself answer a write (acrn-kernel, ioeventfd.c, acrn_ioeventfd_asyncio_config): what it puts into
 * the shared buffer is the address of the eventfd's structure. -ENODEV without such a buffer.
 */
const acrn_ioeventfd_asyncio_config = stage(
  file,
  'acrn_ioeventfd_asyncio_config',
  (cx: SvCx, vm: HsmVm, args: IoeventfdArgs): number => {
    const { heap } = cx.world;
    if (vm.asyncio_sbuf.value === 0) {
      return -ERRNO.ENODEV;
    }
    if (args.eventfd === undefined) {
      return badDescriptor(args);
    }
    const bytes = new Uint8Array(32);
    const view = new DataView(bytes.buffer);
    view.setUint32(0, (args.flags & IOEVENTFD_FLAG.PIO) !== 0 ? ASYNCIO_TYPE.PIO : ASYNCIO_TYPE.MMIO, true);
    view.setUint32(4, (args.flags & IOEVENTFD_FLAG.DATAMATCH) !== 0 ? 1 : 0, true);
    view.setUint32(8, args.addr % 0x1_0000_0000, true);
    view.setUint32(12, Math.floor(args.addr / 0x1_0000_0000), true);
    view.setUint32(16, args.eventfd.address, true);
    view.setUint32(24, args.data % 0x1_0000_0000, true);
    const info = heap.duplicate(bytes);
    const hcall = (args.flags & IOEVENTFD_FLAG.DEASSIGN) !== 0 ? hcall_asyncio_deassign : hcall_asyncio_assign;
    const ret = hcall(cx, vm.vmid.value, info);
    heap.release(info, bytes.length);
    return ret;
  },
);

/** ACRN_IOCTL_IOEVENTFD (ioeventfd.c, acrn_ioeventfd_config). */
export const acrn_ioeventfd_config = stage(
  file,
  'acrn_ioeventfd_config',
  (cx: SvCx, vm: HsmVm, args: IoeventfdArgs): number => {
    if (cx.world.acrnKernel && (args.flags & IOEVENTFD_FLAG.ASYNCIO) !== 0) {
      return acrn_ioeventfd_asyncio_config(cx, vm, args);
    }
    return (args.flags & IOEVENTFD_FLAG.DEASSIGN) !== 0
      ? acrn_ioeventfd_deassign(cx, vm, args)
      : acrn_ioeventfd_assign(cx, vm, args);
  },
);

/** Makes the client that ioeventfds of a VM share (ioeventfd.c, acrn_ioeventfd_init). */
export const acrn_ioeventfd_init = stage(file, 'acrn_ioeventfd_init', (cx: SvCx, vm: HsmVm): number => {
  const name = `ioeventfd-${vm.vmid.value}`;
  vm.ioeventfd_client = acrn_ioreq_client_create(cx, vm, acrn_ioeventfd_handler, false, name);
  if (vm.ioeventfd_client === undefined) {
    cx.log('error', 'sv-ioeventfd-client-failed');
    return -ERRNO.EINVAL;
  }
  return 0;
});

/** Ends them (ioeventfd.c, acrn_ioeventfd_deinit). */
export const acrn_ioeventfd_deinit = stage(file, 'acrn_ioeventfd_deinit', (cx: SvCx, vm: HsmVm) => {
  if (vm.ioeventfd_client !== undefined) {
    acrn_ioreq_client_destroy(cx, vm.ioeventfd_client);
    vm.ioeventfd_client = undefined;
  }
  vm.ioeventfds.length = 0;
  vm.ioeventfdCount.value = 0;
});

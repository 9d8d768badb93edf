import { ERRNO } from '../boundaries.ts';
import { linuxFile, stage } from '../stage.ts';
import { EPOLLIN, type EventfdCtx, type WaitEntry } from './eventfd.ts';
import type { HsmIrqfd, HsmVm } from './hsm_vm.ts';
import { IRQFD_FLAG_DEASSIGN } from './uapi_acrn.ts';
import { acrn_msi_inject } from './vm.ts';
import type { SvCx } from './world.ts';

/* Twin of drivers/virt/acrn/irqfd.c: a signalled eventfd becomes an MSI. */

const file = linuxFile('service-vm-kernel', 'drivers/virt/acrn/irqfd.c');

/** `struct acrn_irqfd` with its descriptor already resolved. */
export interface IrqfdArgs {
  readonly eventfd: EventfdCtx | undefined;
  readonly isOpen: boolean;
  readonly flags: number;
  readonly msiAddress: number;
  readonly msiData: number;
}

/** Injects the MSI of an irqfd (irqfd.c, acrn_irqfd_inject). */
const acrn_irqfd_inject = stage(file, 'acrn_irqfd_inject', (cx: SvCx, vm: HsmVm, address: number, data: number) => {
  acrn_msi_inject(cx, vm, address, data);
});

/** The eventfd was signalled (irqfd.c, hsm_irqfd_wakeup). */
const hsm_irqfd_wakeup = stage(file, 'hsm_irqfd_wakeup', (cx: SvCx, vm: HsmVm, args: IrqfdArgs, key: number) => {
  if ((key & EPOLLIN) !== 0) {
    acrn_irqfd_inject(cx, vm, args.msiAddress, args.msiData);
  }
});

/** Connects an eventfd with an MSI (irqfd.c, acrn_irqfd_assign); -EBADF, -EINVAL or -EBUSY where it cannot. */
const acrn_irqfd_assign = stage(file, 'acrn_irqfd_assign', (cx: SvCx, vm: HsmVm, args: IrqfdArgs): number => {
  const { eventfd } = args;
  if (eventfd === undefined) {
    return -(args.isOpen ? ERRNO.EINVAL : ERRNO.EBADF);
  }
  if (vm.irqfds.some((one) => one.eventfd === eventfd)) {
    return -ERRNO.EBUSY;
  }
  const entry: WaitEntry = { wake: (waker, key) => hsm_irqfd_wakeup(waker, vm, args, key) };
  eventfd.wqh.push(entry);
  const irqfd: HsmIrqfd = {
    eventfd,
    msiAddress: args.msiAddress,
    msiData: args.msiData,
    detach: () => eventfd.remove(entry),
  };
  vm.irqfds.push(irqfd);
  vm.irqfdCount.value = vm.irqfds.length;
  if (eventfd.count.value > 0) {
    acrn_irqfd_inject(cx, vm, args.msiAddress, args.msiData);
  }
  return 0;
});

/** Takes the connection back; 0 where there is none (irqfd.c, acrn_irqfd_deassign). */
const acrn_irqfd_deassign = stage(file, 'acrn_irqfd_deassign', (_cx: SvCx, vm: HsmVm, args: IrqfdArgs): number => {
  if (args.eventfd === undefined) {
    return -(args.isOpen ? ERRNO.EINVAL : ERRNO.EBADF);
  }
  const at = vm.irqfds.findIndex((one) => one.eventfd === args.eventfd);
  vm.irqfds[at]?.detach();
  vm.irqfds.splice(at, at < 0 ? 0 : 1);
  vm.irqfdCount.value = vm.irqfds.length;
  return 0;
});

/** ACRN_IOCTL_IRQFD (irqfd.c, acrn_irqfd_config). */
export const acrn_irqfd_config = stage(file, 'acrn_irqfd_config', (cx: SvCx, vm: HsmVm, args: IrqfdArgs): number =>
  (args.flags & IRQFD_FLAG_DEASSIGN) !== 0 ? acrn_irqfd_deassign(cx, vm, args) : acrn_irqfd_assign(cx, vm, args),
);

/** Prepares a VM for irqfds (irqfd.c, acrn_irqfd_init). */
export const acrn_irqfd_init = stage(file, 'acrn_irqfd_init', (_cx: SvCx, vm: HsmVm): number => {
  vm.irqfds.length = 0;
  return 0;
});

/** Ends them (irqfd.c, acrn_irqfd_deinit). */
export const acrn_irqfd_deinit = stage(file, 'acrn_irqfd_deinit', (_cx: SvCx, vm: HsmVm) => {
  for (const irqfd of vm.irqfds.splice(0)) {
    irqfd.detach();
  }
  vm.irqfdCount.value = 0;
});

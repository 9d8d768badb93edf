import type { Program } from '../../trace/kinds.ts';
import type { NamedFunction } from './check-types.ts';

function named(tree: 'acrn' | 'linux', program: Program, file: string): (name: string) => NamedFunction {
  return (name) => ({ id: `${tree}:${file}#${name}`, program, tree, file, function: name });
}

/** virtio_console.c of acrn-dm */
export const dmConsole = named('acrn', 'device-model', 'devicemodel/hw/pci/virtio/virtio_console.c');
/** virtio.c of acrn-dm */
export const dmVirtio = named('acrn', 'device-model', 'devicemodel/hw/pci/virtio/virtio.c');
/** core.c of acrn-dm's PCI */
export const dmPci = named('acrn', 'device-model', 'devicemodel/hw/pci/core.c');
/** iothread.c of acrn-dm */
export const dmIothread = named('acrn', 'device-model', 'devicemodel/core/iothread.c');
/** vmmapi.c of acrn-dm */
export const dmVmmapi = named('acrn', 'device-model', 'devicemodel/core/vmmapi.c');
/** main.c of acrn-dm */
export const dmMain = named('acrn', 'device-model', 'devicemodel/core/main.c');

/** io_req.c of the hypervisor */
export const hvIoReq = named('acrn', 'hypervisor', 'hypervisor/dm/io_req.c');
/** vmx_io.c of the hypervisor */
export const hvVmxIo = named('acrn', 'hypervisor', 'hypervisor/arch/x86/guest/vmx_io.c');
/** vlapic.c of the hypervisor */
export const hvVlapic = named('acrn', 'hypervisor', 'hypervisor/arch/x86/guest/vlapic.c');
/** event.c of the hypervisor */
export const hvEvent = named('acrn', 'hypervisor', 'hypervisor/common/event.c');
/** hypercall.c of the hypervisor */
export const hvHypercall = named('acrn', 'hypervisor', 'hypervisor/common/hypercall.c');

/** vm.c of the Service VM's driver */
export const svVm = named('linux', 'service-vm-kernel', 'drivers/virt/acrn/vm.c');
/** ioreq.c of the Service VM's driver */
export const svIoreq = named('linux', 'service-vm-kernel', 'drivers/virt/acrn/ioreq.c');
/** ioeventfd.c of the Service VM's driver */
export const svIoeventfd = named('linux', 'service-vm-kernel', 'drivers/virt/acrn/ioeventfd.c');
/** hsm.c of the Service VM's driver */
export const svHsm = named('linux', 'service-vm-kernel', 'drivers/virt/acrn/hsm.c');
/** acrn.c of the Service VM's kernel */
export const svAcrn = named('linux', 'service-vm-kernel', 'arch/x86/kernel/cpu/acrn.c');

/** virtio_ring.c of the guest */
export const guestRing = named('linux', 'guest-kernel', 'drivers/virtio/virtio_ring.c');
/** virtio_console.c of the guest */
export const guestConsole = named('linux', 'guest-kernel', 'drivers/char/virtio_console.c');

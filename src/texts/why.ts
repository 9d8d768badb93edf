import type { Said } from './events/event-texts.ts';
import { DEVICE_MODEL_CONSOLE } from './why/device-model-console.ts';
import { DEVICE_MODEL_CORE } from './why/device-model-core.ts';
import { DEVICE_MODEL_ENDS } from './why/device-model-ends.ts';
import { DEVICE_MODEL_PCI } from './why/device-model-pci.ts';
import { DEVICE_MODEL_VIRTIO } from './why/device-model-virtio.ts';
import { GUEST_ARCH } from './why/guest-arch.ts';
import { GUEST_CONSOLE } from './why/guest-console.ts';
import { GUEST_ENDS } from './why/guest-ends.ts';
import { GUEST_RING } from './why/guest-ring.ts';
import { GUEST_TRANSPORT } from './why/guest-transport.ts';
import { GUEST_TTY } from './why/guest-tty.ts';
import { HYPERVISOR_IO } from './why/hypervisor-io.ts';
import { HYPERVISOR_VM } from './why/hypervisor-vm.ts';
import { MACHINE_ENDS } from './why/machine-ends.ts';
import { SERVICE_VM } from './why/service-vm.ts';

/** What happens in a stage and why it is there, in one or two sentences of our own, by the stage's id. */
export const WHY: Readonly<Record<string, Said>> = {
  ...GUEST_ARCH,
  ...GUEST_TTY,
  ...GUEST_CONSOLE,
  ...GUEST_RING,
  ...GUEST_TRANSPORT,
  ...GUEST_ENDS,
  ...HYPERVISOR_VM,
  ...HYPERVISOR_IO,
  ...SERVICE_VM,
  ...MACHINE_ENDS,
  ...DEVICE_MODEL_CORE,
  ...DEVICE_MODEL_PCI,
  ...DEVICE_MODEL_VIRTIO,
  ...DEVICE_MODEL_CONSOLE,
  ...DEVICE_MODEL_ENDS,
};

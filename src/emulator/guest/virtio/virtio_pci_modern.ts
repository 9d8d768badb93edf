import { blockingStage, linuxFile } from '../../stage.ts';
import { PCI_CAP_ID } from '../pci/pci_dev.ts';
import { type GuestCx, NO_STEPS, type Steps } from '../task.ts';
import type { VirtioPciDevice } from './virtio_pci_common/vp_device.ts';

const file = linuxFile('guest-kernel', 'drivers/virtio/virtio_pci_modern.c');
const ENODEV = 19;

/** Takes a device over by its modern registers; -ENODEV where it has none. */
export const virtio_pci_modern_probe = blockingStage(
  file,
  'virtio_pci_modern_probe',
  function* (cx: GuestCx, vpDev: VirtioPciDevice): Steps<number> {
    yield* NO_STEPS;
    if (!vpDev.pci_dev.capabilities.has(PCI_CAP_ID.VENDOR)) {
      cx.log('info', 'leaving-for-legacy-driver', { devfn: vpDev.pci_dev.devfn });
    }
    return -ENODEV;
  },
);

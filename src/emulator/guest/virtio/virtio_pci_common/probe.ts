import { blockingStage } from '../../../stage.ts';
import { readWord, writeWord } from '../../pci/direct.ts';
import { PCI, PCI_COMMAND, type PciDev } from '../../pci/pci_dev.ts';
import type { GuestCx, Steps } from '../../task.ts';
import { register_virtio_device } from '../virtio.ts';
import { virtio_pci_legacy_probe } from '../virtio_pci_legacy.ts';
import { virtio_pci_modern_probe } from '../virtio_pci_modern.ts';
import { file, VirtioPciDevice } from './vp_device.ts';

/** Vendor id of virtio devices (`PCI_VENDOR_ID_REDHAT_QUMRANET`). */
export const VIRTIO_VENDOR = 0x1af4;
const ENODEV = 19;

/** Sets bits of COMMAND (`pci_enable_device`, `pci_set_master`). */
function* setCommand(cx: GuestCx, dev: PciDev, bits: number): Steps<void> {
  const command = yield* readWord(cx, dev, PCI.COMMAND);
  if ((command & bits) !== bits) {
    yield* writeWord(cx, dev, PCI.COMMAND, command | bits);
  }
}

/** Takes over a PCI function as a virtio device: modern if it can, else legacy. */
export const virtio_pci_probe = blockingStage(
  file,
  'virtio_pci_probe',
  function* (cx: GuestCx, pciDev: PciDev): Steps<number> {
    const vpDev = new VirtioPciDevice(pciDev, cx.world.kernel.cells);
    yield* setCommand(cx, pciDev, PCI_COMMAND.IO | PCI_COMMAND.MEMORY);
    let err = yield* virtio_pci_modern_probe(cx, vpDev);
    if (err === -ENODEV) {
      err = virtio_pci_legacy_probe(cx, vpDev);
    }
    if (err !== 0 || vpDev.vdev === undefined) {
      return err;
    }
    yield* setCommand(cx, pciDev, PCI_COMMAND.MASTER);
    return yield* register_virtio_device(cx, vpDev.vdev);
  },
);

import type { Cell, CellFactory, PointerCell } from '../../../cell.ts';
import { linuxFile, type Stage } from '../../../stage.ts';
import { SpinLock } from '../../locks.ts';
import type { PciDev } from '../../pci/pci_dev.ts';
import type { GuestCx, Steps } from '../../task.ts';
import type { VirtioDevice } from '../device.ts';
import type { ModernDevice } from '../virtio_pci_modern_dev.ts';
import type { Virtqueue, VirtqueueCallback } from '../virtio_ring/virtqueue.ts';

/** The C file whose functions this folder holds. */
export const file = linuxFile('guest-kernel', 'drivers/virtio/virtio_pci_common.c');

/** No vector (include/uapi/linux/virtio_pci.h). */
export const VIRTIO_MSI_NO_VECTOR = 0xffff;
/** Vector of configuration changes, and the shared one of all queues. */
export const VP_MSIX_CONFIG_VECTOR = 0;
/** Vector that the queues share where each cannot have its own. */
export const VP_MSIX_VQ_VECTOR = 1;

/** `struct virtio_pci_vq_info`. */
export interface VirtioPciVqInfo {
  readonly vq: Virtqueue;
  readonly msix_vector: number;
}

/** What a transport needs to make one queue. */
export interface QueueSetup {
  readonly index: number;
  readonly callback: VirtqueueCallback | undefined;
  readonly name: string;
  readonly msix_vec: number;
}

/** `vp_dev->setup_vq`: the queue, or a negative errno. */
export type SetupVq = ((cx: GuestCx, vpDev: VirtioPciDevice, setup: QueueSetup) => Steps<Virtqueue | number>) & Stage;
/** `vp_dev->del_vq`. */
export type DelVq = ((cx: GuestCx, vpDev: VirtioPciDevice, info: VirtioPciVqInfo) => Steps<void>) & Stage;
/** `vp_dev->config_vector`: what the device then has. */
export type ConfigVector = ((cx: GuestCx, vpDev: VirtioPciDevice, vector: number) => Steps<number>) & Stage;

/** `struct virtio_pci_device`. */
export class VirtioPciDevice {
  readonly pci_dev: PciDev;
  /** Set by the transport's probe. */
  vdev: VirtioDevice | undefined;
  /** Cookie of the legacy registers (`ldev.ioaddr`). */
  readonly ioaddr: Cell;
  /** Cookie of the interrupt status register. */
  readonly isr: Cell;
  readonly msix_enabled: Cell;
  readonly intx_enabled: Cell;
  readonly per_vq_vectors: Cell;
  readonly msix_vectors: Cell;
  readonly msix_used_vectors: Cell;
  readonly setup_vq: PointerCell<SetupVq>;
  readonly del_vq: PointerCell<DelVq>;
  readonly config_vector: PointerCell<ConfigVector>;
  readonly lock: SpinLock;
  /** Active queues, the last one found first (`list_add`). */
  readonly virtqueues: VirtioPciVqInfo[] = [];
  /** By queue index. */
  vqs: VirtioPciVqInfo[] = [];
  /** Where a modern device's structures are mapped (`mdev`). */
  modern: ModernDevice | undefined;

  constructor(pciDev: PciDev, cells: CellFactory) {
    const path = `vp_dev[${pciDev.devfn >>> 3}]`;
    this.pci_dev = pciDev;
    this.ioaddr = cells.hex(`${path}.ldev.ioaddr`);
    this.isr = cells.hex(`${path}.isr`);
    this.msix_enabled = cells.number(`${path}.msix_enabled`);
    this.intx_enabled = cells.number(`${path}.intx_enabled`);
    this.per_vq_vectors = cells.number(`${path}.per_vq_vectors`);
    this.msix_vectors = cells.number(`${path}.msix_vectors`);
    this.msix_used_vectors = cells.number(`${path}.msix_used_vectors`);
    this.setup_vq = cells.pointer(`${path}.setup_vq`);
    this.del_vq = cells.pointer(`${path}.del_vq`);
    this.config_vector = cells.pointer(`${path}.config_vector`);
    this.lock = new SpinLock(cells, `${path}.lock`);
  }
}

/** `to_vp_device`. */
export function to_vp_device(vdev: VirtioDevice): VirtioPciDevice {
  if (!(vdev.transport instanceof VirtioPciDevice)) {
    throw new TypeError(`${vdev.name} is no PCI device`);
  }
  return vdev.transport;
}

/** `&to_vp_device(vdev)->mdev` of a modern device. */
export function modernDevice(vdev: VirtioDevice): ModernDevice {
  const { modern } = to_vp_device(vdev);
  if (modern === undefined) {
    throw new TypeError(`${vdev.name} has no modern registers`);
  }
  return modern;
}

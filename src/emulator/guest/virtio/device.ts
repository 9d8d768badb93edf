import type { Cell, CellFactory } from '../../cell.ts';
import type { Stage } from '../../stage.ts';
import type { GuestCx, Steps } from '../task.ts';
import { bitSet } from './features.ts';
import type { Virtqueue, VirtqueueCallback } from './virtio_ring/virtqueue.ts';

type Operation<A extends readonly unknown[], R> = ((cx: GuestCx, ...args: A) => Steps<R>) & Stage;

/** `struct virtqueue_info`: what a driver asks of one of its queues. */
export interface VirtqueueInfo {
  readonly name: string;
  readonly callback: VirtqueueCallback | undefined;
}

/** `struct virtio_config_ops`: how a transport reaches a device. Queues come back as an errno or a list. */
export interface VirtioConfigOps {
  /** Bytes of the device's configuration space, little endian, as one number (1, 2 or 4 bytes). */
  readonly get: Operation<[VirtioDevice, number, number], number>;
  readonly get_status: Operation<[VirtioDevice], number>;
  readonly set_status: Operation<[VirtioDevice, number], void>;
  readonly reset: Operation<[VirtioDevice], void>;
  readonly find_vqs: Operation<[VirtioDevice, readonly VirtqueueInfo[]], readonly Virtqueue[] | number>;
  readonly del_vqs: Operation<[VirtioDevice], void>;
  readonly get_features: Operation<[VirtioDevice], number>;
  readonly finalize_features: Operation<[VirtioDevice], number>;
}

/** `struct virtio_driver`, as far as the bus needs it. */
export interface VirtioDriver {
  readonly name: string;
  readonly device: number;
  readonly feature_table: readonly number[];
  readonly probe: Operation<[VirtioDevice], number>;
}

/** `struct virtio_device`. */
export class VirtioDevice {
  readonly index: number;
  /** `virtio0` */
  readonly name: string;
  /** Virtio device id (virtio 1.2, 5): 3 is the console. */
  readonly id: number;
  readonly config: VirtioConfigOps;
  /** The transport's own structure (`to_vp_device`). */
  readonly transport: unknown;
  /** Negotiated feature bits, exact below 2^53. */
  readonly features: Cell;
  readonly vqs: Virtqueue[] = [];
  /** The driver's own structure. */
  priv: unknown;

  constructor(index: number, id: number, config: VirtioConfigOps, transport: unknown, cells: CellFactory) {
    this.index = index;
    this.name = `virtio${index}`;
    this.id = id;
    this.config = config;
    this.transport = transport;
    this.features = cells.hex(`${this.name}.features`);
  }
}

/** `virtio_has_feature`. */
export const has_feature = (vdev: VirtioDevice, bit: number): boolean => bitSet(vdev.features.value, bit);

import type { Cell, CellFactory, PointerCell } from '../../../cell.ts';
import type { Stage } from '../../../stage.ts';
import type { GuestCx, Steps } from '../../task.ts';
import type { VirtioDevice } from '../device.ts';
import type { RingMemory, Vring } from './vring.ts';

/** `vq->notify`: tells the device; false where that failed. */
export type NotifyFunction = ((cx: GuestCx, vq: Virtqueue) => Steps<boolean>) & Stage;
/** `vq->vq.callback`: the driver's handler of used buffers. */
export type VirtqueueCallback = ((cx: GuestCx, vq: Virtqueue) => Steps<void>) & Stage;

/** One entry of a scatter-gather list: guest-physical address and length in bytes. */
export interface ScatterEntry {
  readonly address: number;
  readonly length: number;
}

/** What a virtqueue is made from: the arguments of `__vring_new_virtqueue`. */
export interface VirtqueueParts {
  readonly index: number;
  readonly name: string;
  readonly vdev: VirtioDevice;
  readonly vring: Vring;
  readonly queueBytes: number;
  readonly descState: number;
  readonly descExtra: number;
  readonly indirect: boolean;
  readonly event: boolean;
  readonly memory: RingMemory;
}

/** `struct virtqueue` with its `struct vring_virtqueue` (split ring only). */
export class Virtqueue {
  readonly index: number;
  readonly name: string;
  readonly vdev: VirtioDevice;
  readonly vring: Vring;
  /** Bytes of the ring's allocation. */
  readonly queueBytes: number;
  /** Address of `desc_state[]`: 16 bytes an entry, data and indir_desc. */
  readonly desc_state: number;
  /** Address of `desc_extra[]`: 16 bytes an entry, addr, len, flags, next. */
  readonly desc_extra: number;
  /** VIRTIO_RING_F_INDIRECT_DESC was negotiated. */
  readonly indirect: boolean;
  /** VIRTIO_RING_F_EVENT_IDX was negotiated. */
  readonly event: boolean;
  readonly memory: RingMemory;
  readonly callback: PointerCell<VirtqueueCallback>;
  readonly notify: PointerCell<NotifyFunction>;
  readonly num_free: Cell;
  readonly free_head: Cell;
  readonly num_added: Cell;
  readonly last_used_idx: Cell;
  readonly avail_idx_shadow: Cell;
  readonly avail_flags_shadow: Cell;
  readonly event_triggered: Cell;
  readonly broken: Cell;
  /** `vq->priv`: the cookie that notifications are written to. */
  readonly priv: Cell;

  constructor(parts: VirtqueueParts, cells: CellFactory) {
    const path = `${parts.vdev.name}.vqs[${parts.index}]`;
    this.index = parts.index;
    this.name = parts.name;
    this.vdev = parts.vdev;
    this.vring = parts.vring;
    this.queueBytes = parts.queueBytes;
    this.desc_state = parts.descState;
    this.desc_extra = parts.descExtra;
    this.indirect = parts.indirect;
    this.event = parts.event;
    this.memory = parts.memory;
    this.callback = cells.pointer(`${path}.callback`);
    this.notify = cells.pointer(`${path}.notify`);
    this.num_free = cells.number(`${path}.num_free`);
    this.free_head = cells.number(`${path}.free_head`);
    this.num_added = cells.number(`${path}.num_added`);
    this.last_used_idx = cells.number(`${path}.last_used_idx`);
    this.avail_idx_shadow = cells.number(`${path}.avail_idx_shadow`);
    this.avail_flags_shadow = cells.number(`${path}.avail_flags_shadow`);
    this.event_triggered = cells.number(`${path}.event_triggered`);
    this.broken = cells.number(`${path}.broken`);
    this.priv = cells.hex(`${path}.priv`);
  }
}

/** `virtqueue_get_desc_addr`. */
export const virtqueue_get_desc_addr = (vq: Virtqueue): number => vq.vring.desc;
/** `virtqueue_is_broken`. */
export const virtqueue_is_broken = (vq: Virtqueue): boolean => vq.broken.value !== 0;

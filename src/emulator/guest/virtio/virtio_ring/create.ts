import { stage } from '../../../stage.ts';
import type { GuestCx } from '../../task.ts';
import { has_feature, type VirtioDevice } from '../device.ts';
import { VIRTIO_F_RING_PACKED, VIRTIO_RING_F_EVENT_IDX, VIRTIO_RING_F_INDIRECT_DESC } from '../features.ts';
import { type NotifyFunction, Virtqueue, type VirtqueueCallback } from './virtqueue.ts';
import {
  EXTRA_SIZE,
  file,
  RingMemory,
  STATE_SIZE,
  VRING_AVAIL_F_NO_INTERRUPT,
  type Vring,
  vring_init,
  vring_size,
} from './vring.ts';

/** What a transport asks of a new queue: the arguments of `vring_create_virtqueue`. */
export interface QueueRequest {
  readonly index: number;
  readonly num: number;
  readonly align: number;
  readonly vdev: VirtioDevice;
  readonly mayReduceNum: boolean;
  readonly notify: NotifyFunction;
  readonly callback: VirtqueueCallback | undefined;
  readonly name: string;
}

const PAGE_SIZE = 4096;

/** Memory for the ring: whole pages, physically contiguous, zeroed. */
const vring_alloc_queue = stage(file, 'vring_alloc_queue', (cx: GuestCx, size: number): number =>
  cx.world.kernel.mm.allocPages(Math.ceil(size / PAGE_SIZE) * PAGE_SIZE, true),
);

const vring_alloc_queue_split = stage(
  file,
  'vring_alloc_queue_split',
  (cx: GuestCx, request: QueueRequest): Vring | undefined => {
    let num = request.num;
    if (num === 0 || (num & (num - 1)) !== 0) {
      cx.log('warning', 'guest-bad-virtqueue-length', { num });
      return undefined;
    }
    let queue = 0;
    for (; num > 0 && vring_size(num, request.align) > PAGE_SIZE; num >>>= 1) {
      queue = vring_alloc_queue(cx, vring_size(num, request.align));
      if (queue !== 0) {
        break;
      }
      if (!request.mayReduceNum) {
        return undefined;
      }
    }
    if (num > 0 && queue === 0) {
      queue = vring_alloc_queue(cx, vring_size(num, request.align));
    }
    return queue === 0 ? undefined : vring_init(num, queue, request.align);
  },
);

/** `desc_state` and `desc_extra`: every extra entry points to the next one, which is the free list. */
const vring_alloc_state_extra_split = stage(
  file,
  'vring_alloc_state_extra_split',
  (cx: GuestCx, vring: Vring, memory: RingMemory): { readonly state: number; readonly extra: number } | undefined => {
    const state = cx.world.kernel.mm.kzalloc(vring.num * STATE_SIZE);
    const extra = cx.world.kernel.mm.kzalloc(vring.num * EXTRA_SIZE);
    if (state === 0 || extra === 0) {
      cx.world.kernel.mm.kfree(state);
      cx.world.kernel.mm.kfree(extra);
      return undefined;
    }
    for (let i = 0; i < vring.num - 1; i++) {
      memory.store16(extra + i * EXTRA_SIZE + 14, i + 1);
    }
    return { state, extra };
  },
);

const virtqueue_vring_init_split = stage(file, 'virtqueue_vring_init_split', (_cx: GuestCx, vq: Virtqueue): void => {
  if (vq.callback.value === undefined) {
    vq.avail_flags_shadow.value |= VRING_AVAIL_F_NO_INTERRUPT;
    if (!vq.event) {
      vq.memory.store16(vq.vring.avail, vq.avail_flags_shadow.value);
    }
  }
});

const __vring_new_virtqueue = stage(
  file,
  '__vring_new_virtqueue',
  (cx: GuestCx, vring: Vring, request: QueueRequest): Virtqueue | undefined => {
    const { kernel } = cx.world;
    const memory = new RingMemory(kernel.ram);
    const arrays = vring_alloc_state_extra_split(cx, vring, memory);
    if (arrays === undefined) {
      return undefined;
    }
    const vq = new Virtqueue(
      {
        index: request.index,
        name: request.name,
        vdev: request.vdev,
        vring,
        queueBytes: vring_size(vring.num, request.align),
        descState: arrays.state,
        descExtra: arrays.extra,
        indirect: has_feature(request.vdev, VIRTIO_RING_F_INDIRECT_DESC),
        event: has_feature(request.vdev, VIRTIO_RING_F_EVENT_IDX),
        memory,
      },
      kernel.cells,
    );
    vq.callback.value = request.callback;
    vq.notify.value = request.notify;
    virtqueue_vring_init_split(cx, vq);
    vq.num_free.value = vring.num;
    request.vdev.vqs.push(vq);
    return vq;
  },
);

const vring_create_virtqueue_split = stage(
  file,
  'vring_create_virtqueue_split',
  (cx: GuestCx, request: QueueRequest): Virtqueue | undefined => {
    const vring = vring_alloc_queue_split(cx, request);
    if (vring === undefined) {
      return undefined;
    }
    const vq = __vring_new_virtqueue(cx, vring, request);
    if (vq === undefined) {
      cx.world.kernel.mm.freePages(vring.desc);
    }
    return vq;
  },
);

/** A new virtqueue with its ring in guest memory; undefined where memory or the length does not allow it. */
export const vring_create_virtqueue = stage(
  file,
  'vring_create_virtqueue',
  (cx: GuestCx, request: QueueRequest): Virtqueue | undefined =>
    has_feature(request.vdev, VIRTIO_F_RING_PACKED) ? undefined : vring_create_virtqueue_split(cx, request),
);

/** Frees a virtqueue and its ring. */
export const vring_del_virtqueue = stage(file, 'vring_del_virtqueue', (cx: GuestCx, vq: Virtqueue): void => {
  const { mm } = cx.world.kernel;
  mm.freePages(vq.vring.desc);
  mm.kfree(vq.desc_state);
  mm.kfree(vq.desc_extra);
  const at = vq.vdev.vqs.indexOf(vq);
  if (at >= 0) {
    vq.vdev.vqs.splice(at, 1);
  }
});

import { EmulatedFault } from '../../../cx.ts';
import { stage } from '../../../stage.ts';
import type { GuestCx } from '../../task.ts';
import type { Virtqueue } from './virtqueue.ts';
import {
  DESC_SIZE,
  EXTRA_SIZE,
  file,
  STATE_SIZE,
  usedEvent,
  VRING_AVAIL_F_NO_INTERRUPT,
  VRING_DESC_F_INDIRECT,
  VRING_DESC_F_NEXT,
} from './vring.ts';

/** A buffer that came back: its token, 0 for none, and how many bytes the device wrote. */
export interface UsedBuffer {
  readonly data: number;
  readonly len: number;
}

/** No buffer came back. */
export const NO_BUFFER: UsedBuffer = { data: 0, len: 0 };

const vring_unmap_one_split = stage(file, 'vring_unmap_one_split', (_cx: GuestCx, vq: Virtqueue, i: number): number =>
  vq.memory.load16(vq.desc_extra + i * EXTRA_SIZE + 14),
);

/** Frees the indirect table of a head, if it has one. */
function freeIndirect(cx: GuestCx, vq: Virtqueue, head: number): void {
  const state = vq.desc_state + head * STATE_SIZE;
  const table = vq.memory.load64(state + 8);
  if (table === 0) {
    return;
  }
  const extra = vq.desc_extra + head * EXTRA_SIZE;
  const length = vq.memory.load32(extra + 8);
  if ((vq.memory.load16(extra + 12) & VRING_DESC_F_INDIRECT) === 0 || length === 0 || length % DESC_SIZE !== 0) {
    throw new EmulatedFault('guest-kernel-bug', { where: 'detach_buf_split' });
  }
  cx.world.kernel.mm.kfree(table);
  vq.memory.store64(state + 8, 0);
}

/** Puts the descriptors of a chain back on the free list, its head first. */
const detach_buf_split = stage(file, 'detach_buf_split', (cx: GuestCx, vq: Virtqueue, head: number): void => {
  const memory = vq.memory;
  memory.store64(vq.desc_state + head * STATE_SIZE, 0);
  let i = head;
  let freed = 1;
  while ((memory.load16(vq.vring.desc + i * DESC_SIZE + 12) & VRING_DESC_F_NEXT) !== 0) {
    i = vring_unmap_one_split(cx, vq, i);
    freed++;
  }
  vring_unmap_one_split(cx, vq, i);
  memory.store16(vq.desc_extra + i * EXTRA_SIZE + 14, vq.free_head.value);
  vq.free_head.value = head;
  vq.num_free.value += freed;
  if (vq.indirect) {
    freeIndirect(cx, vq, head);
  }
});

/** Whether the device used something that the driver has not seen. */
export const more_used_split = (vq: Virtqueue): boolean =>
  vq.last_used_idx.value !== vq.memory.load16(vq.vring.used + 2);

/** BAD_RING: the queue is unusable from here on. */
function badRing(cx: GuestCx, vq: Virtqueue, code: string, id: number): UsedBuffer {
  cx.log('error', code, { queue: vq.index, id });
  vq.broken.value = 1;
  return NO_BUFFER;
}

/** The next buffer that came back (virtio 1.2, 2.7.14), and the free list with its descriptors. */
export const virtqueue_get_buf_ctx_split = stage(
  file,
  'virtqueue_get_buf_ctx_split',
  (cx: GuestCx, vq: Virtqueue): UsedBuffer => {
    if (vq.broken.value !== 0 || !more_used_split(vq)) {
      return NO_BUFFER;
    }
    const entry = vq.vring.used + 4 + 8 * (vq.last_used_idx.value & (vq.vring.num - 1));
    const id = vq.memory.load32(entry);
    const len = vq.memory.load32(entry + 4);
    if (id >= vq.vring.num) {
      return badRing(cx, vq, 'guest-used-id-out-of-range', id);
    }
    const data = vq.memory.load64(vq.desc_state + id * STATE_SIZE);
    if (data === 0) {
      return badRing(cx, vq, 'guest-used-id-is-no-head', id);
    }
    detach_buf_split(cx, vq, id);
    vq.last_used_idx.value = (vq.last_used_idx.value + 1) & 0xffff;
    if ((vq.avail_flags_shadow.value & VRING_AVAIL_F_NO_INTERRUPT) === 0) {
      vq.memory.store16(usedEvent(vq.vring), vq.last_used_idx.value);
    }
    return { data, len };
  },
);

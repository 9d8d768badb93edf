import { EmulatedFault } from '../../../cx.ts';
import { blockingStage, stage } from '../../../stage.ts';
import type { GuestCx, Steps } from '../../task.ts';
import type { ScatterEntry, Virtqueue } from './virtqueue.ts';
import {
  availEvent,
  DESC_SIZE,
  EXTRA_SIZE,
  file,
  STATE_SIZE,
  VRING_DESC_F_INDIRECT,
  VRING_DESC_F_NEXT,
  VRING_DESC_F_WRITE,
  VRING_USED_F_NO_NOTIFY,
  vring_need_event,
} from './vring.ts';

const ENOSPC = 28;
const EIO = 5;

/** Maps one entry for the device: without the DMA API its bus address is its physical one. */
const vring_map_one_sg = stage(file, 'vring_map_one_sg', (_cx: GuestCx, sg: ScatterEntry): number => sg.address);

/** Whether a table of its own is used for these entries. */
const useIndirect = (vq: Virtqueue, total: number): boolean => vq.indirect && total > 1 && vq.num_free.value > 0;

const alloc_indirect_split = stage(
  file,
  'alloc_indirect_split',
  (cx: GuestCx, vq: Virtqueue, total: number): number => {
    const desc = cx.world.kernel.mm.kmalloc(total * DESC_SIZE);
    for (let i = 0; desc !== 0 && i < total; i++) {
      vq.memory.store16(desc + i * DESC_SIZE + 14, i + 1);
    }
    return desc;
  },
);

/** Fills descriptor `i` of `desc`; returns the index of the next one. */
function addDescriptor(
  vq: Virtqueue,
  desc: number,
  i: number,
  entry: ScatterEntry,
  flags: number,
  indirect: boolean,
): number {
  const memory = vq.memory;
  const at = desc + i * DESC_SIZE;
  memory.store16(at + 12, flags);
  memory.store64(at, entry.address);
  memory.store32(at + 8, entry.length);
  if (indirect) {
    return memory.load16(at + 14);
  }
  const extra = vq.desc_extra + i * EXTRA_SIZE;
  const next = memory.load16(extra + 14);
  memory.store16(at + 14, next);
  memory.store64(extra, entry.address);
  memory.store32(extra + 8, entry.length);
  memory.store16(extra + 12, flags);
  return next;
}

/** Puts the head into the available ring and publishes it (virtio 1.2, 2.7.13). */
function publish(vq: Virtqueue, head: number): void {
  const shadow = vq.avail_idx_shadow;
  vq.memory.store16(vq.vring.avail + 4 + 2 * (shadow.value & (vq.vring.num - 1)), head);
  shadow.value = (shadow.value + 1) & 0xffff;
  vq.memory.store16(vq.vring.avail + 2, shadow.value);
  vq.num_added.value++;
}

/** Fills the descriptors of all entries; returns the free one after them. */
function fillDescriptors(
  cx: GuestCx,
  vq: Virtqueue,
  entries: readonly ScatterEntry[],
  outCount: number,
  table: number,
): number {
  const indirect = table !== 0;
  const desc = indirect ? table : vq.vring.desc;
  let i = indirect ? 0 : vq.free_head.value;
  let last = i;
  for (let n = 0; n < entries.length; n++) {
    const entry = entries[n];
    if (entry !== undefined) {
      vring_map_one_sg(cx, entry);
      last = i;
      const write = n < outCount ? 0 : VRING_DESC_F_WRITE;
      i = addDescriptor(vq, desc, i, entry, VRING_DESC_F_NEXT | write, indirect);
    }
  }
  const flags = desc + last * DESC_SIZE + 12;
  vq.memory.store16(flags, vq.memory.load16(flags) & ~VRING_DESC_F_NEXT);
  return i;
}

/**
 * Adds `entries`, the first `outCount` of them readable by the device, under the token `data`. -ENOSPC where too few
 * descriptors are free (after notifying the device if there is something for it to read), -EIO on a broken queue.
 */
export const virtqueue_add_split = blockingStage(
  file,
  'virtqueue_add_split',
  function* (
    cx: GuestCx,
    vq: Virtqueue,
    entries: readonly ScatterEntry[],
    outCount: number,
    data: number,
  ): Steps<number> {
    if (data === 0 || entries.length === 0) {
      throw new EmulatedFault('guest-kernel-bug', { where: 'virtqueue_add_split' });
    }
    if (vq.broken.value !== 0) {
      return -EIO;
    }
    const head = vq.free_head.value;
    const table = useIndirect(vq, entries.length) ? alloc_indirect_split(cx, vq, entries.length) : 0;
    const used = table !== 0 ? 1 : entries.length;
    if (vq.num_free.value < used) {
      if (outCount > 0) {
        yield* cx.ptr('vq->notify', vq.notify.value)(cx, vq);
      }
      cx.world.kernel.mm.kfree(table);
      return -ENOSPC;
    }
    let next = fillDescriptors(cx, vq, entries, outCount, table);
    if (table !== 0) {
      const whole = { address: table, length: entries.length * DESC_SIZE };
      next = addDescriptor(vq, vq.vring.desc, head, whole, VRING_DESC_F_INDIRECT, false);
    }
    vq.num_free.value -= used;
    vq.free_head.value = next;
    vq.memory.store64(vq.desc_state + head * STATE_SIZE, data);
    vq.memory.store64(vq.desc_state + head * STATE_SIZE + 8, table);
    publish(vq, head);
    return 0;
  },
);

/** Whether the device wants to be told of what was added since the last time. */
export const virtqueue_kick_prepare_split = stage(
  file,
  'virtqueue_kick_prepare_split',
  (_cx: GuestCx, vq: Virtqueue): boolean => {
    const next = vq.avail_idx_shadow.value;
    const old = (next - vq.num_added.value) & 0xffff;
    vq.num_added.value = 0;
    if (vq.event) {
      return vring_need_event(vq.memory.load16(availEvent(vq.vring)), next, old);
    }
    return (vq.memory.load16(vq.vring.used) & VRING_USED_F_NO_NOTIFY) === 0;
  },
);

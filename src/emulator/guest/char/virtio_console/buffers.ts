import { blockingStage, stage } from '../../../stage.ts';
import { local_irq_save, type SpinLock, spin_lock, spin_unlock_irqrestore } from '../../locks.ts';
import { PAGE_SIZE } from '../../mm.ts';
import type { GuestCx, Steps } from '../../task.ts';
import { virtqueue_add_inbuf, virtqueue_get_buf, virtqueue_kick } from '../../virtio/virtio_ring/generic.ts';
import type { Virtqueue } from '../../virtio/virtio_ring/virtqueue.ts';
import { file, PORT_BUFFER, type Port, SG_ENTRY } from './port.ts';

const ENOMEM = 12;

/** Frees a port buffer and what it holds: its bytes, or its spliced pages. */
export const free_buf = stage(file, 'free_buf', (cx: GuestCx, buffer: number): void => {
  const { mm, portBuffers } = cx.world.kernel;
  const pages = portBuffers.get(buffer, 'sgpages');
  for (let i = 0; i < pages; i++) {
    mm.freePages(cx.world.kernel.load64(buffer + PORT_BUFFER.sg + i * SG_ENTRY));
  }
  mm.kfree(portBuffers.get(buffer, 'buf'));
  mm.kfree(buffer);
});

/** A new port buffer of `size` bytes, or with room for `pages` spliced pages; 0 where memory is used up. */
export const alloc_buf = stage(file, 'alloc_buf', (cx: GuestCx, size: number, pages: number): number => {
  const { mm, portBuffers } = cx.world.kernel;
  const buffer = mm.kmalloc(PORT_BUFFER.sg + pages * SG_ENTRY);
  if (buffer === 0) {
    return 0;
  }
  portBuffers.set(buffer, 'sgpages', pages);
  if (pages > 0) {
    portBuffers.set(buffer, 'buf', 0);
    return buffer;
  }
  const bytes = mm.kmalloc(size);
  if (bytes === 0) {
    mm.kfree(buffer);
    return 0;
  }
  portBuffers.set(buffer, 'buf', bytes);
  portBuffers.set(buffer, 'len', 0);
  portBuffers.set(buffer, 'offset', 0);
  portBuffers.set(buffer, 'size', size);
  return buffer;
});

/** The buffer to read from: the one begun, or the next that the device filled; 0 for none. */
export const get_inbuf = stage(file, 'get_inbuf', (cx: GuestCx, port: Port): number => {
  if (port.inbuf.value !== 0) {
    return port.inbuf.value;
  }
  const { data, len } = virtqueue_get_buf(cx, port.in_vq);
  if (data !== 0) {
    const { portBuffers } = cx.world.kernel;
    portBuffers.set(data, 'len', Math.min(len, portBuffers.get(data, 'size')));
    portBuffers.set(data, 'offset', 0);
    port.bytes_received.value += len;
  }
  return data;
});

/** Gives a buffer to the device to fill; descriptors left, or a negative errno. */
export const add_inbuf = blockingStage(
  file,
  'add_inbuf',
  function* (cx: GuestCx, vq: Virtqueue, buffer: number): Steps<number> {
    const { portBuffers } = cx.world.kernel;
    const entry = { address: portBuffers.get(buffer, 'buf'), length: portBuffers.get(buffer, 'size') };
    const ret = yield* virtqueue_add_inbuf(cx, vq, [entry], buffer);
    yield* virtqueue_kick(cx, vq);
    return ret === 0 ? vq.num_free.value : ret;
  },
);

/** Gives back unread what the device sent. */
export const discard_port_data = blockingStage(
  file,
  'discard_port_data',
  function* (cx: GuestCx, port: Port): Steps<void> {
    const { portBuffers } = cx.world.kernel;
    let errors = 0;
    for (let buffer = get_inbuf(cx, port); buffer !== 0; buffer = get_inbuf(cx, port)) {
      port.bytes_discarded.value += portBuffers.get(buffer, 'len') - portBuffers.get(buffer, 'offset');
      if ((yield* add_inbuf(cx, port.in_vq, buffer)) < 0) {
        errors++;
        free_buf(cx, buffer);
      }
      port.inbuf.value = 0;
    }
    if (errors > 0) {
      cx.log('warning', 'guest-errors-adding-buffers-back', { port: port.id, errors });
    }
  },
);

/** Fills a queue with page-sized buffers until no descriptor is left; buffers added, or a negative errno. */
export const fill_queue = blockingStage(
  file,
  'fill_queue',
  function* (cx: GuestCx, vq: Virtqueue, lock: SpinLock): Steps<number> {
    let added = 0;
    let ret = 0;
    do {
      const buffer = alloc_buf(cx, PAGE_SIZE, 0);
      if (buffer === 0) {
        return -ENOMEM;
      }
      const flags = local_irq_save(cx);
      yield* spin_lock(cx, lock);
      ret = yield* add_inbuf(cx, vq, buffer);
      added++;
      yield* spin_unlock_irqrestore(cx, lock, flags);
      if (ret < 0) {
        free_buf(cx, buffer);
        return ret;
      }
    } while (ret > 0);
    return added;
  },
);

/** Frees what the device has consumed of this port's output. Callers hold outvq_lock. */
export const reclaim_consumed_buffers = stage(file, 'reclaim_consumed_buffers', (cx: GuestCx, port: Port): void => {
  for (let used = virtqueue_get_buf(cx, port.out_vq); used.data !== 0; used = virtqueue_get_buf(cx, port.out_vq)) {
    free_buf(cx, used.data);
    port.outvq_full.value = 0;
  }
});

/** Whether there is something to read. */
export const port_has_data = blockingStage(file, 'port_has_data', function* (cx: GuestCx, port: Port): Steps<boolean> {
  const flags = local_irq_save(cx);
  yield* spin_lock(cx, port.inbuf_lock);
  port.inbuf.value = get_inbuf(cx, port);
  yield* spin_unlock_irqrestore(cx, port.inbuf_lock, flags);
  return port.inbuf.value !== 0;
});

import { blockingStage, stage } from '../../../stage.ts';
import { local_irq_save, spin_lock, spin_unlock_irqrestore, wakeUp } from '../../locks.ts';
import { type GuestCx, NO_STEPS, type Steps } from '../../task.ts';
import { hvc_kick, hvc_poll } from '../../tty/hvc_console/console.ts';
import { virtqueue_get_buf } from '../../virtio/virtio_ring/generic.ts';
import type { Virtqueue } from '../../virtio/virtio_ring/virtqueue.ts';
import { discard_port_data, free_buf, get_inbuf } from './buffers.ts';
import { file, type Port, PortsDevice } from './port.ts';

const find_port_by_vq = stage(file, 'find_port_by_vq', (_cx: GuestCx, vq: Virtqueue): Port | undefined =>
  vq.vdev.priv instanceof PortsDevice
    ? vq.vdev.priv.ports.find((port) => port.in_vq === vq || port.out_vq === vq)
    : undefined,
);

/** Frees what came back on a queue without a port. */
const flush_bufs = stage(file, 'flush_bufs', (cx: GuestCx, vq: Virtqueue): void => {
  for (let used = virtqueue_get_buf(cx, vq); used.data !== 0; used = virtqueue_get_buf(cx, vq)) {
    free_buf(cx, used.data);
  }
});

/** Output was consumed: wakes writers that wait for room. */
export const out_intr = blockingStage(file, 'out_intr', function* (cx: GuestCx, vq: Virtqueue): Steps<void> {
  const port = find_port_by_vq(cx, vq);
  if (port === undefined) {
    flush_bufs(cx, vq);
    return;
  }
  wakeUp(cx, port.waitqueue, 'wake_up_interruptible');
  yield* NO_STEPS;
});

/** Input arrived: wakes readers; a console's terminal is polled at once. */
export const in_intr = blockingStage(file, 'in_intr', function* (cx: GuestCx, vq: Virtqueue): Steps<void> {
  const port = find_port_by_vq(cx, vq);
  if (port === undefined) {
    flush_bufs(cx, vq);
    return;
  }
  const flags = local_irq_save(cx);
  yield* spin_lock(cx, port.inbuf_lock);
  port.inbuf.value = get_inbuf(cx, port);
  if (port.guest_connected.value === 0) {
    yield* discard_port_data(cx, port);
  }
  yield* spin_unlock_irqrestore(cx, port.inbuf_lock, flags);
  wakeUp(cx, port.waitqueue, 'wake_up_interruptible');
  if (port.hvc !== undefined && (yield* hvc_poll(cx, port.hvc)) !== 0) {
    hvc_kick(cx);
  }
});

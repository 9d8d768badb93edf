import { blockingStage } from '../../../stage.ts';
import { cpu_relax_until, local_irq_save, spin_lock, spin_unlock, spin_unlock_irqrestore } from '../../locks.ts';
import type { GuestCx, Steps } from '../../task.ts';
import {
  more_used,
  virtqueue_add_outbuf,
  virtqueue_get_buf,
  virtqueue_kick,
} from '../../virtio/virtio_ring/generic.ts';
import { type ScatterEntry, type Virtqueue, virtqueue_is_broken } from '../../virtio/virtio_ring/virtqueue.ts';
import { reclaim_consumed_buffers } from './buffers.ts';
import { CONTROL_SIZE, file, type Port, type PortsDevice } from './port.ts';

/** `while (!virtqueue_get_buf(vq, &len) && !virtqueue_is_broken(vq)) cpu_relax();` */
function* waitForUsed(cx: GuestCx, vq: Virtqueue): Steps<void> {
  while (virtqueue_get_buf(cx, vq).data === 0 && !virtqueue_is_broken(vq)) {
    yield* cpu_relax_until(cx, 'cpu_relax', () => more_used(vq) || virtqueue_is_broken(vq));
  }
}

/** Sends one control message and waits until the device has taken it. */
export const __send_control_msg = blockingStage(
  file,
  '__send_control_msg',
  function* (cx: GuestCx, portdev: PortsDevice, id: number, event: number, value: number): Steps<number> {
    const vq = portdev.c_ovq;
    if (!portdev.multiport || vq === undefined) {
      return 0;
    }
    const { kernel } = cx.world;
    yield* spin_lock(cx, portdev.c_ovq_lock);
    kernel.store32(portdev.cpkt, id);
    kernel.store16(portdev.cpkt + 4, event);
    kernel.store16(portdev.cpkt + 6, value);
    const entry = { address: portdev.cpkt, length: CONTROL_SIZE };
    if ((yield* virtqueue_add_outbuf(cx, vq, [entry], portdev.cpkt)) === 0) {
      yield* virtqueue_kick(cx, vq);
      yield* waitForUsed(cx, vq);
    }
    spin_unlock(portdev.c_ovq_lock);
    return 0;
  },
);

/** The same for a port. */
export const send_control_msg = blockingStage(
  file,
  'send_control_msg',
  function* (cx: GuestCx, port: Port, event: number, value: number): Steps<number> {
    return yield* __send_control_msg(cx, port.portdev, port.id, event, value);
  },
);

/**
 * Sends `sg` under the token `data`: the bytes taken, 0 where the queue is full. A console's output (`nonblock` false) is
 * waited for by spinning, with interrupts off.
 */
export const __send_to_port = blockingStage(
  file,
  '__send_to_port',
  function* (
    cx: GuestCx,
    port: Port,
    sg: readonly ScatterEntry[],
    inCount: number,
    data: number,
    nonblock: boolean,
  ): Steps<number> {
    const vq = port.out_vq;
    let taken = inCount;
    const flags = local_irq_save(cx);
    yield* spin_lock(cx, port.outvq_lock);
    reclaim_consumed_buffers(cx, port);
    const err = yield* virtqueue_add_outbuf(cx, vq, sg, data);
    yield* virtqueue_kick(cx, vq);
    if (err !== 0) {
      taken = 0;
    } else {
      if (vq.num_free.value === 0) {
        port.outvq_full.value = 1;
      }
      if (!nonblock) {
        yield* waitForUsed(cx, vq);
      }
    }
    yield* spin_unlock_irqrestore(cx, port.outvq_lock, flags);
    port.bytes_sent.value += taken;
    return taken;
  },
);

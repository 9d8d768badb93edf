import { blockingStage, stage } from '../../../stage.ts';
import { IRQ_HANDLED, IRQ_NONE } from '../../kernel/irqdesc.ts';
import type { GuestCx, Steps } from '../../task.ts';
import { virtqueue_add_split, virtqueue_kick_prepare_split } from './split_add.ts';
import { more_used_split, type UsedBuffer, virtqueue_get_buf_ctx_split } from './split_used.ts';
import { type ScatterEntry, Virtqueue } from './virtqueue.ts';
import { file } from './vring.ts';

const virtqueue_add = blockingStage(
  file,
  'virtqueue_add',
  function* (cx: GuestCx, vq: Virtqueue, sg: readonly ScatterEntry[], outCount: number, data: number): Steps<number> {
    return yield* virtqueue_add_split(cx, vq, sg, outCount, data);
  },
);

/** Exposes buffers that the device reads; 0 or a negative errno. */
export const virtqueue_add_outbuf = blockingStage(
  file,
  'virtqueue_add_outbuf',
  function* (cx: GuestCx, vq: Virtqueue, sg: readonly ScatterEntry[], data: number): Steps<number> {
    return yield* virtqueue_add(cx, vq, sg, sg.length, data);
  },
);

/** Exposes buffers that the device writes; 0 or a negative errno. */
export const virtqueue_add_inbuf = blockingStage(
  file,
  'virtqueue_add_inbuf',
  function* (cx: GuestCx, vq: Virtqueue, sg: readonly ScatterEntry[], data: number): Steps<number> {
    return yield* virtqueue_add(cx, vq, sg, 0, data);
  },
);

/** First half of a kick: whether the device must be told. */
export const virtqueue_kick_prepare = stage(file, 'virtqueue_kick_prepare', (cx: GuestCx, vq: Virtqueue): boolean =>
  virtqueue_kick_prepare_split(cx, vq),
);

/** Second half of a kick: tells the device. False where that failed or the queue is broken. */
export const virtqueue_notify = blockingStage(
  file,
  'virtqueue_notify',
  function* (cx: GuestCx, vq: Virtqueue): Steps<boolean> {
    if (vq.broken.value !== 0) {
      return false;
    }
    if (!(yield* cx.ptr('vq->notify', vq.notify.value)(cx, vq))) {
      vq.broken.value = 1;
      return false;
    }
    return true;
  },
);

/** Tells the device of new buffers unless it asked not to be told. */
export const virtqueue_kick = blockingStage(
  file,
  'virtqueue_kick',
  function* (cx: GuestCx, vq: Virtqueue): Steps<boolean> {
    return virtqueue_kick_prepare(cx, vq) ? yield* virtqueue_notify(cx, vq) : true;
  },
);

const virtqueue_get_buf_ctx = stage(
  file,
  'virtqueue_get_buf_ctx',
  (cx: GuestCx, vq: Virtqueue): UsedBuffer => virtqueue_get_buf_ctx_split(cx, vq),
);

/** The next buffer that the device used. */
export const virtqueue_get_buf = stage(
  file,
  'virtqueue_get_buf',
  (cx: GuestCx, vq: Virtqueue): UsedBuffer => virtqueue_get_buf_ctx(cx, vq),
);

/** `more_used`: whether `virtqueue_get_buf` would find something. */
export const more_used = (vq: Virtqueue): boolean => more_used_split(vq);

/** Interrupt handler of one virtqueue: calls the driver where there is something used. */
export const vring_interrupt = blockingStage(
  file,
  'vring_interrupt',
  function* (cx: GuestCx, _irq: number, device: unknown): Steps<number> {
    if (!(device instanceof Virtqueue) || !more_used(device)) {
      return IRQ_NONE;
    }
    if (device.broken.value !== 0) {
      return IRQ_HANDLED;
    }
    if (device.event) {
      device.event_triggered.value = 1;
    }
    if (device.callback.value !== undefined) {
      yield* cx.ptr('vq->vq.callback', device.callback.value)(cx, device);
    }
    return IRQ_HANDLED;
  },
);

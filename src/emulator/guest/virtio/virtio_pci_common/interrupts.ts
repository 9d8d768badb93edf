import { blockingStage } from '../../../stage.ts';
import { IRQ_HANDLED, IRQ_NONE } from '../../kernel/irqdesc.ts';
import { ioread8, iowrite16 } from '../../lib/iomap.ts';
import { local_irq_save, spin_lock, spin_unlock_irqrestore } from '../../locks.ts';
import { type GuestCx, NO_STEPS, type Steps } from '../../task.ts';
import { vring_interrupt } from '../virtio_ring/generic.ts';
import type { Virtqueue } from '../virtio_ring/virtqueue.ts';
import { file, VirtioPciDevice } from './vp_device.ts';

const VIRTIO_PCI_ISR_CONFIG = 2;

/** Writes the queue's number to the notification register. */
export const vp_notify = blockingStage(file, 'vp_notify', function* (cx: GuestCx, vq: Virtqueue): Steps<boolean> {
  yield* iowrite16(cx, vq.index, vq.priv.value);
  return true;
});

/** Handler of the configuration vector. */
export const vp_config_changed = blockingStage(
  file,
  'vp_config_changed',
  function* (_cx: GuestCx, _irq: number, _device: unknown): Steps<number> {
    // The console's config_changed does nothing with MULTIPORT, and slow-path queues exist only on admin devices.
    yield* NO_STEPS;
    return IRQ_HANDLED;
  },
);

/** Handler of a vector that all queues share. */
export const vp_vring_interrupt = blockingStage(
  file,
  'vp_vring_interrupt',
  function* (cx: GuestCx, irq: number, device: unknown): Steps<number> {
    if (!(device instanceof VirtioPciDevice)) {
      return IRQ_NONE;
    }
    let result = IRQ_NONE;
    const flags = local_irq_save(cx);
    yield* spin_lock(cx, device.lock);
    for (const info of device.virtqueues) {
      if ((yield* vring_interrupt(cx, irq, info.vq)) === IRQ_HANDLED) {
        result = IRQ_HANDLED;
      }
    }
    yield* spin_unlock_irqrestore(cx, device.lock, flags);
    return result;
  },
);

/** Handler of the interrupt line: reading the status register acknowledges. */
export const vp_interrupt = blockingStage(
  file,
  'vp_interrupt',
  function* (cx: GuestCx, irq: number, device: unknown): Steps<number> {
    if (!(device instanceof VirtioPciDevice)) {
      return IRQ_NONE;
    }
    const isr = yield* ioread8(cx, device.isr.value);
    if (isr === 0) {
      return IRQ_NONE;
    }
    if ((isr & VIRTIO_PCI_ISR_CONFIG) !== 0) {
      yield* vp_config_changed(cx, irq, device);
    }
    yield* vp_vring_interrupt(cx, irq, device);
    return IRQ_HANDLED;
  },
);

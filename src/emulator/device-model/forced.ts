import { iothread_create } from './iothread.ts';
import type { PciVdev } from './pci-core/vdev.ts';
import type { DmCx } from './process.ts';
import { virtio_set_modern_bar } from './virtio/modern-bars.ts';
import { FEATURE } from './virtio/structs.ts';

/**
 * What a "what if" makes a console do that stock virtio-console never does. Whoever shows a run says that it was forced.
 */
export interface Forced {
  /** Sets `base.iothread` with so many threads, as virtio-blk's `iothread=N` does; 0 sets the flag alone. */
  readonly iothreads?: number;
  /** Offers VERSION_1 and the modern transport, with notifications by memory or by port, as virtio-input does. */
  readonly modern?: 'mmio' | 'pio';
}

function forceIothreads(cx: DmCx, dev: PciVdev, count: number): void {
  const base = dev.arg;
  if (base === undefined) {
    return;
  }
  base.iothread.value = 1;
  const contexts = count === 0 ? [] : iothread_create(cx, count, 'vtcon');
  for (const vq of base.queues) {
    vq.viothrd.ioctx = contexts[vq.num % contexts.length];
  }
}

function forceModern(cx: DmCx, dev: PciVdev, notifyByPort: boolean): void {
  const base = dev.arg;
  if (base !== undefined) {
    base.device_caps.value += 2 ** FEATURE.VERSION_1;
    virtio_set_modern_bar(cx, base, notifyByPort);
  }
}

/** The hook that does it, for `AcrnDm.force`: it runs where the real device would call the same functions. */
export function forcing(forced: Forced): (cx: DmCx, dev: PciVdev) => void {
  return (cx, dev) => {
    if (forced.iothreads !== undefined) {
      forceIothreads(cx, dev, forced.iothreads);
    }
    if (forced.modern !== undefined) {
      forceModern(cx, dev, forced.modern === 'pio');
    }
  };
}

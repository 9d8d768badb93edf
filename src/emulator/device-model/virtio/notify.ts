import { writeEventfd } from '../libc.ts';
import { hazard, pr_err } from '../log.ts';
import type { DmCx } from '../process.ts';
import { VIRTIO_CONFIG_S_DRIVER_OK, type VirtioBase, type VirtioVqInfo, vopsOf } from './structs.ts';

/** The notify of a queue as all transports make it (virtio.c): by the poll thread's eventfd, by the queue, by the device. */
export function notifyQueue(cx: DmCx, base: VirtioBase, vq: VirtioVqInfo): void {
  const vops = vopsOf(base);
  if ((base.status.value & VIRTIO_CONFIG_S_DRIVER_OK) === 0 && vq.flags.value !== 0) {
    hazard(cx, 'driver-ok-not-checked', { queue: vq.num, status: base.status.value });
  }
  if (cx.world.virtio.poll_enabled.value !== 0 && vq.viothrd.ioevent_started.value !== 0) {
    if (writeEventfd(cx, vq.viothrd.fd.value) < 0) {
      pr_err(cx, 'eventfd-write-failed', { device: vops.name, queue: vq.num });
    }
  } else if (vq.notify.value !== undefined) {
    cx.ptr('(*vq->notify)', vq.notify.value)(cx, base.vdev, vq);
  } else if (vops.qnotify !== undefined) {
    cx.ptr('(*vops->qnotify)', vops.qnotify)(cx, base.vdev, vq);
  } else {
    pr_err(cx, 'missing-notify', { device: vops.name, queue: vq.num });
  }
}

import type { Gpa } from '../../../base/brand.ts';
import { stage } from '../../stage.ts';
import { writeEventfd } from '../libc.ts';
import { pr_err } from '../log.ts';
import type { DmCx } from '../process.ts';
import { type AcrnTimer, acrn_timer_settime } from '../timer.ts';
import { file } from './file.ts';
import { vq_ring_ready } from './inline.ts';
import { type VirtioBase, type VirtioVqInfo, VRING_USED_F_NO_NOTIFY, vopsOf } from './structs.ts';

/** virtio.c: arms the poll timer once. */
export const virtio_start_timer = stage(
  file,
  'virtio_start_timer',
  (cx: DmCx, timer: AcrnTimer, seconds: number, nanoseconds: number): void => {
    cx.hop('timerfd', 'virtio_start_timer');
    if (acrn_timer_settime(cx, timer, seconds * 1_000_000_000 + nanoseconds) !== 0) {
      pr_err(cx, 'timer-set-failed');
    }
  },
);

function poll(cx: DmCx, base: VirtioBase, vq: VirtioVqInfo): void {
  const vops = vopsOf(base);
  const ram = cx.world.guestRam;
  const used = vq.used.value as Gpa;
  ram.write16(used, ram.read16(used) | VRING_USED_F_NO_NOTIFY);
  if (vq.viothrd.ioevent_started.value !== 0) {
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

/** virtio.c: the poll timer fired: every ready queue is told to be silent and looked at. */
export const virtio_poll_timer = stage(file, 'virtio_poll_timer', (cx: DmCx, base: VirtioBase): void => {
  base.polling_in_progress.value = 1;
  for (let i = 0; i < vopsOf(base).nvq; i++) {
    const vq = base.queues[i];
    if (vq !== undefined && vq_ring_ready(cx, vq)) {
      poll(cx, base, vq);
    }
  }
  virtio_start_timer(cx, base.polling_timer, 0, cx.world.virtio.poll_interval.value);
});

/** virtio.c: `--virtio_poll <ns>`: false where the interval is not within 1 to 10,000,000. */
export const acrn_parse_virtio_poll_interval = stage(
  file,
  'acrn_parse_virtio_poll_interval',
  (cx: DmCx, text: string): boolean => {
    const digits = /^\s*(0x[0-9a-f]+|\d+)/i.exec(text)?.[1] ?? '0';
    const isOctal = /^0\d+$/.test(digits);
    const interval = Number.parseInt(digits, isOctal ? 8 : digits.toLowerCase().startsWith('0x') ? 16 : 10);
    cx.world.virtio.poll_interval.value = interval;
    if (interval < 1 || interval > 10_000_000) {
      return false;
    }
    cx.world.virtio.poll_enabled.value = 1;
    return true;
  },
);

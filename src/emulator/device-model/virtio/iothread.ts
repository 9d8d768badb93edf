import { stage } from '../../stage.ts';
import { iothread_add, iothread_del } from '../iothread.ts';
import { close } from '../libc.ts';
import { hazard, pr_err, pr_info, pr_warn } from '../log.ts';
import type { DmCx } from '../process.ts';
import { vm_ioeventfd } from '../vmmapi.ts';
import { file } from './file.ts';
import { hasFeature } from './queue.ts';
import {
  devOf,
  FEATURE,
  type IothreadCallback,
  VIRTIO_PCI,
  type VirtioBase,
  type VirtioVqInfo,
  vopsOf,
} from './structs.ts';

/** Flags of an ioeventfd (include/uapi/linux/acrn.h; ASYNCIO is ACRN's own). */
const IOEVENTFD_FLAG = { PIO: 1, DATAMATCH: 2, DEASSIGN: 4, ASYNCIO: 8 } as const;
const VIRTIO_CAP_NOTIFY_OFFSET = 0x3000;
const VIRTIO_MODERN_NOTIFY_OFF_MULT = 4;

/** virtio.c: a kick arrived at an iothread: reads the event away and runs the queue's handler. */
export const iothread_handler: IothreadCallback = stage(
  file,
  'iothread_handler',
  (cx: DmCx, vq: VirtioVqInfo): void => {
    const got = cx.world.sys.read(cx, vq.viothrd.fd.value, 8);
    if (typeof got === 'number') {
      pr_err(cx, 'eventfd-read-failed');
      return;
    }
    const run = vq.viothrd.iothread_run.value;
    if (run !== undefined) {
      cx.ptr('(*viothrd->iothread_run)', run)(cx, vq.base.vdev, vq);
    }
  },
);

function start(cx: DmCx, base: VirtioBase, vq: VirtioVqInfo, polled: boolean): void {
  const { viothrd } = vq;
  viothrd.kick_fd.value = cx.world.sys.eventfd(cx);
  viothrd.iothread_run.value = vopsOf(base).qnotify ?? vq.notify.value;
  viothrd.run.value = iothread_handler;
  viothrd.fd.value = viothrd.kick_fd.value;
  if (iothread_add(cx, viothrd.ioctx, viothrd.kick_fd.value, vq) !== 0) {
    hazard(cx, 'eventfd-leaked', { queue: vq.num });
  } else if (polled || virtio_register_ioeventfd(cx, base, vq.num, true, viothrd.kick_fd.value) === 0) {
    viothrd.ioevent_started.value = 1;
  }
}

function stop(cx: DmCx, base: VirtioBase, vq: VirtioVqInfo, polled: boolean): void {
  const { viothrd } = vq;
  if (!polled && virtio_register_ioeventfd(cx, base, vq.num, false, viothrd.kick_fd.value) !== 0) {
    return;
  }
  if (iothread_del(cx, viothrd.ioctx, viothrd.kick_fd.value) === 0) {
    viothrd.ioevent_started.value = 0;
    if (viothrd.kick_fd.value !== 0) {
      const kicks = cx.world.sys.eventfdCount?.(viothrd.kick_fd.value) ?? 0;
      if (kicks > 0) {
        hazard(cx, 'kicks-lost-at-reset', { queue: vq.num, kicks });
      }
      close(cx, viothrd.kick_fd.value);
      viothrd.kick_fd.value = -1;
    }
  }
}

/** virtio.c: hands every queue's kicks to its iothread, or takes them back. Ends at the first queue already so. */
export const virtio_set_iothread = stage(
  file,
  'virtio_set_iothread',
  (cx: DmCx, base: VirtioBase, isRegister: boolean, polled: boolean): void => {
    if (!isRegister && base.status.value !== 0 && base.queues[0]?.viothrd.ioevent_started.value === 1) {
      hazard(cx, 'ioeventfds-unregistered', { status: base.status.value });
    }
    for (let idx = 0; idx < vopsOf(base).nvq; idx++) {
      const vq = base.queues[idx];
      if (vq === undefined || (vq.viothrd.ioevent_started.value !== 0) === isRegister) {
        return;
      }
      if (isRegister) {
        start(cx, base, vq, polled);
      } else {
        stop(cx, base, vq, polled);
      }
    }
  },
);

interface Where {
  readonly addr: number;
  readonly data: number;
  readonly flags: number;
}

/** Where the guest notifies queue `idx`, by transport; undefined for a modern device without a notify BAR. */
function notifyAddress(cx: DmCx, base: VirtioBase, idx: number): Where | undefined {
  const bars = devOf(base).bar;
  const match = IOEVENTFD_FLAG.DATAMATCH | IOEVENTFD_FLAG.PIO;
  const address = (bar: number): number => bars[bar]?.addr.value ?? 0;
  if (!hasFeature(base.device_caps.value, FEATURE.VERSION_1)) {
    return { addr: address(base.legacy_pio_bar_idx.value) + VIRTIO_PCI.QUEUE_NOTIFY, data: idx, flags: match };
  }
  if (base.modern_pio_bar_idx.value !== 0) {
    return { addr: address(base.modern_pio_bar_idx.value), data: idx, flags: match };
  }
  if (base.modern_mmio_bar_idx.value !== 0) {
    const start = address(base.modern_mmio_bar_idx.value) + VIRTIO_CAP_NOTIFY_OFFSET;
    return { addr: start + idx * VIRTIO_MODERN_NOTIFY_OFF_MULT, data: 0, flags: 0 };
  }
  pr_warn(cx, 'invalid-modern-parameters', { features: base.device_caps.value });
  return undefined;
}

/** virtio.c: asks the HSM to signal `fd` at a notify of queue `idx`, or to stop that. 0, or -1. */
export const virtio_register_ioeventfd = stage(
  file,
  'virtio_register_ioeventfd',
  (cx: DmCx, base: VirtioBase, idx: number, isRegister: boolean, fd: number): number => {
    const where = notifyAddress(cx, base, idx);
    if (where === undefined) {
      return -1;
    }
    const asked = (isRegister ? 0 : IOEVENTFD_FLAG.DEASSIGN) | (base.iothread.value !== 0 ? IOEVENTFD_FLAG.ASYNCIO : 0);
    const flags = where.flags | asked;
    if (isRegister) {
      pr_info(cx, 'ioeventfd-registered', { fd, addr: where.addr, len: 2, flags, data: where.data });
    } else {
      pr_info(cx, 'ioeventfd-unregistered', { fd, addr: where.addr, len: 2 });
    }
    if (vm_ioeventfd(cx, { fd, flags, addr: where.addr, len: 2, data: where.data }) < 0) {
      pr_err(cx, 'ioeventfd-failed', { rc: -1 });
      return -1;
    }
    return 0;
  },
);

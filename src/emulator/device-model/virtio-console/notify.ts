import type { Gpa } from '../../../base/brand.ts';
import { stage } from '../../stage.ts';
import { hazard, pr_err } from '../log.ts';
import type { DmCx } from '../process.ts';
import { vq_has_descs } from '../virtio/inline.ts';
import { type Chain, type Iovec, noteDirection, vq_endchains, vq_getchain, vq_relchain } from '../virtio/queue.ts';
import { type NotifyCallback, type VirtioVqInfo, VRING_USED_F_NO_NOTIFY } from '../virtio/structs.ts';
import { file } from './file.ts';
import { virtio_console_vq_to_port } from './ports.ts';
import type { VirtioConsole } from './structs.ts';

/** virtio_console.c: the guest put output (or a control message) into a queue. */
export const virtio_console_notify_tx: NotifyCallback = stage(
  file,
  'virtio_console_notify_tx',
  (cx: DmCx, console: VirtioConsole, vq: VirtioVqInfo): void => {
    const port = virtio_console_vq_to_port(cx, console, vq);
    const iov: Iovec = { base: 0, len: 0 };
    const chain: Chain = { idx: 0, iov: [iov] };
    while (vq_has_descs(cx, vq)) {
      if (vq_getchain(cx, vq, chain, 1) < 1) {
        pr_err(cx, 'console-tx-getchain');
        break;
      }
      noteDirection(cx, vq, chain.idx, false);
      const cb = port.cb.value;
      if (cb !== undefined) {
        cx.ptr('port->cb', cb)(cx, port, port.arg, iov);
      } else {
        hazard(cx, 'queue-without-port', { queue: vq.num });
      }
      vq_relchain(cx, vq, chain.idx, 0);
    }
    vq_endchains(cx, vq, true);
  },
);

/** virtio_console.c: the guest gave receive buffers; only the first such kick does anything. */
export const virtio_console_notify_rx: NotifyCallback = stage(
  file,
  'virtio_console_notify_rx',
  (cx: DmCx, console: VirtioConsole, vq: VirtioVqInfo): void => {
    const port = virtio_console_vq_to_port(cx, console, vq);
    if (port.rx_ready.value !== 0) {
      return;
    }
    port.rx_ready.value = 1;
    if (vq_has_descs(cx, vq)) {
      const ram = cx.world.guestRam;
      const used = vq.used.value as Gpa;
      cx.hop('shared_memory', 'vq->used->flags |= VRING_USED_F_NO_NOTIFY');
      ram.write16(used, ram.read16(used) | VRING_USED_F_NO_NOTIFY);
    } else if (vq.flags.value !== 0) {
      hazard(cx, 'no-notify-not-set', { queue: vq.num });
    }
  },
);

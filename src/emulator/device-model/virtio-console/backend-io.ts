import { ERRNO } from '../../boundaries.ts';
import { stage } from '../../stage.ts';
import { close, readAway, readv, writev } from '../libc.ts';
import { hazard, pr_err } from '../log.ts';
import { mevent_delete, mevent_disable } from '../mevent.ts';
import type { DmCx } from '../process.ts';
import { vq_has_descs, vq_ring_ready } from '../virtio/inline.ts';
import {
  type Chain,
  type Iovec,
  noteDirection,
  vq_endchains,
  vq_getchain,
  vq_relchain,
  vq_retchain,
} from '../virtio/queue.ts';
import type { VirtioVqInfo } from '../virtio/structs.ts';
import { file } from './file.ts';
import { virtio_console_port_to_vq } from './ports.ts';
import type { ConsoleBackend, ConsolePort, PortCallback } from './structs.ts';

const STDIN_FILENO = 0;
const DUMMY_SIZE = 2048;

/** virtio_console.c: gives a backend up: its event is off and its descriptor closed. */
export const virtio_console_reset_backend = stage(
  file,
  'virtio_console_reset_backend',
  (cx: DmCx, be: ConsoleBackend): void => {
    if (be.evp !== undefined) {
      if (be.isServer) {
        hazard(cx, 'listening-event-disabled', { fd: be.evp.me_fd.value });
      }
      mevent_disable(cx, be.evp);
    }
    if (be.conn_evp !== undefined && be.conn_evp.me_fd.value === be.fd.value) {
      hazard(cx, 'stale-mevent-kept', { fd: be.fd.value });
    }
    if (be.fd.value !== STDIN_FILENO) {
      close(cx, be.fd.value);
    }
    be.fd.value = -1;
    be.open.value = 0;
  },
);

/** virtio_console.c: forgets a server's connection; the listening socket stays. */
export const virtio_console_socket_clear = stage(
  file,
  'virtio_console_socket_clear',
  (cx: DmCx, be: ConsoleBackend): void => {
    if (be.conn_evp !== undefined) {
      mevent_delete(cx, be.conn_evp);
      be.conn_evp = undefined;
    }
    if (be.fd.value !== -1) {
      close(cx, be.fd.value);
      be.fd.value = -1;
    }
  },
);

/** How a pass over the input ended: as the labels of the C function. */
type ReadEnd = 'return' | 'close' | 'clear';

function discard(cx: DmCx, be: ConsoleBackend): number {
  const length = readAway(cx, be.fd.value, DUMMY_SIZE);
  if (length > 0) {
    hazard(cx, 'input-dropped', { bytes: length });
  }
  return length;
}

/** A read that brought nothing: the buffer goes back to the ring. */
function nothingRead(cx: DmCx, be: ConsoleBackend, vq: VirtioVqInfo, result: number): ReadEnd {
  vq_retchain(cx, vq);
  vq_endchains(cx, vq, false);
  if (result === -ERRNO.EAGAIN) {
    return 'return';
  }
  if (result === 0 && be.be_type !== 'socket') {
    hazard(cx, 'read-side-never-consumed', { fd: be.fd.value });
  }
  return result === 0 || result === -ERRNO.ECONNRESET ? 'clear' : 'close';
}

interface Pass {
  readonly end: ReadEnd;
  readonly len: number;
}

function fillBuffers(cx: DmCx, be: ConsoleBackend, vq: VirtioVqInfo): Pass {
  const iov: Iovec = { base: 0, len: 0 };
  const chain: Chain = { idx: 0, iov: [iov] };
  let len = 0;
  do {
    if (vq_getchain(cx, vq, chain, 1) < 1) {
      pr_err(cx, 'console-rx-getchain');
      break;
    }
    const result = readv(cx, be.fd.value, iov);
    if (result === -ERRNO.EAGAIN && len === 0) {
      // The event is another descriptor's: one that nobody reads any more.
      hazard(cx, 'read-side-never-consumed', { fd: be.fd.value });
    }
    len = Math.max(result, -1);
    if (result <= 0) {
      return { end: nothingRead(cx, be, vq, result), len };
    }
    noteDirection(cx, vq, chain.idx, true);
    vq_relchain(cx, vq, chain.idx, result);
  } while (vq_has_descs(cx, vq));
  vq_endchains(cx, vq, true);
  return { end: 'return', len };
}

function pass(cx: DmCx, be: ConsoleBackend, port: ConsolePort, vq: VirtioVqInfo): Pass {
  if (be.open.value === 0 || port.rx_ready.value === 0 || !vq_ring_ready(cx, vq)) {
    const len = discard(cx, be);
    return { end: len === 0 ? 'close' : 'return', len };
  }
  if (!vq_has_descs(cx, vq)) {
    const len = discard(cx, be);
    vq_endchains(cx, vq, true);
    return { end: len === 0 ? 'close' : 'return', len };
  }
  return fillBuffers(cx, be, vq);
}

/** virtio_console.c: the backend has input: into the guest's receive buffers, or away where there are none. */
export const virtio_console_backend_read = stage(
  file,
  'virtio_console_backend_read',
  (cx: DmCx, be: ConsoleBackend): void => {
    const { port } = be;
    if (port?.console === undefined) {
      return;
    }
    const vq = virtio_console_port_to_vq(cx, port.console, port, true);
    if (!be.toldUnlocked && vq.flags.value !== 0) {
      be.toldUnlocked = true;
      hazard(cx, 'unlocked-queue-access', { queue: vq.num });
    }
    const { end, len } = pass(cx, be, port, vq);
    if (end === 'return') {
      return;
    }
    if (end === 'close') {
      virtio_console_reset_backend(cx, be);
      pr_err(cx, 'console-read-failed', { len });
    }
    if (be.isServer) {
      virtio_console_socket_clear(cx, be);
    } else if (be.isClient) {
      virtio_console_reset_backend(cx, be);
      pr_err(cx, 'console-read-failed', { len });
    }
  },
);

function writeFailed(cx: DmCx, be: ConsoleBackend, result: number, length: number): void {
  if (result === -ERRNO.EAGAIN || result === -ERRNO.ENOTCONN) {
    hazard(cx, 'output-dropped', { bytes: length });
    return;
  }
  if (result === -ERRNO.EBADF && be.isServer) {
    virtio_console_socket_clear(cx, be);
    return;
  }
  if (result === 0) {
    hazard(cx, 'zero-length-kills-backend', { fd: be.fd.value });
  } else {
    hazard(cx, 'output-dropped', { bytes: length });
  }
  virtio_console_reset_backend(cx, be);
  pr_err(cx, 'console-write-failed', { errno: -result });
}

/** virtio_console.c: output of the guest to the backend; what the backend does not take is lost. */
export const virtio_console_backend_write: PortCallback = stage(
  file,
  'virtio_console_backend_write',
  (cx: DmCx, _port: ConsolePort, be: ConsoleBackend | undefined, iov: Iovec): void => {
    if (be === undefined || be.fd.value === -1) {
      hazard(cx, 'output-dropped', { bytes: iov.len });
      return;
    }
    const result = writev(cx, be.fd.value, iov);
    if (result <= 0) {
      writeFailed(cx, be, result, iov.len);
    } else if (result < iov.len) {
      hazard(cx, 'short-write', { offered: iov.len, taken: result });
    }
  },
);

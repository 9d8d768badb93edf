import { gpa } from '../../base/brand.ts';
import { ERRNO } from '../boundaries.ts';
import { COST } from '../costs.ts';
import type { DmCx } from './process.ts';
import type { Iovec } from './virtio/queue.ts';

const ONE = new Uint8Array([1, 0, 0, 0, 0, 0, 0, 0]);

/** `writev` of one guest buffer: bytes written, or a negative errno. */
export function writev(cx: DmCx, fd: number, iov: Iovec): number {
  const bytes = cx.world.guestRam.read(gpa(iov.base), iov.len);
  cx.hop('syscall', 'writev', COST.syscall);
  return cx.world.sys.writev(cx, fd, [bytes]);
}

/** `readv` into one guest buffer: bytes read, 0 at end of file, or a negative errno. */
export function readv(cx: DmCx, fd: number, iov: Iovec): number {
  cx.hop('syscall', 'readv', COST.syscall);
  const got = cx.world.sys.read(cx, fd, iov.len);
  if (iov.len === 0) {
    // The kernel returns before it looks at the file where there is nothing to fill.
    return got === -ERRNO.EBADF ? got : 0;
  }
  if (typeof got === 'number') {
    return got;
  }
  if (got.length > 0) {
    cx.world.guestRam.write(gpa(iov.base), got);
  }
  return got.length;
}

/** `read` into a buffer that nobody looks at: bytes read, or a negative errno. */
export function readAway(cx: DmCx, fd: number, max: number): number {
  cx.hop('syscall', 'read', COST.syscall);
  const got = cx.world.sys.read(cx, fd, max);
  return typeof got === 'number' ? got : got.length;
}

/** `eventfd_write(fd, 1)`: 0, or a negative errno. */
export function writeEventfd(cx: DmCx, fd: number): number {
  cx.hop('eventfd', 'eventfd_write', COST.syscall);
  const result = cx.world.sys.writev(cx, fd, [ONE]);
  return Math.min(result, 0);
}

/** `close` */
export function close(cx: DmCx, fd: number): void {
  cx.world.sys.close(cx, fd);
}

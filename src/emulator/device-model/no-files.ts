import { ERRNO, type FileSyscalls } from '../boundaries.ts';

const missing = (): number => -ERRNO.ENOSYS;

/** A Service VM without terminals, sockets, pipes and timers: each call fails with ENOSYS. */
export const NO_FILES: FileSyscalls = {
  openpt: missing,
  ptsname: missing,
  makeRaw: missing,
  setNonBlocking: missing,
  socket: missing,
  bind: missing,
  listen: missing,
  accept: missing,
  connect: missing,
  exists: () => false,
  unlink: missing,
  pipe: missing,
  timerfd: missing,
  timerfdSettime: missing,
};

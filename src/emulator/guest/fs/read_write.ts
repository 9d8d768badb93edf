import { blockingStage, linuxFile } from '../../stage.ts';
import type { GuestCx, Steps } from '../task.ts';
import type { GuestFile } from './file.ts';

const file = linuxFile('guest-kernel', 'fs/read_write.c');
const EINVAL = 22;
const EBADF = 9;

/** No more than this in one call (MAX_RW_COUNT: INT_MAX rounded down to a page). */
const MAX_RW_COUNT = 0x7ffff000;

const new_sync_write = blockingStage(
  file,
  'new_sync_write',
  function* (cx: GuestCx, filp: GuestFile, buffer: number, count: number): Steps<number> {
    return yield* cx.ptr('filp->f_op->write_iter', filp.f_op.write_iter)(cx, filp, buffer, count);
  },
);

const vfs_write = blockingStage(
  file,
  'vfs_write',
  function* (cx: GuestCx, filp: GuestFile, buffer: number, count: number): Steps<number> {
    const size = Math.min(count, MAX_RW_COUNT);
    if (filp.f_op.write !== undefined) {
      return yield* cx.ptr('file->f_op->write', filp.f_op.write)(cx, filp, buffer, size);
    }
    return filp.f_op.write_iter === undefined ? -EINVAL : yield* new_sync_write(cx, filp, buffer, size);
  },
);

const ksys_write = blockingStage(
  file,
  'ksys_write',
  function* (cx: GuestCx, fd: number, buffer: number, count: number): Steps<number> {
    const filp = cx.world.kernel.files[fd];
    return filp === undefined ? -EBADF : yield* vfs_write(cx, filp, buffer, count);
  },
);

/** Entry of write(2). */
export const sys_write = blockingStage(
  file,
  'SYSCALL_DEFINE3(write)',
  function* (cx: GuestCx, fd: number, buffer: number, count: number): Steps<number> {
    return yield* ksys_write(cx, fd, buffer, count);
  },
);

const new_sync_read = blockingStage(
  file,
  'new_sync_read',
  function* (cx: GuestCx, filp: GuestFile, buffer: number, count: number): Steps<number> {
    return yield* cx.ptr('filp->f_op->read_iter', filp.f_op.read_iter)(cx, filp, buffer, count);
  },
);

const vfs_read = blockingStage(
  file,
  'vfs_read',
  function* (cx: GuestCx, filp: GuestFile, buffer: number, count: number): Steps<number> {
    const size = Math.min(count, MAX_RW_COUNT);
    if (filp.f_op.read !== undefined) {
      return yield* cx.ptr('file->f_op->read', filp.f_op.read)(cx, filp, buffer, size);
    }
    return filp.f_op.read_iter === undefined ? -EINVAL : yield* new_sync_read(cx, filp, buffer, size);
  },
);

const ksys_read = blockingStage(
  file,
  'ksys_read',
  function* (cx: GuestCx, fd: number, buffer: number, count: number): Steps<number> {
    const filp = cx.world.kernel.files[fd];
    return filp === undefined ? -EBADF : yield* vfs_read(cx, filp, buffer, count);
  },
);

/** Entry of read(2). */
export const sys_read = blockingStage(
  file,
  'SYSCALL_DEFINE3(read)',
  function* (cx: GuestCx, fd: number, buffer: number, count: number): Steps<number> {
    return yield* ksys_read(cx, fd, buffer, count);
  },
);

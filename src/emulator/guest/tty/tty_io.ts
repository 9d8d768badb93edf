import { gpa } from '../../../base/brand.ts';
import { blockingStage, linuxFile, stage } from '../../stage.ts';
import type { FileOperations, GuestFile } from '../fs/file.ts';
import { cond_resched, mutex_lock, mutex_unlock, wakeUp } from '../locks.ts';
import type { GuestCx, Steps } from '../task.ts';
import { TtyStruct } from './tty_struct.ts';

const file = linuxFile('guest-kernel', 'drivers/tty/tty_io.c');
const ioctl = linuxFile('guest-kernel', 'drivers/tty/tty_ioctl.c');
const ENOMEM = 12;
const EIO = 5;
const CHUNK = 2048;
const SMALLEST_BUFFER = 1024;

/** Room in the driver's buffer. */
export const tty_write_room = stage(ioctl, 'tty_write_room', (cx: GuestCx, tty: TtyStruct): number =>
  cx.ptr('tty->ops->write_room', tty.ops.write_room)(cx, tty),
);

/** Hands one character to a driver that has no put_char: by its write, from the stack. */
export const tty_put_char = blockingStage(
  file,
  'tty_put_char',
  function* (cx: GuestCx, tty: TtyStruct, byte: number): Steps<number> {
    const { kernel } = cx.world;
    kernel.ram.write8(gpa(kernel.rodata.character), byte);
    return yield* cx.ptr('tty->ops->write', tty.ops.write)(cx, tty, kernel.rodata.character, 1);
  },
);

/** Makes the buffer that writes are copied into big enough. */
function growWriteBuffer(cx: GuestCx, tty: TtyStruct, chunk: number): boolean {
  if (tty.write_cnt.value >= chunk) {
    return true;
  }
  const { mm } = cx.world.kernel;
  const size = Math.max(chunk, SMALLEST_BUFFER);
  const buffer = mm.kmalloc(size);
  if (buffer === 0) {
    return false;
  }
  mm.kfree(tty.write_buf.value);
  tty.write_cnt.value = size;
  tty.write_buf.value = buffer;
  return true;
}

const iterate_tty_write = blockingStage(
  file,
  'iterate_tty_write',
  function* (cx: GuestCx, tty: TtyStruct, buffer: number, count: number): Steps<number> {
    const { ram } = cx.world.kernel;
    yield* mutex_lock(cx, tty.atomic_write_lock);
    const chunk = Math.min(count, CHUNK);
    let written = 0;
    let ret = growWriteBuffer(cx, tty, chunk) ? 0 : -ENOMEM;
    while (ret >= 0) {
      const size = Math.min(chunk, count - written);
      if (size > 0) {
        ram.write(gpa(tty.write_buf.value), ram.read(gpa(buffer + written), size));
      }
      ret = yield* cx.ptr('ld->ops->write', tty.ldisc.write)(cx, tty, tty.write_buf.value, size);
      if (ret <= 0) {
        break;
      }
      written += ret;
      if (written >= count) {
        break;
      }
      yield* cond_resched(cx);
    }
    mutex_unlock(cx, tty.atomic_write_lock);
    wakeUpWriters(cx, tty);
    return written > 0 ? written : ret;
  },
);

/** `wake_up_interruptible_poll(&tty->write_wait, EPOLLOUT)`, which says nothing where nobody waits. */
function wakeUpWriters(cx: GuestCx, tty: TtyStruct): void {
  if (tty.write_wait.waiting.length > 0) {
    wakeUp(cx, tty.write_wait, 'wake_up_interruptible_poll');
  }
}

const file_tty_write = blockingStage(
  file,
  'file_tty_write',
  function* (cx: GuestCx, filp: GuestFile, buffer: number, count: number): Steps<number> {
    const tty = filp.private_data;
    return tty instanceof TtyStruct ? yield* iterate_tty_write(cx, tty, buffer, count) : -EIO;
  },
);

const tty_write = blockingStage(
  file,
  'tty_write',
  function* (cx: GuestCx, filp: GuestFile, buffer: number, count: number): Steps<number> {
    return yield* file_tty_write(cx, filp, buffer, count);
  },
);

const tty_read = blockingStage(
  file,
  'tty_read',
  function* (cx: GuestCx, filp: GuestFile, buffer: number, count: number): Steps<number> {
    const tty = filp.private_data;
    return tty instanceof TtyStruct ? yield* cx.ptr('ld->ops->read', tty.ldisc.read)(cx, tty, buffer, count) : -EIO;
  },
);

const tty_open = blockingStage(file, 'tty_open', function* (cx: GuestCx, filp: GuestFile): Steps<number> {
  const tty = filp.node;
  if (!(tty instanceof TtyStruct)) {
    return -EIO;
  }
  filp.private_data = tty;
  return yield* cx.ptr('tty->ops->open', tty.ops.open)(cx, tty);
});

const tty_release = blockingStage(file, 'tty_release', function* (cx: GuestCx, filp: GuestFile): Steps<number> {
  const tty = filp.private_data;
  if (tty instanceof TtyStruct) {
    yield* cx.ptr('tty->ops->close', tty.ops.close)(cx, tty);
  }
  return 0;
});

/** Wakes those who wait for room (drivers call it when they have some again). */
export const tty_wakeup = stage(file, 'tty_wakeup', (cx: GuestCx, tty: TtyStruct): void => {
  wakeUpWriters(cx, tty);
});

/** `tty_fops`. */
export const tty_fops: FileOperations = {
  open: tty_open,
  release: tty_release,
  write_iter: tty_write,
  read_iter: tty_read,
};

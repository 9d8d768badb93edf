import { gpa } from '../../../../base/brand.ts';
import { blockingStage } from '../../../stage.ts';
import { mutex_lock, mutex_unlock, sleepOn } from '../../locks.ts';
import type { GuestCx, Steps } from '../../task.ts';
import { tty_put_char, tty_write_room } from '../tty_io.ts';
import { OFLAG, type TtyStruct } from '../tty_struct.ts';
import { process_echoes } from './echo.ts';
import { file } from './n_tty_data.ts';

const EAGAIN = 11;
const NEWLINE = 10;
const RETURN = 13;
const TAB = 9;
const BACKSPACE = 8;

/** `iscntrl` of the kernel's ctype table. */
const isControl = (byte: number): boolean => byte < 32 || byte === 127;
const flag = (tty: TtyStruct, bit: number): boolean => (tty.c_oflag.value & bit) !== 0;

function columnToZero(tty: TtyStruct): void {
  tty.disc_data.canon_column.value = 0;
  tty.disc_data.column.value = 0;
}

/** A character that may end a block, or that moves the column; what is to be put out in its place, or -1 for nothing. */
function processedReturn(tty: TtyStruct): number {
  if (flag(tty, OFLAG.ONOCR) && tty.disc_data.column.value === 0) {
    return -1;
  }
  if (flag(tty, OFLAG.OCRNL)) {
    if (flag(tty, OFLAG.ONLRET)) {
      columnToZero(tty);
    }
    return NEWLINE;
  }
  columnToZero(tty);
  return RETURN;
}

/** Moves the column as a plain character does. */
function advance(tty: TtyStruct, byte: number): void {
  const { column, canon_column } = tty.disc_data;
  if (byte === NEWLINE) {
    if (flag(tty, OFLAG.ONLRET)) {
      column.value = 0;
    }
    canon_column.value = column.value;
  } else if (byte === BACKSPACE) {
    column.value = Math.max(0, column.value - 1);
  } else if (!isControl(byte)) {
    column.value++;
  }
}

/** Puts out one character with its processing; bytes of room used, -1 where there was not enough. */
export const do_output_char = blockingStage(
  file,
  'do_output_char',
  function* (cx: GuestCx, byte: number, tty: TtyStruct, space: number): Steps<number> {
    if (space === 0) {
      return -1;
    }
    let out = byte;
    if (byte === NEWLINE && flag(tty, OFLAG.ONLCR)) {
      if (space < 2) {
        return -1;
      }
      columnToZero(tty);
      yield* cx.ptr('tty->ops->write', tty.ops.write)(cx, tty, cx.world.kernel.rodata.crlf, 2);
      return 2;
    }
    if (byte === RETURN) {
      out = processedReturn(tty);
      if (out < 0) {
        return 0;
      }
    } else if (byte === TAB) {
      const spaces = 8 - (tty.disc_data.column.value & 7);
      if (flag(tty, OFLAG.TABDLY)) {
        if (space < spaces) {
          return -1;
        }
        tty.disc_data.column.value += spaces;
        yield* cx.ptr('tty->ops->write', tty.ops.write)(cx, tty, cx.world.kernel.rodata.spaces, spaces);
        return spaces;
      }
      tty.disc_data.column.value += spaces;
    } else {
      advance(tty, byte);
    }
    yield* tty_put_char(cx, tty, out);
    return 1;
  },
);

const process_output = blockingStage(
  file,
  'process_output',
  function* (cx: GuestCx, byte: number, tty: TtyStruct): Steps<number> {
    const { output_lock } = tty.disc_data;
    yield* mutex_lock(cx, output_lock);
    const space = tty_write_room(cx, tty);
    const used = yield* do_output_char(cx, byte, tty, space);
    mutex_unlock(cx, output_lock);
    return used < 0 ? -1 : 0;
  },
);

/** Whether a character ends the block that is put out as it is. */
function endsBlock(tty: TtyStruct, byte: number): boolean {
  if (byte === NEWLINE) {
    return flag(tty, OFLAG.ONLCR);
  }
  if (byte === RETURN) {
    return flag(tty, OFLAG.OCRNL) || (flag(tty, OFLAG.ONOCR) && tty.disc_data.column.value === 0);
  }
  return byte === TAB || (flag(tty, OFLAG.OLCUC) && !isControl(byte));
}

const process_output_block = blockingStage(
  file,
  'process_output_block',
  function* (cx: GuestCx, tty: TtyStruct, buffer: number, count: number): Steps<number> {
    const { output_lock } = tty.disc_data;
    yield* mutex_lock(cx, output_lock);
    const space = tty_write_room(cx, tty);
    if (space === 0) {
      mutex_unlock(cx, output_lock);
      return 0;
    }
    const bytes = cx.world.kernel.ram.read(gpa(buffer), Math.min(count, space));
    let plain = 0;
    for (const byte of bytes) {
      if (endsBlock(tty, byte)) {
        break;
      }
      if (byte === RETURN) {
        columnToZero(tty);
      } else {
        advance(tty, byte);
      }
      plain++;
    }
    const written = yield* cx.ptr('tty->ops->write', tty.ops.write)(cx, tty, buffer, plain);
    mutex_unlock(cx, output_lock);
    return written;
  },
);

/** Processed output until nothing is left or the driver takes no more; bytes done, or a negative errno. */
function* writeProcessed(cx: GuestCx, tty: TtyStruct, buffer: number, count: number): Steps<number> {
  let done = 0;
  while (done < count) {
    const written = yield* process_output_block(cx, tty, buffer + done, count - done);
    if (written < 0) {
      return written === -EAGAIN ? done : written;
    }
    done += written;
    if (done === count) {
      break;
    }
    const byte = cx.world.kernel.ram.read8(gpa(buffer + done));
    if ((yield* process_output(cx, byte, tty)) < 0) {
      break;
    }
    done++;
  }
  return done;
}

/** Output as it is. */
function* writeRaw(cx: GuestCx, tty: TtyStruct, buffer: number, count: number): Steps<number> {
  let done = 0;
  while (done < count) {
    yield* mutex_lock(cx, tty.disc_data.output_lock);
    const written = yield* cx.ptr('tty->ops->write', tty.ops.write)(cx, tty, buffer + done, count - done);
    mutex_unlock(cx, tty.disc_data.output_lock);
    if (written <= 0) {
      return written < 0 ? written : done;
    }
    done += written;
  }
  return done;
}

/** The line discipline's write: waits for the driver where it takes no more. */
export const n_tty_write = blockingStage(
  file,
  'n_tty_write',
  function* (cx: GuestCx, tty: TtyStruct, buffer: number, count: number): Steps<number> {
    yield* process_echoes(cx, tty);
    let done = 0;
    for (;;) {
      const step = flag(tty, OFLAG.OPOST)
        ? yield* writeProcessed(cx, tty, buffer + done, count - done)
        : yield* writeRaw(cx, tty, buffer + done, count - done);
      if (step < 0) {
        return done > 0 ? done : step;
      }
      done += step;
      if (done === count) {
        return done;
      }
      yield* sleepOn(cx, tty.write_wait, 'wait_woken');
    }
  },
);

import { gpa } from '../../../../base/brand.ts';
import { blockingStage, stage } from '../../../stage.ts';
import { sleepOn, wakeUp } from '../../locks.ts';
import type { GuestCx, Steps } from '../../task.ts';
import { IFLAG, LFLAG, type TtyStruct } from '../tty_struct.ts';
import { commit_echoes, echo_char, echo_char_raw, flush_echoes, process_echoes } from './echo.ts';
import { file, N_TTY_BUF_SIZE } from './n_tty_data.ts';

/** Special characters of `tty_std_termios` (INIT_C_CC). */
const CC = { INTR: 3, QUIT: 28, ERASE: 127, KILL: 21, EOF: 4, SUSP: 26, START: 17, STOP: 19 } as const;
/** What a line that ends without a newline ends with in the read buffer (__DISABLED_CHAR). */
const DISABLED = 0;
const NEWLINE = 10;
const RETURN = 13;
const BACKSPACE = 8;
const SPACE = 32;

const local = (tty: TtyStruct, bit: number): boolean => (tty.c_lflag.value & bit) !== 0;
const slot = (tty: TtyStruct, index: number) => gpa(tty.disc_data.read_buf + (index & (N_TTY_BUF_SIZE - 1)));

function put(cx: GuestCx, tty: TtyStruct, byte: number): void {
  const data = tty.disc_data;
  if (data.read_head.value - data.read_tail.value < N_TTY_BUF_SIZE - 1) {
    cx.world.kernel.ram.write8(slot(tty, data.read_head.value), byte);
    data.read_head.value++;
  }
}

/** A line is complete: readers may have it. */
const n_tty_receive_handle_newline = stage(
  file,
  'n_tty_receive_handle_newline',
  (cx: GuestCx, tty: TtyStruct, byte: number): void => {
    put(cx, tty, byte);
    tty.disc_data.canon_head.value = tty.disc_data.read_head.value;
    if (tty.read_wait.waiting.length > 0) {
      wakeUp(cx, tty.read_wait, 'wake_up_interruptible_poll');
    }
  },
);

/** Takes one character, or the whole line, off the line that is being typed. */
const eraser = stage(file, 'eraser', (cx: GuestCx, tty: TtyStruct, byte: number): void => {
  const data = tty.disc_data;
  const whole = byte === CC.KILL;
  while (data.read_head.value > data.canon_head.value) {
    data.read_head.value--;
    const erased = cx.world.kernel.ram.read8(slot(tty, data.read_head.value));
    const columns = erased < 32 || erased === 127 ? 2 : 1;
    for (let i = 0; i < columns && local(tty, LFLAG.ECHOE); i++) {
      echo_char_raw(cx, tty, BACKSPACE);
      echo_char_raw(cx, tty, SPACE);
      echo_char_raw(cx, tty, BACKSPACE);
    }
    if (!whole) {
      break;
    }
  }
});

/** A signal character: what was typed and not read is dropped (`isig`). */
const isig = stage(file, 'isig', (cx: GuestCx, byte: number, tty: TtyStruct): void => {
  const data = tty.disc_data;
  cx.log('info', 'guest-tty-signal', { character: byte });
  data.echo_head.value = 0;
  data.echo_tail.value = 0;
  data.echo_mark.value = 0;
  data.echo_commit.value = 0;
  data.read_head.value = data.read_tail.value;
  data.canon_head.value = data.read_tail.value;
});

/** A character with a meaning in canonical mode; false where it has none. */
function* special(cx: GuestCx, tty: TtyStruct, byte: number): Steps<boolean> {
  if ((tty.c_iflag.value & IFLAG.IXON) !== 0 && (byte === CC.START || byte === CC.STOP)) {
    return true;
  }
  if (local(tty, LFLAG.ISIG) && (byte === CC.INTR || byte === CC.QUIT || byte === CC.SUSP)) {
    isig(cx, byte, tty);
    if (local(tty, LFLAG.ECHO)) {
      echo_char(cx, tty, byte);
      yield* commit_echoes(cx, tty);
    } else {
      yield* process_echoes(cx, tty);
    }
    return true;
  }
  if (!local(tty, LFLAG.ICANON)) {
    return false;
  }
  if (byte === CC.ERASE || byte === CC.KILL) {
    eraser(cx, tty, byte);
    yield* commit_echoes(cx, tty);
    return true;
  }
  if (byte === NEWLINE) {
    if (local(tty, LFLAG.ECHO) || local(tty, LFLAG.ECHONL)) {
      echo_char_raw(cx, tty, NEWLINE);
      yield* commit_echoes(cx, tty);
    }
    n_tty_receive_handle_newline(cx, tty, NEWLINE);
    return true;
  }
  if (byte === CC.EOF) {
    n_tty_receive_handle_newline(cx, tty, DISABLED);
    return true;
  }
  return false;
}

/** What the input flags make of a character; -1 for nothing. */
function mapped(tty: TtyStruct, byte: number): number {
  const flags = tty.c_iflag.value;
  if (byte === RETURN) {
    return (flags & IFLAG.IGNCR) !== 0 ? -1 : (flags & IFLAG.ICRNL) !== 0 ? NEWLINE : byte;
  }
  return byte === NEWLINE && (flags & IFLAG.INLCR) !== 0 ? RETURN : byte;
}

const n_tty_receive_char = blockingStage(
  file,
  'n_tty_receive_char',
  function* (cx: GuestCx, tty: TtyStruct, byte: number): Steps<void> {
    const data = tty.disc_data;
    if (local(tty, LFLAG.ECHO)) {
      if (data.canon_head.value === data.read_head.value) {
        data.canon_column.value = data.column.value;
      }
      echo_char(cx, tty, byte);
      yield* commit_echoes(cx, tty);
    }
    put(cx, tty, byte);
  },
);

/** Bytes arrive from the driver; how many were taken. */
export const n_tty_receive_buf2 = blockingStage(
  file,
  'n_tty_receive_buf2',
  function* (cx: GuestCx, tty: TtyStruct, bytes: Uint8Array): Steps<number> {
    for (const byte of bytes) {
      const out = mapped(tty, byte);
      if (out >= 0 && !(yield* special(cx, tty, out))) {
        yield* n_tty_receive_char(cx, tty, out);
      }
    }
    yield* flush_echoes(cx, tty);
    if (!local(tty, LFLAG.ICANON) && tty.read_wait.waiting.length > 0) {
      wakeUp(cx, tty.read_wait, 'wake_up_interruptible_poll');
    }
    return bytes.length;
  },
);

/** What a reader may have now: in canonical mode up to the end of a line. */
function available(cx: GuestCx, tty: TtyStruct, count: number): Uint8Array | undefined {
  const data = tty.disc_data;
  const canonical = local(tty, LFLAG.ICANON);
  const end = canonical ? data.canon_head.value : data.read_head.value;
  if (end === data.read_tail.value) {
    return undefined;
  }
  const bytes: number[] = [];
  while (data.read_tail.value < end && bytes.length < count) {
    const byte = cx.world.kernel.ram.read8(slot(tty, data.read_tail.value));
    data.read_tail.value++;
    if (canonical && byte === DISABLED) {
      break;
    }
    bytes.push(byte);
    if (canonical && byte === NEWLINE) {
      break;
    }
  }
  return Uint8Array.from(bytes);
}

/** The line discipline's read: sleeps until there is a line. */
export const n_tty_read = blockingStage(
  file,
  'n_tty_read',
  function* (cx: GuestCx, tty: TtyStruct, buffer: number, count: number): Steps<number> {
    for (;;) {
      const bytes = available(cx, tty, count);
      if (bytes !== undefined) {
        cx.world.kernel.ram.write(gpa(buffer), bytes);
        return bytes.length;
      }
      yield* sleepOn(cx, tty.read_wait, 'wait_woken');
    }
  },
);

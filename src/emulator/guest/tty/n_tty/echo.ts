import { gpa } from '../../../../base/brand.ts';
import { blockingStage, stage } from '../../../stage.ts';
import { mutex_lock, mutex_unlock } from '../../locks.ts';
import type { GuestCx, Steps } from '../../task.ts';
import { tty_put_char, tty_write_room } from '../tty_io.ts';
import { LFLAG, OFLAG, type TtyStruct } from '../tty_struct.ts';
import { file, N_TTY_BUF_SIZE } from './n_tty_data.ts';
import { do_output_char } from './output.ts';

/** Marks a two-byte operation in the echo buffer (ECHO_OP_START); doubled it stands for itself. */
const ECHO_OP_START = 0xff;
const CONTROL_BIT = 0x40;
/** So much is collected before it goes out (ECHO_BLOCK, ECHO_COMMIT_WATERMARK). */
const ECHO_BLOCK = 256;
const TAB = 9;

const slot = (tty: TtyStruct, index: number) => gpa(tty.disc_data.echo_buf + (index & (N_TTY_BUF_SIZE - 1)));

function addEchoByte(cx: GuestCx, tty: TtyStruct, byte: number): void {
  const { echo_head } = tty.disc_data;
  cx.world.kernel.ram.write8(slot(tty, echo_head.value), byte);
  echo_head.value++;
}

/** Puts a byte into the echo buffer as it is. */
export const echo_char_raw = stage(file, 'echo_char_raw', (cx: GuestCx, tty: TtyStruct, byte: number): void => {
  if (byte === ECHO_OP_START) {
    addEchoByte(cx, tty, ECHO_OP_START);
  }
  addEchoByte(cx, tty, byte);
});

/** Puts a byte into the echo buffer; control characters become `^X`. */
export const echo_char = stage(file, 'echo_char', (cx: GuestCx, tty: TtyStruct, byte: number): void => {
  const control = (byte < 32 || byte === 127) && byte !== TAB;
  if (byte === ECHO_OP_START || ((tty.c_lflag.value & LFLAG.ECHOCTL) !== 0 && control)) {
    addEchoByte(cx, tty, ECHO_OP_START);
  }
  addEchoByte(cx, tty, byte);
});

/** Echoes a two-byte operation; the room it used, -1 where there was not enough. */
const n_tty_process_echo_ops = blockingStage(
  file,
  'n_tty_process_echo_ops',
  function* (cx: GuestCx, tty: TtyStruct, operand: number, space: number): Steps<number> {
    const { column } = tty.disc_data;
    if (operand === ECHO_OP_START) {
      if (space < 1) {
        return -1;
      }
      yield* tty_put_char(cx, tty, ECHO_OP_START);
      column.value++;
      return 1;
    }
    if (space < 2) {
      return -1;
    }
    yield* tty_put_char(cx, tty, '^'.charCodeAt(0));
    yield* tty_put_char(cx, tty, operand ^ CONTROL_BIT);
    column.value += 2;
    return 2;
  },
);

/** Echoes what stands at the tail; room used, -1 where there was not enough. */
function* echoOne(cx: GuestCx, tty: TtyStruct, space: number): Steps<number> {
  const { ram } = cx.world.kernel;
  const { echo_tail } = tty.disc_data;
  const byte = ram.read8(slot(tty, echo_tail.value));
  if (byte === ECHO_OP_START) {
    return yield* n_tty_process_echo_ops(cx, tty, ram.read8(slot(tty, echo_tail.value + 1)), space);
  }
  if ((tty.c_oflag.value & OFLAG.OPOST) !== 0) {
    return yield* do_output_char(cx, byte, tty, space);
  }
  if (space === 0) {
    return -1;
  }
  yield* tty_put_char(cx, tty, byte);
  return 1;
}

const __process_echoes = blockingStage(file, '__process_echoes', function* (cx: GuestCx, tty: TtyStruct): Steps<void> {
  const { echo_commit, echo_tail } = tty.disc_data;
  let space = tty_write_room(cx, tty);
  while (echo_tail.value !== echo_commit.value) {
    const operation = cx.world.kernel.ram.read8(slot(tty, echo_tail.value)) === ECHO_OP_START;
    const used = yield* echoOne(cx, tty, space);
    if (used < 0) {
      return;
    }
    space -= used;
    echo_tail.value += operation ? 2 : 1;
  }
});

/** Sets what may go out and puts it out, under the output lock. */
function* processTo(cx: GuestCx, tty: TtyStruct, commit: number): Steps<void> {
  const data = tty.disc_data;
  yield* mutex_lock(cx, data.output_lock);
  data.echo_commit.value = commit;
  yield* __process_echoes(cx, tty);
  mutex_unlock(cx, data.output_lock);
}

/** Writes out echoes that are still pending. */
export const process_echoes = blockingStage(
  file,
  'process_echoes',
  function* (cx: GuestCx, tty: TtyStruct): Steps<void> {
    const data = tty.disc_data;
    if (data.echo_mark.value !== data.echo_tail.value) {
      yield* processTo(cx, tty, data.echo_mark.value);
    }
  },
);

/** Marks what was echoed; a whole block of it goes out at once. */
export const commit_echoes = blockingStage(file, 'commit_echoes', function* (cx: GuestCx, tty: TtyStruct): Steps<void> {
  const data = tty.disc_data;
  data.echo_mark.value = data.echo_head.value;
  const old = data.echo_commit.value - data.echo_tail.value;
  const waiting = data.echo_head.value - data.echo_tail.value;
  if (waiting >= ECHO_BLOCK && waiting % ECHO_BLOCK <= old % ECHO_BLOCK) {
    yield* processTo(cx, tty, data.echo_head.value);
  }
});

/** Puts out what is left when a batch of input is done. */
export const flush_echoes = blockingStage(file, 'flush_echoes', function* (cx: GuestCx, tty: TtyStruct): Steps<void> {
  const data = tty.disc_data;
  const echoing = (tty.c_lflag.value & (LFLAG.ECHO | LFLAG.ECHONL)) !== 0;
  if (echoing && data.echo_commit.value !== data.echo_head.value) {
    yield* processTo(cx, tty, data.echo_head.value);
  }
});

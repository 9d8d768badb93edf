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

/** Echoes one operation of the buffer; its bytes in the buffer, 0 where the driver has no room. */
function* echoOne(cx: GuestCx, tty: TtyStruct): Steps<number> {
  const { ram } = cx.world.kernel;
  const { echo_tail } = tty.disc_data;
  const byte = ram.read8(slot(tty, echo_tail.value));
  const space = tty_write_room(cx, tty);
  if (byte !== ECHO_OP_START) {
    if ((tty.c_oflag.value & OFLAG.OPOST) !== 0) {
      return (yield* do_output_char(cx, byte, tty, space)) < 0 ? 0 : 1;
    }
    yield* tty_put_char(cx, tty, byte);
    return 1;
  }
  const operand = ram.read8(slot(tty, echo_tail.value + 1));
  if (space < 2) {
    return 0;
  }
  if (operand !== ECHO_OP_START) {
    yield* tty_put_char(cx, tty, '^'.charCodeAt(0));
    yield* tty_put_char(cx, tty, operand ^ CONTROL_BIT);
    tty.disc_data.column.value += 2;
  } else {
    yield* tty_put_char(cx, tty, ECHO_OP_START);
    tty.disc_data.column.value++;
  }
  return 2;
}

const __process_echoes = blockingStage(file, '__process_echoes', function* (cx: GuestCx, tty: TtyStruct): Steps<void> {
  const { echo_commit, echo_tail } = tty.disc_data;
  while (echo_tail.value < echo_commit.value) {
    const done = yield* echoOne(cx, tty);
    if (done === 0) {
      return;
    }
    echo_tail.value += done;
  }
});

/** Writes out echoes that are still pending. */
export const process_echoes = blockingStage(
  file,
  'process_echoes',
  function* (cx: GuestCx, tty: TtyStruct): Steps<void> {
    const data = tty.disc_data;
    if (data.echo_commit.value === data.echo_tail.value) {
      return;
    }
    yield* mutex_lock(cx, data.output_lock);
    data.echo_commit.value = data.echo_head.value;
    yield* __process_echoes(cx, tty);
    mutex_unlock(cx, data.output_lock);
  },
);

/** Lets what was put into the echo buffer go out. */
export const commit_echoes = blockingStage(file, 'commit_echoes', function* (cx: GuestCx, tty: TtyStruct): Steps<void> {
  const data = tty.disc_data;
  yield* mutex_lock(cx, data.output_lock);
  data.echo_commit.value = data.echo_head.value;
  yield* __process_echoes(cx, tty);
  mutex_unlock(cx, data.output_lock);
});

import { gpa } from '../../../base/brand.ts';
import { utf8 } from '../../../base/bytes.ts';
import { blockingStage, linuxFile } from '../../stage.ts';
import type { FileOperations, GuestFile } from '../fs/file.ts';
import { type GuestCx, NO_STEPS, type Steps } from '../task.ts';
import { hvc_console_print } from '../tty/hvc_console/print.ts';

const file = linuxFile('guest-kernel', 'kernel/printk/printk.c');

/** A record with the time in front, as consoles show it. */
function record(cx: GuestCx, text: Uint8Array): Uint8Array {
  const microseconds = Math.floor(cx.recorder.now / 1000);
  const seconds = String(Math.floor(microseconds / 1_000_000)).padStart(5);
  const head = utf8(`[${seconds}.${String(microseconds % 1_000_000).padStart(6, '0')}] `);
  const bytes = new Uint8Array(head.length + text.length + 1);
  bytes.set(head);
  bytes.set(text, head.length);
  bytes[bytes.length - 1] = 10;
  return bytes;
}

const console_emit_next_record = blockingStage(
  file,
  'console_emit_next_record',
  function* (cx: GuestCx, text: Uint8Array): Steps<void> {
    const hp = cx.world.kernel.console;
    if (hp !== undefined) {
      yield* cx.ptr('con->write', hvc_console_print)(cx, hp, record(cx, text));
    }
  },
);

const console_flush_all = blockingStage(
  file,
  'console_flush_all',
  function* (cx: GuestCx, text: Uint8Array): Steps<void> {
    yield* console_emit_next_record(cx, text);
  },
);

const __console_flush_and_unlock = blockingStage(
  file,
  '__console_flush_and_unlock',
  function* (cx: GuestCx, text: Uint8Array): Steps<void> {
    yield* console_flush_all(cx, text);
  },
);

const console_unlock = blockingStage(file, 'console_unlock', function* (cx: GuestCx, text: Uint8Array): Steps<void> {
  yield* __console_flush_and_unlock(cx, text);
});

/** A message of the kernel: to every console that is registered, which is hvc0 with `console=hvc0`. */
export const vprintk_emit = blockingStage(
  file,
  'vprintk_emit',
  function* (cx: GuestCx, text: Uint8Array): Steps<number> {
    if (cx.world.kernel.console !== undefined) {
      yield* console_unlock(cx, text);
    }
    return text.length;
  },
);

const devkmsg_emit = blockingStage(file, 'devkmsg_emit', function* (cx: GuestCx, text: Uint8Array): Steps<number> {
  return yield* vprintk_emit(cx, text);
});

const devkmsg_open = blockingStage(file, 'devkmsg_open', function* (_cx: GuestCx, _file: GuestFile): Steps<number> {
  yield* NO_STEPS;
  return 0;
});

const devkmsg_release = blockingStage(
  file,
  'devkmsg_release',
  function* (_cx: GuestCx, _file: GuestFile): Steps<number> {
    yield* NO_STEPS;
    return 0;
  },
);

const devkmsg_write = blockingStage(
  file,
  'devkmsg_write',
  function* (cx: GuestCx, _file: GuestFile, buffer: number, count: number): Steps<number> {
    const text = cx.world.kernel.ram.read(gpa(buffer), count);
    yield* devkmsg_emit(cx, text.at(-1) === 10 ? text.subarray(0, -1) : text);
    return count;
  },
);

/** `kmsg_fops`: /dev/kmsg, for writers. */
export const kmsg_fops: FileOperations = { open: devkmsg_open, write_iter: devkmsg_write, release: devkmsg_release };

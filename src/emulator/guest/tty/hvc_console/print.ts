import { gpa } from '../../../../base/brand.ts';
import { blockingStage, stage } from '../../../stage.ts';
import type { GuestCx, Steps } from '../../task.ts';
import { file, type HvcStruct } from './hvc_struct.ts';

const EAGAIN = 11;
/** Characters that go to the driver at a time (N_OUTBUF). */
const N_OUTBUF = 16;
const NEW_LINE = 10;
const CARRIAGE_RETURN = 13;

/** No console driver here has a `flush`. */
const hvc_console_flush = stage(file, 'hvc_console_flush', (_cx: GuestCx, _hp: HvcStruct): void => undefined);

/** Bytes as a terminal takes them: a carriage return before each new line. */
function withReturns(bytes: Uint8Array): number[] {
  return [...bytes].flatMap((byte) => (byte === NEW_LINE ? [CARRIAGE_RETURN, byte] : [byte]));
}

/** Takes out what the driver took; on an error everything, but for -EAGAIN, which is tried again. */
function afterPut(cx: GuestCx, hp: HvcStruct, waiting: number[], count: number, result: number): void {
  if (result > 0) {
    waiting.splice(0, result);
  } else if (result === -EAGAIN) {
    hvc_console_flush(cx, hp);
  } else {
    waiting.splice(0, count);
  }
}

/** `hvc_console.write`: the kernel's own messages, in whatever context they are printed. */
export const hvc_console_print = blockingStage(
  file,
  'hvc_console_print',
  function* (cx: GuestCx, hp: HvcStruct, text: Uint8Array): Steps<void> {
    const { ram, rodata } = cx.world.kernel;
    const waiting = withReturns(text);
    while (waiting.length > 0) {
      const part = Uint8Array.from(waiting.slice(0, N_OUTBUF));
      ram.write(gpa(rodata.conbuf), part);
      const put = cx.ptr('cons_ops[index]->put_chars', hp.put_chars.value);
      afterPut(cx, hp, waiting, part.length, yield* put(cx, hp.vtermno, rodata.conbuf, part.length));
    }
    hvc_console_flush(cx, hp);
  },
);

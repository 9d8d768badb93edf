import { utf8 } from '../base/bytes.ts';
import { err, ok, type Result } from '../base/result.ts';

const SINGLE: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, '0': 0, '\\': 92 };

/** Bytes of a text in which `\n`, `\r`, `\t`, `\0`, `\\` and `\xNN` stand for one byte each. The error is the escape that is none. */
export function bytesOfEscaped(text: string): Result<Uint8Array, string> {
  const bytes: number[] = [];
  for (const part of text.match(/\\x[0-9a-fA-F]{2}|\\[\s\S]?|[^\\]+/g) ?? []) {
    if (!part.startsWith('\\')) {
      for (const byte of utf8(part)) {
        bytes.push(byte);
      }
      continue;
    }
    const byte = part.length === 4 ? Number.parseInt(part.slice(2), 16) : SINGLE[part.slice(1)];
    if (byte === undefined) {
      return err(part);
    }
    bytes.push(byte);
  }
  return ok(Uint8Array.from(bytes));
}

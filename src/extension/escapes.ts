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

/** The text that `bytesOfEscaped` reads as these bytes: one line, fit for an input box. */
export const escapedOf = (bytes: Uint8Array): string => {
  const text = utf8Text(bytes);
  return text === undefined ? [...bytes].map(escapedByte).join('') : text.replace(/[\\\p{Cc}]/gu, escapedSign);
};

/** The text whose UTF-8 this is, undefined where it is none. */
function utf8Text(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

const NAMED = new Map(Object.entries(SINGLE).map(([name, byte]) => [byte, `\\${name}`]));

const escapedByte = (byte: number): string =>
  NAMED.get(byte) ??
  (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`);

const escapedSign = (sign: string): string => [...utf8(sign)].map(escapedByte).join('');

import { printable } from '../base/bytes.ts';
import type { Trace } from './trace.ts';

/** Everything that left the machine, by endpoint, in order. */
export function outputOf(trace: Trace): Map<string, Uint8Array> {
  const output = new Map<string, Uint8Array>();
  for (const [index, parts] of trace.written.entries()) {
    if (parts.length > 0) {
      output.set(trace.endpoints[index] ?? '', joined(parts));
    }
  }
  return output;
}

/** One line per endpoint for people: `file: 7 bytes "hello\r\n"`. */
export const outputLine = (endpoint: string, bytes: Uint8Array): string =>
  `${endpoint}: ${bytes.length} bytes "${printable(bytes.subarray(0, 200))}${bytes.length > 200 ? '…' : ''}"`;

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

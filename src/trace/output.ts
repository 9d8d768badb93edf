import { printable } from '../base/bytes.ts';
import { EVENT_KINDS } from './kinds.ts';
import type { Trace } from './trace.ts';

const OUTPUT = EVENT_KINDS.indexOf('output');

/** What left the machine in the kept events, by endpoint, in order. */
export function outputOf(trace: Trace): Map<string, Uint8Array> {
  const parts = new Map<string, Uint8Array[]>();
  for (const chunk of trace.chunks) {
    for (let row = 0; row < chunk.length; row++) {
      if (chunk.kind[row] === OUTPUT) {
        const start = chunk.key[row] ?? 0;
        const endpoint = trace.endpoints[chunk.value[row] ?? 0] ?? '';
        const bytes = chunk.heap.slice(start, start + (chunk.old[row] ?? 0));
        parts.set(endpoint, [...(parts.get(endpoint) ?? []), bytes]);
      }
    }
  }
  return new Map([...parts].map(([endpoint, list]) => [endpoint, joined(list)]));
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

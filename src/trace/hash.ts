import type { Chunk } from './columns.ts';
import type { Trace } from './trace.ts';

const PRIME = 0x01000193;

/**
 * A 64-bit fingerprint of the kept events, as 16 hex digits: two runs with the same fingerprint took the same way. FNV-1a
 * over the columns, twice with different seeds; it guards against drift, not against forgery.
 */
export function traceHash(trace: Trace): string {
  let low = 0x811c9dc5;
  let high = 0x01234567;
  for (const chunk of trace.chunks) {
    for (const bytes of columnBytes(chunk)) {
      for (const byte of bytes) {
        low = Math.imul(low ^ byte, PRIME);
        high = Math.imul(high ^ byte, PRIME) ^ (high >>> 15);
      }
    }
  }
  return hex32(high) + hex32(low);
}

function columnBytes(chunk: Chunk): Uint8Array[] {
  const columns = [chunk.kind, chunk.context, chunk.stage, chunk.cause, chunk.time, chunk.key, chunk.old, chunk.value];
  const bytes = columns.map((column) => {
    const used = column.subarray(0, chunk.length);
    return new Uint8Array(used.buffer, used.byteOffset, used.byteLength);
  });
  return [...bytes, chunk.heap.subarray(0, chunk.heapLength)];
}

const hex32 = (value: number): string => (value >>> 0).toString(16).padStart(8, '0');

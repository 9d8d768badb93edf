import type { Chunk, StateBefore } from './columns.ts';
import { EVENT_KINDS } from './kinds.ts';
import type { Trace } from './trace.ts';

const OUTPUT = EVENT_KINDS.indexOf('output');

/** Output whose events have been dropped, joined by endpoint in buffers that grow: one part each, however much it is. */
export class DroppedOutput {
  readonly #buffers: Uint8Array[] = [];
  readonly #lengths: number[] = [];

  /** Joins the parts that `chunk` wrote, the oldest of `trace.written`. */
  join(trace: Trace, chunk: Chunk): void {
    const counts: number[] = [];
    for (let row = 0; row < chunk.length; row++) {
      if (chunk.kind[row] === OUTPUT) {
        const endpoint = chunk.value[row] ?? 0;
        counts[endpoint] = (counts[endpoint] ?? 0) + 1;
      }
    }
    for (const [endpoint, count = 0] of counts.entries()) {
      const parts = trace.written[endpoint];
      if (parts !== undefined && count > 0) {
        const joined = this.#lengths[endpoint] === undefined ? 0 : 1;
        for (const part of parts.slice(joined, joined + count)) {
          this.#append(endpoint, part);
        }
        const whole = this.#buffers[endpoint]?.subarray(0, this.#lengths[endpoint]) ?? new Uint8Array(0);
        parts.splice(0, joined + count, whole);
      }
    }
  }

  #append(endpoint: number, part: Uint8Array): void {
    const length = this.#lengths[endpoint] ?? 0;
    let buffer = this.#buffers[endpoint] ?? new Uint8Array(4096);
    if (length + part.length > buffer.length) {
      const grown = new Uint8Array(Math.max(2 * buffer.length, length + part.length));
      grown.set(buffer.subarray(0, length));
      buffer = grown;
    }
    buffer.set(part, length);
    this.#buffers[endpoint] = buffer;
    this.#lengths[endpoint] = length + part.length;
  }
}

/** Drops the oldest chunk and returns it: its events are counted as dropped, `next` is the state behind it. */
export function dropOldest(trace: Trace, next: StateBefore): Chunk | undefined {
  const chunk = trace.chunks.shift();
  if (chunk === undefined) {
    return undefined;
  }
  for (const [field, { initial }] of trace.fields.entries()) {
    trace.base[field] = next.values[field] ?? initial;
  }
  for (const area of trace.baseMemory.keys()) {
    trace.baseMemory[area] = new Map(next.memory[area]);
  }
  trace.dropped += chunk.length;
  return chunk;
}

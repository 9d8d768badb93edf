import { CHUNK_EVENTS, Chunk, type StateBefore } from './columns.ts';
import type { Trace } from './trace.ts';

/** Output whose events have been dropped, joined by endpoint in buffers that grow: one part each, however much it is. */
class DroppedOutput {
  readonly #buffers: Uint8Array[] = [];
  readonly #lengths: number[] = [];

  /** Joins the parts that `chunk` wrote, the oldest of `trace.written`. */
  join(trace: Trace, chunk: Chunk): void {
    const counts: number[] = [];
    for (const endpoint of chunk.outputs) {
      counts[endpoint] = (counts[endpoint] ?? 0) + 1;
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

/** The chunks that a trace keeps: at most as many as its window holds. */
export class Window {
  readonly #trace: Trace;
  readonly #events: number;
  readonly #droppedOutput = new DroppedOutput();

  constructor(trace: Trace, events: number) {
    this.#trace = trace;
    this.#events = Math.max(events, CHUNK_EVENTS);
  }

  /** The chunk after the last one, with the state before it: a new one, or the oldest one again where the window is full. */
  next(before: StateBefore): Chunk {
    const { chunks } = this.#trace;
    const chunk =
      chunks.length * CHUNK_EVENTS < this.#events ? new Chunk(firstCapacity(chunks.length)) : this.#reuse(before);
    chunk.before = before;
    chunks.push(chunk);
    return chunk;
  }

  #reuse(last: StateBefore): Chunk {
    const dropped = dropOldest(this.#trace, this.#trace.chunks[1]?.before ?? last);
    if (dropped === undefined) {
      return new Chunk(CHUNK_EVENTS);
    }
    this.#droppedOutput.join(this.#trace, dropped);
    return dropped.clear();
  }
}

/** A second chunk begins small, as the first did: most traces end in it. */
const firstCapacity = (chunks: number): number => (chunks === 1 ? 4096 : CHUNK_EVENTS);

/** Drops the oldest chunk and returns it: its events are counted as dropped, `next` is the state behind it. */
function dropOldest(trace: Trace, next: StateBefore): Chunk | undefined {
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

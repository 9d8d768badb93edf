import { LIMITS, type OutputSoFar } from '../protocol/messages.ts';
import { EVENT_KINDS } from '../trace/kinds.ts';
import type { Trace } from '../trace/trace.ts';

const OUTPUT = EVENT_KINDS.indexOf('output');

/** One write to the outside. */
interface Write {
  readonly seq: number;
  readonly endpoint: number;
  readonly bytes: Uint8Array;
}

/** All that left the machine, in order, so that "so far" can be answered for every event. */
export class OutputLog {
  readonly #endpoints: readonly string[];
  readonly #writes: Write[] = [];

  constructor(trace: Trace) {
    this.#endpoints = trace.endpoints;
    let first = trace.dropped;
    for (const chunk of trace.chunks) {
      for (let row = 0; row < chunk.length; row++) {
        if (chunk.kind[row] === OUTPUT) {
          const start = chunk.key[row] ?? 0;
          const bytes = chunk.heap.slice(start, start + (chunk.old[row] ?? 0));
          this.#writes.push({ seq: first + row, endpoint: chunk.value[row] ?? 0, bytes });
        }
      }
      first += chunk.length;
    }
  }

  /** What has left before event `seq`: all of it counted, the last bytes of each endpoint. */
  before(seq: number): readonly OutputSoFar[] {
    return this.#endpoints.map((endpoint, index) => {
      const writes = this.#writes.filter((write) => write.endpoint === index && write.seq < seq);
      return { endpoint, total: writes.reduce((sum, write) => sum + write.bytes.length, 0), tail: tailOf(writes) };
    });
  }
}

function tailOf(writes: readonly Write[]): Uint8Array {
  const tail = new Uint8Array(LIMITS.output);
  let start = tail.length;
  for (let i = writes.length - 1; i >= 0 && start > 0; i--) {
    const bytes = writes[i]?.bytes ?? new Uint8Array(0);
    const part = bytes.subarray(Math.max(0, bytes.length - start));
    start -= part.length;
    tail.set(part, start);
  }
  return tail.slice(start);
}

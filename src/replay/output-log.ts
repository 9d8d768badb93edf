import { LIMITS, type OutputSoFar } from '../protocol/messages.ts';
import { EVENT_KINDS } from '../trace/kinds.ts';
import type { Trace } from '../trace/trace.ts';

const OUTPUT = EVENT_KINDS.indexOf('output');

/** What left through one endpoint. */
interface Written {
  readonly endpoint: string;
  /** Parts in order, whole even where their events have been dropped. */
  readonly parts: readonly Uint8Array[];
  /** Events of the last parts, as many as are kept. */
  readonly seqs: number[];
}

/** All that left the machine, in order, so that "so far" can be answered for every event. */
export class OutputLog {
  readonly #written: readonly Written[];

  constructor(trace: Trace) {
    this.#written = trace.endpoints.map((endpoint, index) => ({
      endpoint,
      parts: trace.written[index] ?? [],
      seqs: [],
    }));
    let first = trace.dropped;
    for (const chunk of trace.chunks) {
      for (let row = 0; row < chunk.length; row++) {
        if (chunk.kind[row] === OUTPUT) {
          this.#written[chunk.value[row] ?? 0]?.seqs.push(first + row);
        }
      }
      first += chunk.length;
    }
  }

  /** What has left before event `seq`: all of it counted, the last bytes of each endpoint. */
  before(seq: number): readonly OutputSoFar[] {
    return this.#written.map(({ endpoint, parts, seqs }) => {
      const later = seqs.filter((at) => at >= seq).length;
      const so = parts.slice(0, parts.length - later);
      return { endpoint, total: so.reduce((sum, part) => sum + part.length, 0), tail: tailOf(so) };
    });
  }
}

function tailOf(parts: readonly Uint8Array[]): Uint8Array {
  const tail = new Uint8Array(LIMITS.output);
  let start = tail.length;
  for (let i = parts.length - 1; i >= 0 && start > 0; i--) {
    const bytes = parts[i] ?? new Uint8Array(0);
    const part = bytes.subarray(Math.max(0, bytes.length - start));
    start -= part.length;
    tail.set(part, start);
  }
  return tail.slice(start);
}

import { EVENT_KINDS } from '../../trace/kinds.ts';
import type { Trace } from '../../trace/trace.ts';

const MEMORY = EVENT_KINDS.indexOf('memory');
const AREA = 0x1_0000_0000;

/** Events that one span may have: more than any step; a wish for more gets the writes of the last ones. */
const MOST = 20_000;

interface Write {
  readonly area: number;
  readonly from: number;
  readonly to: number;
}

/** The writes to memory of events `from` to `at`: a write of what was there already counts too. */
export class Span {
  readonly #writes: readonly Write[];

  constructor(trace: Trace, from: number, at: number) {
    const writes: Write[] = [];
    for (let event = Math.max(from, at - MOST); event <= at; event++) {
      const found = trace.locate(event);
      if (found?.chunk.kind[found.row] === MEMORY) {
        const packed = found.chunk.old[found.row] ?? 0;
        const start = found.chunk.value[found.row] ?? 0;
        writes.push({ area: Math.floor(packed / AREA), from: start, to: start + (packed % AREA) });
      }
    }
    this.#writes = writes;
  }

  /** Whether any of these bytes was written. */
  touches(area: number, address: number, length: number): boolean {
    return this.#writes.some((write) => write.area === area && write.from < address + length && write.to > address);
  }
}

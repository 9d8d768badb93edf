import type { Chunk } from '../../trace/columns.ts';
import { NO_STAGE } from '../../trace/columns.ts';
import { EVENT_KINDS } from '../../trace/kinds.ts';
import type { Trace } from '../../trace/trace.ts';

const STATE = EVENT_KINDS.indexOf('state');
const MEMORY = EVENT_KINDS.indexOf('memory');
const OUTPUT = EVENT_KINDS.indexOf('output');
const AREA = 0x1_0000_0000;
const PAGE = 4096;
const STAGES = 0x1_0000;

/** Which stages write what, as the run itself shows: read once, over all kept events. */
export class WriteIndex {
  readonly #fields: Set<number>[] = [];
  readonly #outputs: Set<number>[] = [];
  /** By page (area and number): address and stage of a write -> its greatest length. */
  readonly #pages = new Map<number, Map<number, number>>();
  /** Pages that a write may reach beyond its first. */
  #reach = 1;
  #lastPage = -1;
  #last: Map<number, number> = new Map();

  constructor(trace: Trace) {
    for (const chunk of trace.chunks) {
      for (let row = 0; row < chunk.length; row++) {
        this.#take(chunk, row);
      }
    }
  }

  /** Stages in which a field changes. */
  ofField(field: number): readonly number[] {
    return sorted(this.#fields[field]);
  }

  /** Stages that write any byte of [address, address + length) of a memory. */
  ofMemory(area: number, address: number, length: number): readonly number[] {
    const found = new Set<number>();
    // A write may begin in a page before.
    for (let page = Math.floor(address / PAGE) - this.#reach; page * PAGE < address + length; page++) {
      for (const [write, size] of this.#pages.get(area * AREA + page) ?? []) {
        const start = Math.floor(write / STAGES);
        if (start < address + length && start + size > address) {
          found.add(write % STAGES);
        }
      }
    }
    return sorted(found);
  }

  /** Stages that write to an endpoint. */
  ofOutput(endpoint: number): readonly number[] {
    return sorted(this.#outputs[endpoint]);
  }

  #take(chunk: Chunk, row: number): void {
    const stage = chunk.stage[row] ?? NO_STAGE;
    const kind = chunk.kind[row];
    if (stage === NO_STAGE) {
      return;
    }
    if (kind === STATE) {
      add(this.#fields, chunk.key[row] ?? 0, stage);
    } else if (kind === MEMORY) {
      const packed = chunk.old[row] ?? 0;
      this.#write(Math.floor(packed / AREA), chunk.value[row] ?? 0, packed % AREA, stage);
    } else if (kind === OUTPUT) {
      add(this.#outputs, chunk.value[row] ?? 0, stage);
    }
  }

  #write(area: number, address: number, length: number, stage: number): void {
    const number = area * AREA + Math.floor(address / PAGE);
    if (number !== this.#lastPage) {
      this.#last = this.#pages.get(number) ?? new Map<number, number>();
      this.#lastPage = number;
      this.#pages.set(number, this.#last);
    }
    const write = address * STAGES + stage;
    if ((this.#last.get(write) ?? 0) < length) {
      this.#last.set(write, length);
      this.#reach = Math.max(this.#reach, Math.ceil(length / PAGE));
    }
  }
}

function add(sets: Set<number>[], at: number, stage: number): void {
  const set = sets[at];
  if (set === undefined) {
    sets[at] = new Set([stage]);
  } else {
    set.add(stage);
  }
}

const sorted = (set: ReadonlySet<number> | undefined): readonly number[] =>
  set === undefined ? [] : [...set].sort((a, b) => a - b);

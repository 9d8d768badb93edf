import type { Chunk, StateBefore } from './columns.ts';
import { EVENT_KINDS } from './kinds.ts';
import type { Trace } from './trace.ts';

const STATE = EVENT_KINDS.indexOf('state');
const MEMORY = EVENT_KINDS.indexOf('memory');
const PAGE = 4096;
const AREA = 0x100000000;
/** Up to so many bytes a loop is faster than `TypedArray.set`. */
const FEW = 32;

/** The machine's state after one event: values by field, and the pages of each memory that were ever written. Pages are read only. */
export interface MachineState {
  readonly values: number[];
  readonly memory: Map<number, Uint8Array>[];
}

/** State just before the first kept event. */
export function baseState(trace: Trace): MachineState {
  return {
    values: trace.fields.map((field, index) => trace.base[index] ?? field.initial),
    memory: trace.baseMemory.map((pages) => new Map(pages)),
  };
}

/**
 * State after event `at`, exact: equal to a fresh run stopped there. Each chunk carries the state before it, so that at most
 * one chunk of events is applied.
 */
export function stateAt(trace: Trace, at: number): MachineState {
  const { chunks, dropped } = trace;
  let first = dropped;
  let index = 0;
  for (let length = chunks[0]?.length ?? 0; index < chunks.length - 1 && at >= first + length; ) {
    first += length;
    index++;
    length = chunks[index]?.length ?? 0;
  }
  const chunk = chunks[index];
  if (chunk === undefined || at < first) {
    return baseState(trace);
  }
  return advanced(trace, stateBefore(trace, index), chunk, Math.min(chunk.length, at - first + 1));
}

/** The state before chunk `index`; what is missing is computed chunk by chunk and kept in the chunks. */
export function stateBefore(trace: Trace, index: number): StateBefore {
  let known = index;
  while (known > 0 && trace.chunks[known]?.before === undefined) {
    known--;
  }
  let state: StateBefore = (known > 0 ? trace.chunks[known]?.before : undefined) ?? baseState(trace);
  for (let at = known; at < index; at++) {
    const [chunk, next] = [trace.chunks[at], trace.chunks[at + 1]];
    if (chunk !== undefined && next !== undefined) {
      state = stateAfter(trace, state, chunk);
      next.before = state;
    }
  }
  return state;
}

/** The state behind a whole chunk. */
export const stateAfter = (trace: Trace, before: StateBefore, chunk: Chunk): StateBefore =>
  advanced(trace, before, chunk, chunk.length);

/** Bytes of one memory in a state; what was never written reads as zero. */
export function readMemory(state: MachineState, area: number, address: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  const pages = state.memory[area];
  for (let done = 0; done < length; ) {
    const offset = (address + done) % PAGE;
    const count = Math.min(PAGE - offset, length - done);
    const page = pages?.get(Math.floor((address + done) / PAGE));
    if (page !== undefined) {
      bytes.set(page.subarray(offset, offset + count), done);
    }
    done += count;
  }
  return bytes;
}

/** A state some events later; `before` stays as it is, pages that do not change are shared with it. */
function advanced(trace: Trace, before: StateBefore, chunk: Chunk, count: number): MachineState {
  const { fields } = trace;
  const values = before.values.slice();
  for (let field = values.length; field < fields.length; field++) {
    values.push(fields[field]?.initial ?? 0);
  }
  const areas = trace.baseMemory.map((_, area) => new Pages(before.memory[area]));
  const { kind, key, value } = chunk;
  for (let row = 0; row < count; row++) {
    const what = kind[row];
    if (what === STATE) {
      values[key[row] ?? 0] = value[row] ?? 0;
    } else if (what === MEMORY) {
      const packed = chunk.old[row] ?? 0;
      const length = packed % AREA;
      areas[Math.floor(packed / AREA)]?.write(value[row] ?? 0, chunk.heap, (key[row] ?? 0) + length, length);
    }
  }
  return { values, memory: areas.map(({ pages }) => pages) };
}

/** Pages of one memory, copied before their first change. */
class Pages {
  readonly pages: Map<number, Uint8Array>;
  readonly #own = new Set<number>();
  #lastNumber = -1;
  #last: Uint8Array = new Uint8Array(0);

  constructor(before: ReadonlyMap<number, Uint8Array> | undefined) {
    this.pages = new Map(before);
  }

  write(address: number, heap: Uint8Array, start: number, length: number): void {
    for (let done = 0; done < length; ) {
      const offset = (address + done) % PAGE;
      const count = Math.min(PAGE - offset, length - done);
      const page = this.#page(Math.floor((address + done) / PAGE));
      const from = start + done;
      if (count <= FEW) {
        for (let i = 0; i < count; i++) {
          page[offset + i] = heap[from + i] ?? 0;
        }
      } else {
        page.set(heap.subarray(from, from + count), offset);
      }
      done += count;
    }
  }

  #page(number: number): Uint8Array {
    if (number === this.#lastNumber) {
      return this.#last;
    }
    let page = this.pages.get(number);
    if (page === undefined) {
      page = new Uint8Array(PAGE);
      this.pages.set(number, page);
      this.#own.add(number);
    } else if (!this.#own.has(number)) {
      page = page.slice();
      this.pages.set(number, page);
      this.#own.add(number);
    }
    this.#lastNumber = number;
    this.#last = page;
    return page;
  }
}

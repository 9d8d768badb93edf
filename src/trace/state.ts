import { CHUNK_EVENTS, type Chunk } from './columns.ts';
import { EVENT_KINDS } from './kinds.ts';
import type { Trace } from './trace.ts';

const STATE = EVENT_KINDS.indexOf('state');
const MEMORY = EVENT_KINDS.indexOf('memory');
const PAGE = 4096;
const AREA = 0x100000000;

/** The machine's state after one event: values by field, and the pages of each memory that were ever written. */
export interface MachineState {
  readonly values: number[];
  readonly memory: Map<number, Uint8Array>[];
}

/** State just before the first kept event. */
export function baseState(trace: Trace): MachineState {
  return {
    values: trace.fields.map((field, index) => trace.base[index] ?? field.initial),
    memory: trace.baseMemory.map((pages) => new Map([...pages].map(([page, bytes]) => [page, bytes.slice()]))),
  };
}

/** State after event `at`, exact: equal to a fresh run stopped there. Cost: one pass over the kept events before it. */
export function stateAt(trace: Trace, at: number): MachineState {
  const state = baseState(trace);
  let first = trace.dropped;
  for (const chunk of trace.chunks) {
    applyForward(chunk, Math.min(chunk.length, at - first + 1), state);
    first += chunk.length;
    if (first > at) {
      break;
    }
  }
  return state;
}

/** Bytes of one memory in a state; what was never written reads as zero. */
export function readMemory(state: MachineState, area: number, address: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  const pages = state.memory[area];
  for (let i = 0; i < length; i++) {
    const page = pages?.get(Math.floor((address + i) / PAGE));
    bytes[i] = page?.[(address + i) % PAGE] ?? 0;
  }
  return bytes;
}

/** Drops the oldest chunk: its changes become part of the base, its events are counted as dropped. */
export function foldIntoBase(trace: Trace): void {
  const chunk = trace.chunks.shift();
  if (chunk === undefined) {
    return;
  }
  const state: MachineState = { values: trace.base, memory: trace.baseMemory };
  applyForward(chunk, chunk.length, state);
  trace.dropped += CHUNK_EVENTS;
}

function applyForward(chunk: Chunk, count: number, state: MachineState): void {
  for (let row = 0; row < count; row++) {
    const kind = chunk.kind[row];
    if (kind === STATE) {
      state.values[chunk.key[row] ?? 0] = chunk.value[row] ?? 0;
    } else if (kind === MEMORY) {
      applyMemory(chunk, row, state);
    }
  }
}

function applyMemory(chunk: Chunk, row: number, state: MachineState): void {
  const packed = chunk.old[row] ?? 0;
  const count = packed % AREA;
  const start = (chunk.key[row] ?? 0) + count;
  const pages = state.memory[Math.floor(packed / AREA)];
  if (pages !== undefined) {
    writePages(pages, chunk.value[row] ?? 0, chunk.heap.subarray(start, start + count));
  }
}

function writePages(pages: Map<number, Uint8Array>, address: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) {
    const offset = (address + done) % PAGE;
    const number = Math.floor((address + done) / PAGE);
    const count = Math.min(PAGE - offset, bytes.length - done);
    let page = pages.get(number);
    if (page === undefined) {
      page = new Uint8Array(PAGE);
      pages.set(number, page);
    }
    page.set(bytes.subarray(done, done + count), offset);
    done += count;
  }
}

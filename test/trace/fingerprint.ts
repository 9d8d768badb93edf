import type { Chunk } from '../../src/trace/columns.ts';
import { EVENT_KINDS, type EventKind } from '../../src/trace/kinds.ts';
import type { Trace } from '../../src/trace/trace.ts';

const PRIME = 0x01000193;
const NO_CAUSE = 0xffffffff;

/** FNV-1a over words, numbers and texts: 32 bits, twice with different seeds. */
class Fnv {
  readonly #double = new Float64Array(1);
  readonly #halves = new Uint32Array(this.#double.buffer);
  readonly #known = new Map<string, number>();
  #low = 0x811c9dc5;
  #high = 0x01234567;

  word(value: number): void {
    this.#low = Math.imul(this.#low ^ value ^ (this.#low >>> 13), PRIME);
    this.#high = Math.imul(this.#high ^ value, PRIME) ^ (this.#high >>> 15);
  }

  bytes(values: Uint8Array, from: number, to: number): void {
    for (let at = from; at < to; at++) {
      this.word(values[at] ?? 0);
    }
  }

  number(value: number): void {
    this.#double[0] = value;
    this.word(this.#halves[0] ?? 0);
    this.word(this.#halves[1] ?? 0);
  }

  text(value: string): void {
    let hash = this.#known.get(value);
    if (hash === undefined) {
      hash = 0x811c9dc5;
      for (let i = 0; i < value.length; i++) {
        hash = Math.imul(hash ^ value.charCodeAt(i), PRIME);
      }
      this.#known.set(value, hash);
    }
    this.word(hash);
  }

  toString(): string {
    return [this.#high, this.#low].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
  }
}

/**
 * A fingerprint of all kept events in which stages, contexts, fields, memories and expressions stand by their names: it says
 * whether two runs took the same way, as `traceHash` does, but does not change when a new stage or field is declared.
 */
export function fingerprint(trace: Trace): string {
  const fnv = new Fnv();
  for (const chunk of trace.chunks) {
    for (let row = 0; row < chunk.length; row++) {
      const cause = chunk.cause[row] ?? 0;
      fnv.word(chunk.kind[row] ?? 0);
      fnv.text(trace.contexts[chunk.context[row] ?? 0]?.name ?? '');
      fnv.text(stageName(trace, chunk.stage[row]));
      fnv.number(cause === NO_CAUSE ? -1 : cause);
      fnv.number(chunk.time[row] ?? 0);
      addDetail(fnv, trace, chunk, row);
    }
  }
  return fnv.toString();
}

const stageName = (trace: Trace, stage: number | undefined): string => trace.stages[stage ?? -1]?.id ?? '';

function addDetail(fnv: Fnv, trace: Trace, chunk: Chunk, row: number): void {
  const [key, old, value] = [chunk.key[row] ?? 0, chunk.old[row] ?? 0, chunk.value[row] ?? 0];
  const kind: EventKind = EVENT_KINDS[chunk.kind[row] ?? 0] ?? 'enter';
  switch (kind) {
    case 'hop':
      fnv.word(key & 0xff);
      fnv.text(trace.expressions[key >>> 8] ?? '');
      fnv.text(stageName(trace, value));
      return;
    case 'state':
      addState(fnv, trace, key, old, value);
      return;
    case 'memory': {
      const length = old % 0x1_0000_0000;
      fnv.text(trace.memories[Math.floor(old / 0x1_0000_0000)]?.name ?? '');
      fnv.number(value);
      fnv.bytes(chunk.heap, key, key + 2 * length);
      return;
    }
    case 'hazard':
    case 'log':
      fnv.text(trace.expressions[key] ?? '');
      fnv.text(JSON.stringify(trace.notes[old] ?? {}));
      return;
    case 'output':
      fnv.text(trace.endpoints[value] ?? '');
      fnv.bytes(chunk.heap, key, key + old);
      return;
    case 'block':
    case 'spin':
      fnv.text(trace.expressions[key] ?? '');
      fnv.number(old);
      return;
    case 'enter':
    case 'exit':
    case 'resume':
      fnv.number(key);
      fnv.text(kind === 'enter' ? stageName(trace, value) : '');
      return;
    default:
      kind satisfies never;
  }
}

/** A function pointer's value is a stage's number + 1. */
function addState(fnv: Fnv, trace: Trace, key: number, old: number, value: number): void {
  const field = trace.fields[key];
  fnv.text(field?.path ?? '');
  for (const one of [old, value]) {
    if (field?.shape === 'stage') {
      fnv.text(stageName(trace, one - 1));
    } else {
      fnv.number(one);
    }
  }
}

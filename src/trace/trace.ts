import { type Seq, seq, type VirtualTime, virtualTime } from '../base/brand.ts';
import { CHUNK_EVENTS, type Chunk } from './columns.ts';
import type { Phase, Program } from './kinds.ts';
import { EVENT_KINDS, type EventKind } from './kinds.ts';
import type { Context } from './strand.ts';

/** A stage as a trace names it. */
export interface TraceStage {
  readonly id: string;
  readonly program: Program;
  readonly tree: 'acrn' | 'linux' | undefined;
  readonly file: string;
  readonly function: string;
}

/** A field of the machine's state: which program owns it, how a person names it, and what it held at first. */
export interface Field {
  readonly program: Program;
  /** `console.queues[1].last_avail` */
  readonly path: string;
  readonly initial: number;
  /** How to read the number: plain, hexadecimal, or a stage index + 1 (a function pointer; 0 is NULL). */
  readonly shape: 'number' | 'hex' | 'stage';
}

/** One event, unpacked. */
export interface TraceEvent {
  readonly seq: Seq;
  readonly time: VirtualTime;
  readonly kind: EventKind;
  readonly phase: Phase;
  readonly context: number;
  readonly stage: number;
  /** Event that caused this one, -1 where none is known. */
  readonly cause: number;
  readonly key: number;
  readonly old: number;
  readonly value: number;
}

/** A memory whose bytes are traced. */
export interface TracedMemory {
  readonly name: string;
  readonly program: Program;
}

/**
 * What a run leaves behind. Events stand in chunks of columns; names (contexts, stages, fields, expressions) are tables.
 * Only a window of events is kept: `dropped` counts what fell out in front.
 */
export class Trace {
  readonly contexts: Context[] = [];
  readonly stages: TraceStage[] = [];
  readonly fields: Field[] = [];
  readonly memories: TracedMemory[] = [];
  readonly endpoints: string[] = [];
  /** Everything that left through each endpoint, whole even where its events have been dropped. */
  readonly written: Uint8Array[][] = [];
  readonly expressions: string[] = [''];
  /** Arguments of hazards and log lines. */
  readonly notes: Readonly<Record<string, string | number>>[] = [];
  readonly chunks: Chunk[] = [];
  /** First event of phase `run`; the length of the trace while set-up lasts. */
  runStart = Number.POSITIVE_INFINITY;
  dropped = 0;
  /** Values of the fields just before the first kept event, by field. */
  readonly base: number[] = [];
  /** Contents of memories just before the first kept event: memory -> page number -> bytes. */
  readonly baseMemory: Map<number, Uint8Array>[] = [];

  /** Number of events recorded, dropped ones included: the next event's position. */
  get length(): number {
    const last = this.chunks.at(-1);
    return last === undefined ? this.dropped : this.dropped + (this.chunks.length - 1) * CHUNK_EVENTS + last.length;
  }

  /** The chunk and row of event `at`, undefined where it was dropped or not yet recorded. */
  locate(at: number): { readonly chunk: Chunk; readonly row: number } | undefined {
    const kept = at - this.dropped;
    const chunk = kept < 0 ? undefined : this.chunks[Math.floor(kept / CHUNK_EVENTS)];
    const row = kept % CHUNK_EVENTS;
    return chunk === undefined || row >= chunk.length ? undefined : { chunk, row };
  }

  /** Event `at`, undefined where it was dropped or not yet recorded. */
  event(at: number): TraceEvent | undefined {
    const found = this.locate(at);
    return found === undefined ? undefined : this.#unpack(at, found.chunk, found.row);
  }

  /** All kept events in order. */
  *events(from = this.dropped, to = this.length): IterableIterator<TraceEvent> {
    for (let at = Math.max(from, this.dropped); at < to; at++) {
      const event = this.event(at);
      if (event === undefined) {
        return;
      }
      yield event;
    }
  }

  #unpack(at: number, chunk: Chunk, row: number): TraceEvent {
    const cause = chunk.cause[row] ?? 0;
    return {
      seq: seq(at),
      time: virtualTime(chunk.time[row] ?? 0),
      kind: EVENT_KINDS[chunk.kind[row] ?? 0] ?? 'enter',
      phase: at < this.runStart ? 'set-up' : 'run',
      context: chunk.context[row] ?? 0,
      stage: chunk.stage[row] ?? 0,
      cause: cause === 0xffffffff ? -1 : cause,
      key: chunk.key[row] ?? 0,
      old: chunk.old[row] ?? 0,
      value: chunk.value[row] ?? 0,
    };
  }
}

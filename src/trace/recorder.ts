import { CHUNK_EVENTS, Chunk, NO_STAGE, NONE, type StateBefore } from './columns.ts';
import {
  EVENT_KINDS,
  type EventKind,
  HOP_KINDS,
  type HopKind,
  LOG_LEVELS,
  type LogLevel,
  type Program,
} from './kinds.ts';
import { stateAfter, stateBefore } from './state.ts';
import { type Context, MAX_DEPTH, Strand } from './strand.ts';
import { type Field, Trace, type TraceStage } from './trace.ts';
import { DroppedOutput, dropOldest } from './window.ts';

const kindCode = (kind: EventKind): number => EVENT_KINDS.indexOf(kind);
const ENTER = kindCode('enter');
const EXIT = kindCode('exit');
const HOP = kindCode('hop');
const BLOCK = kindCode('block');
const RESUME = kindCode('resume');
const STATE = kindCode('state');
const MEMORY = kindCode('memory');
const HAZARD = kindCode('hazard');
const LOG = kindCode('log');
const OUTPUT = kindCode('output');
const SPIN = kindCode('spin');
const HOP_CODES = new Map(HOP_KINDS.map((name, code) => [name, code]));
const hopCode = (kind: HopKind): number => HOP_CODES.get(kind) ?? 0;
/** Up to so many bytes a loop is faster than `TypedArray.set`. */
const FEW = 16;

/** An innermost stage, and the context it runs in. */
export interface Place {
  readonly context: number;
  readonly stage: number;
}

/** Events kept by default; what falls out in front is counted. */
export const DEFAULT_WINDOW = 1_000_000;

/**
 * The only writer of a trace. It knows which strand runs and appends events to columns; it never decides anything.
 * With `on` false nothing is kept, the machine runs the same.
 */
export class Recorder {
  readonly trace = new Trace();
  on = true;
  /** Virtual time now, in nanoseconds. Whoever emulates advances it. */
  now = 0;
  #strand: Strand;
  #chunk: Chunk = new Chunk(4096);
  #length = 0;
  readonly #window: number;
  readonly #expressions = new Map<string, number>([['', 0]]);
  readonly #droppedOutput = new DroppedOutput();
  #strands = 0;

  constructor(stages: readonly TraceStage[], window = DEFAULT_WINDOW) {
    this.trace.stages.push(...stages);
    this.trace.chunks.push(this.#chunk);
    this.#window = Math.max(window, CHUNK_EVENTS);
    this.#strand = this.strand('power-on');
  }

  /** A new flow of control. */
  strand(name: string): Strand {
    return new Strand(this.#strands++, name);
  }

  /** A new context, named as the real system's people name it. */
  context(program: Program, name: string): Context {
    const context = { id: this.trace.contexts.length, program, name };
    this.trace.contexts.push(context);
    return context;
  }

  /** A new field of the state; returns its number. */
  field(field: Field): number {
    this.trace.fields.push(field);
    this.trace.base.push(field.initial);
    return this.trace.fields.length - 1;
  }

  /** A new traced memory; returns its number. */
  memoryArea(program: Program, name: string): number {
    this.trace.memories.push({ program, name });
    this.trace.baseMemory.push(new Map());
    return this.trace.memories.length - 1;
  }

  /** A way out of the machine; returns its number. */
  endpoint(name: string): number {
    this.trace.endpoints.push(name);
    this.trace.written.push([]);
    return this.trace.endpoints.length - 1;
  }

  /** The strand that runs now. */
  get running(): Strand {
    return this.#strand;
  }

  /** Says that `strand` runs from here on; whoever switches contexts calls it after every switch. */
  switchTo(strand: Strand): void {
    this.#strand = strand;
  }

  /** Everything from here on is phase `run`. */
  beginRun(): void {
    this.trace.runStart = this.#length;
  }

  /** Position of the next event. */
  get length(): number {
    return this.#length;
  }

  /** A stage is entered on `context`, by a plain call unless `callVia` or an arriving hop says otherwise. */
  enter(strand: Strand, context: number, stage: number): void {
    this.#strand = strand;
    if (strand.depth >= MAX_DEPTH) {
      throw new RangeError(`more than ${MAX_DEPTH} nested stages on ${strand.name}`);
    }
    if (this.on) {
      this.#enter(strand, context, stage);
    } else {
      strand.push(stage, context);
    }
  }

  #enter(strand: Strand, context: number, stage: number): void {
    const { depth, stages, enters } = strand;
    let cause = strand.arriving;
    let caller = -1;
    if (depth > 0) {
      caller = stages[depth - 1] ?? -1;
    }
    if (cause >= 0) {
      strand.arriving = -1;
      this.#arrive(cause, stage);
    } else if (strand.nextHop >= 0) {
      cause = this.#here(HOP, strand.nextHop | (strand.nextExpr << 8), 0, stage);
      strand.nextHop = -1;
    } else if (depth > 0) {
      cause = enters[depth - 1] ?? -1;
    }
    stages[depth] = stage;
    strand.contexts[depth] = context;
    enters[depth] = this.#append(ENTER, context, stage, cause, depth, 0, caller);
    strand.depth = depth + 1;
  }

  /** The innermost stage of `strand` is left. */
  exit(strand: Strand): void {
    this.#strand = strand;
    const depth = strand.depth - 1;
    if (depth < 0) {
      throw new RangeError(`exit without enter on ${strand.name}`);
    }
    strand.depth = depth;
    strand.nextHop = -1;
    if (this.on) {
      const stage = strand.stages[depth] ?? NO_STAGE;
      this.#append(EXIT, strand.contexts[depth] ?? 0, stage, strand.enters[depth] ?? -1, depth, 0, 0);
    }
  }

  /** The next call of `strand` goes another way than a plain call: `fptr_call` through `expr`, for instance. */
  callVia(strand: Strand, kind: HopKind, expr: string): void {
    if (!this.on) {
      return;
    }
    strand.nextHop = hopCode(kind);
    strand.nextExpr = this.#expression(expr);
  }

  /** Control leaves the running stage; returns the hop, for whoever takes it over to `arrive` with. */
  hop(kind: HopKind, expr: string): number {
    if (!this.on) {
      return -1;
    }
    return this.#here(HOP, hopCode(kind) | (this.#expression(expr) << 8), 0, -1);
  }

  /** The next `enter` on `strand` is where `hop` ends. */
  arrive(strand: Strand, hop: number): void {
    strand.arriving = hop;
  }

  /** `hop` ends in the innermost stage of `strand`, which goes on. */
  arriveAtTop(strand: Strand, hop: number): void {
    this.#arrive(hop, this.#topStage(strand));
  }

  /** The running context stops until it is woken. */
  block(expr: string): void {
    this.#here(BLOCK, this.#expression(expr), 0, 0);
  }

  /** `strand` runs again, because of `cause` (a hop or -1). */
  resume(strand: Strand, cause: number): void {
    this.#strand = strand;
    this.#append(RESUME, this.#topContext(strand), this.#topStage(strand), cause, 0, 0, 0);
  }

  /** A busy wait ended after `turns` turns. */
  spin(expr: string, turns: number): void {
    this.#here(SPIN, this.#expression(expr), turns, 0);
  }

  /** A field goes from `old` to `value`. */
  state(field: number, old: number, value: number): void {
    if (!this.on) {
      return;
    }
    this.#here(STATE, field, old, value);
  }

  /** Bytes of a memory change; both arrays have the same length and are copied. */
  memory(area: number, address: number, old: Uint8Array, value: Uint8Array): void {
    this.memoryAt(area, address, old, 0, value, value.length);
  }

  /** The first `count` bytes of `value` replace those at `offset` of `old`: both are copied. */
  memoryAt(area: number, address: number, old: Uint8Array, offset: number, value: Uint8Array, count: number): void {
    if (!this.on) {
      return;
    }
    const chunk = this.#roomy();
    const start = chunk.reserve(2 * count);
    const middle = start + count;
    const { heap } = chunk;
    if (count <= FEW) {
      for (let i = 0; i < count; i++) {
        heap[start + i] = old[offset + i] ?? 0;
        heap[middle + i] = value[i] ?? 0;
      }
    } else {
      heap.set(old.subarray(offset, offset + count), start);
      heap.set(value.length === count ? value : value.subarray(0, count), middle);
    }
    this.#here(MEMORY, start, area * 0x100000000 + count, address);
  }

  /** The real code misbehaves here; `code` is a hazard of the closed set. */
  hazard(code: string, args: Readonly<Record<string, string | number>>, place?: Place): void {
    this.#note(HAZARD, code, args, 0, place);
  }

  /** Where the running strand stands: a fault keeps it, because its stages are left before anybody can tell of it. */
  get place(): Place {
    return { context: this.#topContext(this.#strand), stage: this.#topStage(this.#strand) };
  }

  /** The real program writes a log line; the wording belongs to `texts`, `code` names it. */
  log(level: LogLevel, code: string, args: Readonly<Record<string, string | number>>): void {
    this.#note(LOG, code, args, LOG_LEVELS.indexOf(level));
  }

  /** Bytes leave the machine through `endpoint`. */
  output(endpoint: number, bytes: Uint8Array): void {
    if (!this.on) {
      return;
    }
    const chunk = this.#roomy();
    const start = chunk.reserve(bytes.length);
    chunk.heap.set(bytes, start);
    this.trace.written[endpoint]?.push(bytes.slice());
    this.#here(OUTPUT, start, bytes.length, endpoint);
  }

  #note(
    kind: number,
    code: string,
    args: Readonly<Record<string, string | number>>,
    level: number,
    place?: Place,
  ): void {
    if (!this.on) {
      return;
    }
    this.trace.notes.push(args);
    const [key, old] = [this.#expression(code), this.trace.notes.length - 1];
    if (place === undefined) {
      this.#here(kind, key, old, level);
    } else {
      this.#append(kind, place.context, place.stage, -1, key, old, level);
    }
  }

  #topStage(strand: Strand): number {
    return strand.depth === 0 ? NO_STAGE : (strand.stages[strand.depth - 1] ?? NO_STAGE);
  }

  #topContext(strand: Strand): number {
    return strand.depth === 0 ? 0 : (strand.contexts[strand.depth - 1] ?? 0);
  }

  /** An event of the innermost stage of the running strand. */
  #here(kind: number, key: number, old: number, value: number): number {
    const strand = this.#strand;
    const top = strand.depth - 1;
    if (top < 0) {
      return this.#append(kind, 0, NO_STAGE, -1, key, old, value);
    }
    const cause = strand.enters[top] ?? -1;
    return this.#append(kind, strand.contexts[top] ?? 0, strand.stages[top] ?? NO_STAGE, cause, key, old, value);
  }

  #expression(text: string): number {
    const known = this.#expressions.get(text);
    if (known !== undefined) {
      return known;
    }
    this.#expressions.set(text, this.trace.expressions.length);
    return this.trace.expressions.push(text) - 1;
  }

  #arrive(hop: number, stage: number): void {
    const found = this.on ? this.trace.locate(hop) : undefined;
    if (found !== undefined && (found.chunk.value[found.row] ?? 0) < 0) {
      found.chunk.value[found.row] = stage;
    }
  }

  #append(
    kind: number,
    context: number,
    stage: number,
    cause: number,
    key: number,
    old: number,
    value: number,
  ): number {
    if (!this.on) {
      return -1;
    }
    let chunk = this.#chunk;
    if (chunk.length === chunk.capacity) {
      chunk = this.#nextChunk();
    }
    const row = chunk.length++;
    chunk.kind[row] = kind;
    chunk.context[row] = context;
    chunk.stage[row] = stage;
    chunk.cause[row] = cause < 0 ? NONE : cause;
    chunk.time[row] = this.now;
    chunk.key[row] = key;
    chunk.old[row] = old;
    chunk.value[row] = value;
    return this.#length++;
  }

  /** The chunk that takes the next event: what an event keeps in a heap lies in its own chunk's. */
  #roomy(): Chunk {
    return this.#chunk.length === this.#chunk.capacity ? this.#nextChunk() : this.#chunk;
  }

  /** The chunk to go on in: the same one grown, a new one, or the oldest one again where the window is full. */
  #nextChunk(): Chunk {
    const { chunks } = this.trace;
    const full = this.#chunk;
    if (full.capacity < CHUNK_EVENTS) {
      this.#chunk = full.grown();
      chunks[chunks.length - 1] = this.#chunk;
      return this.#chunk;
    }
    const before = stateAfter(this.trace, stateBefore(this.trace, chunks.length - 1), full);
    const next =
      chunks.length * CHUNK_EVENTS < this.#window ? new Chunk(firstCapacity(chunks.length)) : this.#reuse(before);
    next.before = before;
    chunks.push(next);
    this.#chunk = next;
    return next;
  }

  #reuse(last: StateBefore): Chunk {
    const dropped = dropOldest(this.trace, this.trace.chunks[1]?.before ?? last);
    if (dropped === undefined) {
      return new Chunk(CHUNK_EVENTS);
    }
    this.#droppedOutput.join(this.trace, dropped);
    return dropped.clear();
  }
}

/** A second chunk begins small, as the first did: most traces end in it. */
const firstCapacity = (chunks: number): number => (chunks === 1 ? 4096 : CHUNK_EVENTS);

import { CHUNK_EVENTS, Chunk } from './columns.ts';
import {
  EVENT_KINDS,
  type EventKind,
  HOP_KINDS,
  type HopKind,
  LOG_LEVELS,
  type LogLevel,
  type Program,
} from './kinds.ts';
import { LiveState, type PageSource } from './live.ts';
import { stateAfter, stateBefore } from './state.ts';
import { type Context, FRAME, MAX_DEPTH, Strand } from './strand.ts';
import { type Field, Trace, type TraceStage } from './trace.ts';
import { Window } from './window.ts';

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
/** Bits of a stage's number, all set where there is none (`NO_STAGE`). */
const STAGE_BITS = 0xffff;
const TWO32 = 0x1_0000_0000;

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
  /** Position of the first event of `#chunk`. */
  #first = 0;
  readonly #window: Window;
  readonly #live = new LiveState();
  readonly #expressions = new Map<string, number>([['', 0]]);
  #strands = 0;

  constructor(stages: readonly TraceStage[], window = DEFAULT_WINDOW) {
    this.trace.stages.push(...stages);
    this.trace.chunks.push(this.#chunk);
    this.#window = new Window(this.trace, window);
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
    this.#live.addField(field.initial);
    return this.trace.fields.length - 1;
  }

  /** A new traced memory, and who tells its pages; returns its number. */
  memoryArea(program: Program, name: string, pages?: PageSource): number {
    this.trace.memories.push({ program, name });
    this.#live.addArea(pages);
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
    this.trace.runStart = this.length;
  }

  /** Position of the next event. */
  get length(): number {
    return this.#first + this.#chunk.length;
  }

  /** A stage is entered on `context`, by a plain call unless `callVia` or an arriving hop says otherwise. */
  enter(strand: Strand, context: number, stage: number): void {
    this.#strand = strand;
    const { depth, frames } = strand;
    if (depth >= MAX_DEPTH) {
      throw new RangeError(`more than ${MAX_DEPTH} nested stages on ${strand.name}`);
    }
    const caller = FRAME.words * depth;
    const frame = caller + FRAME.words;
    frames[frame] = stage;
    frames[frame + FRAME.context] = context;
    if (this.on) {
      const plain = strand.arriving < 0 && strand.nextHop < 0;
      const cause = plain ? (frames[caller + FRAME.enter] ?? -1) : this.#hopTo(strand, stage);
      frames[frame + FRAME.enter] = this.#append(ENTER, context, stage, cause, depth, 0, frames[caller] ?? -1);
    } else {
      frames[frame + FRAME.enter] = -1;
      strand.arriving = -1;
    }
    strand.depth = depth + 1;
  }

  /** The hop by which control comes to `stage`: the one that arrives, or one of the kind that the caller announced. */
  #hopTo(strand: Strand, stage: number): number {
    const arriving = strand.arriving;
    if (arriving >= 0) {
      strand.arriving = -1;
      this.#arrive(arriving, stage);
      return arriving;
    }
    const kind = strand.nextHop;
    strand.nextHop = -1;
    return this.#here(HOP, kind | (strand.nextExpr << 8), 0, stage);
  }

  /** The innermost stage of `strand` is left. */
  exit(strand: Strand): void {
    this.#strand = strand;
    const depth = strand.depth - 1;
    if (depth < 0) {
      throw new RangeError(`exit without enter on ${strand.name}`);
    }
    if (this.on) {
      this.#here(EXIT, depth, 0, 0);
    }
    strand.depth = depth;
    strand.nextHop = -1;
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
    this.#arrive(hop, topOf(strand, FRAME.stage) & STAGE_BITS);
  }

  /** The running context stops until it is woken. */
  block(expr: string): void {
    this.#here(BLOCK, this.#expression(expr), 0, 0);
  }

  /** `strand` runs again, because of `cause` (a hop or -1). */
  resume(strand: Strand, cause: number): void {
    this.#strand = strand;
    const stage = topOf(strand, FRAME.stage) & STAGE_BITS;
    this.#append(RESUME, topOf(strand, FRAME.context), stage, cause, 0, 0, 0);
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
    this.#live.values[field] = value;
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
    this.#here(MEMORY, start, area * TWO32 + count, address);
  }

  /** The real code misbehaves here; `code` is a hazard of the closed set. */
  hazard(code: string, args: Readonly<Record<string, string | number>>, place?: Place): void {
    this.#note(HAZARD, code, args, 0, place);
  }

  /** Where the running strand stands: a fault keeps it, because its stages are left before anybody can tell of it. */
  get place(): Place {
    const strand = this.#strand;
    return { context: topOf(strand, FRAME.context), stage: topOf(strand, FRAME.stage) & STAGE_BITS };
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
    chunk.outputs.push(endpoint);
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

  /** An event of the innermost stage of the running strand. */
  #here(kind: number, key: number, old: number, value: number): number {
    const { frames, depth } = this.#strand;
    const top = FRAME.words * depth;
    const stage = frames[top] ?? -1;
    return this.#append(
      kind,
      frames[top + FRAME.context] ?? 0,
      stage,
      frames[top + FRAME.enter] ?? -1,
      key,
      old,
      value,
    );
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

  /** Adds an event and returns its position; `stage` and `cause` -1 stand for none. */
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
    const chunk = this.#roomy();
    const row = chunk.length;
    const { capacity, doubles, words, octets } = chunk;
    chunk.length = row + 1;
    octets[row] = kind;
    octets[row + capacity] = context;
    chunk.stage[row] = stage;
    words[row] = cause;
    words[row + capacity] = key;
    doubles[row] = this.now;
    doubles[row + capacity] = old;
    doubles[row + 2 * capacity] = value;
    return this.#first + row;
  }

  /** The chunk that takes the next event: what an event keeps in a heap lies in its own chunk's. */
  #roomy(): Chunk {
    return this.#chunk.length === this.#chunk.capacity ? this.#nextChunk() : this.#chunk;
  }

  /** The chunk to go on in: the same one grown, or the window's next. */
  #nextChunk(): Chunk {
    const { chunks } = this.trace;
    const full = this.#chunk;
    if (full.capacity < CHUNK_EVENTS) {
      this.#chunk = full.grown();
      chunks[chunks.length - 1] = this.#chunk;
    } else {
      const before = this.#live.copy() ?? stateAfter(this.trace, stateBefore(this.trace, chunks.length - 1), full);
      this.#first += full.length;
      this.#chunk = this.#window.next(before);
    }
    return this.#chunk;
  }
}

/** A word of the innermost frame, or of what lies below all frames. */
const topOf = (strand: Strand, word: number): number => strand.frames[FRAME.words * strand.depth + word] ?? 0;

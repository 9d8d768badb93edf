import { NO_STAGE } from '../trace/columns.ts';
import type { HopKind } from '../trace/kinds.ts';

/** "None" in the columns of a step table. */
export const NO_STEP = 0xffffffff;

/** One way from stage to stage, once for all steps that take it. Stages are indices into `Trace.stages`. */
export interface StepHop {
  readonly kind: HopKind;
  readonly from: number;
  /** `NO_STAGE` where it never arrived. */
  readonly to: number;
  /** Stage whose code makes the call, where that is not `from`; else -1. */
  readonly caller: number;
  /** The called expression as written in C, `''` for plain calls. */
  readonly expr: string;
}

/** Kinds of steps, by code; the same order as the protocol's. */
export const ENTER = 0;
/** Control leaves by a boundary. */
export const LEAVE = 1;
/** A stage goes on after a boundary. */
export const RESUME = 2;

/** Where a step is added: everything but its hop. */
export interface StepPlace {
  readonly kind: number;
  readonly seq: number;
  readonly context: number;
  readonly stage: number;
  readonly depth: number;
  /** Step at which control left for this one; `NO_STEP`. */
  readonly origin: number;
}

/**
 * The steps of a trace by column: 21 bytes each. A step is what a user steps over: a stage is entered, control leaves by a
 * boundary, or a stage goes on after one.
 */
export class StepTable {
  kind = new Uint8Array(1024);
  context = new Uint8Array(1024);
  stage = new Uint16Array(1024);
  depth = new Uint8Array(1024);
  seq = new Uint32Array(1024);
  /** Index into `hops`; `NO_STEP`. */
  hop = new Uint32Array(1024);
  origin = new Uint32Array(1024);
  length = 0;
  readonly hops: StepHop[] = [];
  /** Numbers of the hops between two stages: few, so that they are compared one by one. */
  readonly #known = new Map<number, number[]>();

  /** Adds a step and returns its number. `hop` is a number in `hops`; `NO_STEP`. */
  add(place: StepPlace, hop: number): number {
    if (this.length === this.kind.length) {
      this.#grow();
    }
    const row = this.length++;
    this.kind[row] = place.kind;
    this.context[row] = place.context;
    this.stage[row] = place.stage;
    this.depth[row] = Math.min(place.depth, 0xff);
    this.seq[row] = place.seq;
    this.origin[row] = place.origin;
    this.hop[row] = hop;
    return row;
  }

  /** Number of a hop in `hops`: the same for every step that takes it. */
  hopNumber(kind: HopKind, from: number, to: number, caller: number, expr: string): number {
    const ends = from * 0x10000 + to;
    const known = this.#known.get(ends);
    const found = known?.find((id) => isHop(this.hops[id], kind, caller, expr));
    if (found !== undefined) {
      return found;
    }
    const id = this.hops.push({ kind, from, to, caller, expr }) - 1;
    if (known === undefined) {
      this.#known.set(ends, [id]);
    } else {
      known.push(id);
    }
    return id;
  }

  /** The hop of a step: the one that leads here, or away where the step leaves. */
  hopOf(step: number): StepHop | undefined {
    return this.hops[this.hop[step] ?? NO_STEP];
  }

  /** First step whose event is at or after `seq`. */
  firstAt(seq: number): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.seq[middle] ?? 0) < seq) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  #grow(): void {
    const size = this.kind.length * 2;
    this.kind = larger(this.kind, new Uint8Array(size));
    this.context = larger(this.context, new Uint8Array(size));
    this.stage = larger(this.stage, new Uint16Array(size));
    this.depth = larger(this.depth, new Uint8Array(size));
    this.seq = larger(this.seq, new Uint32Array(size));
    this.hop = larger(this.hop, new Uint32Array(size));
    this.origin = larger(this.origin, new Uint32Array(size));
  }
}

const isHop = (hop: StepHop | undefined, kind: HopKind, caller: number, expr: string): boolean =>
  hop?.kind === kind && hop.caller === caller && hop.expr === expr;

function larger<T extends Uint8Array | Uint16Array | Uint32Array>(old: T, next: T): T {
  next.set(old);
  return next;
}

/** Stage at the other end of a step's hop: where it comes from (enter, resume) or goes to (leave). */
export function otherEnd(kind: number, hop: StepHop | undefined): number {
  if (hop === undefined) {
    return NO_STAGE;
  }
  return kind === LEAVE ? hop.to : hop.from;
}

import { type Chunk, NO_STAGE, NONE } from '../trace/columns.ts';
import { BOUNDARY_KINDS, EVENT_KINDS, HOP_KINDS, type HopKind } from '../trace/kinds.ts';
import type { Trace } from '../trace/trace.ts';
import { ENTER, LEAVE, NO_STEP, RESUME, StepTable } from './step-table.ts';

const [ENTERS, EXITS, HOPS, RESUMES] = (['enter', 'exit', 'hop', 'resume'] as const).map((kind) =>
  EVENT_KINDS.indexOf(kind),
);

/** A call into another program that comes back to its caller: its end is a step of the caller. */
const CALLS_ACROSS: ReadonlySet<HopKind> = new Set(['syscall', 'ioctl', 'hypercall']);

/** A stage that is entered and not yet left. */
interface Frame {
  readonly seq: number;
  readonly stage: number;
  readonly context: number;
  readonly depth: number;
  /** Hop event that led here by a call across programs, -1 for every other way. */
  readonly acrossHop: number;
}

/** What is known of one context while the trace is read. */
interface Reading {
  readonly open: Frame[];
  /** Stage entered last that has returned since, -1 where none has: the next call is a `return_then_call` from it. */
  returned: number;
}

/** Where and when an event stands. */
interface Here {
  readonly seq: number;
  readonly context: number;
  readonly stage: number;
}

/** A hop event, as far as steps need it. */
interface HopEvent extends Here {
  readonly kind: HopKind;
  /** Stage that it arrived in; `NO_STAGE`. */
  readonly to: number;
  readonly expr: string;
}

/** Reads a trace into its steps, in one pass over the kept events. */
export function stepsOf(trace: Trace): StepTable {
  const reader = new StepReader(trace);
  let first = trace.dropped;
  for (const chunk of trace.chunks) {
    for (let row = 0; row < chunk.length; row++) {
      reader.read(chunk, row, first + row);
    }
    first += chunk.length;
  }
  return reader.table;
}

/** It reads columns, not unpacked events: of 1,000,000 events every one counts. */
class StepReader {
  readonly table = new StepTable();
  readonly #trace: Trace;
  readonly #readings: (Reading | undefined)[] = [];
  /** Step at which a hop left, by the hop's event. */
  readonly #left = new Map<number, number>();

  constructor(trace: Trace) {
    this.#trace = trace;
  }

  read(chunk: Chunk, row: number, seq: number): void {
    switch (chunk.kind[row]) {
      case ENTERS:
        this.#enter(chunk, row, hereOf(chunk, row, seq));
        break;
      case EXITS:
        this.#exit(hereOf(chunk, row, seq));
        break;
      case HOPS:
        this.#hop(this.#hopAt(chunk, row, seq));
        break;
      case RESUMES:
        this.#resume(chunk, row, hereOf(chunk, row, seq));
        break;
      default:
        break;
    }
  }

  #enter(chunk: Chunk, row: number, here: Here): void {
    const reading = this.#reading(here.context);
    const depth = chunk.key[row] ?? 0;
    const cause = this.#causeOf(chunk, row);
    const hop = cause === undefined ? this.#plainCall(reading, chunk, row, here) : this.#hopNumber(cause);
    this.#add(ENTER, here, depth, cause, hop);
    const across = cause !== undefined && CALLS_ACROSS.has(cause.kind);
    const { seq, context, stage } = here;
    reading.open.push({ seq, stage, context, depth, acrossHop: across ? cause.seq : -1 });
    reading.returned = -1;
  }

  /** A call without a hop event: from the caller, or from the callee that returned to it before. */
  #plainCall(reading: Reading, chunk: Chunk, row: number, { stage }: Here): number {
    const caller = reading.open.at(-1);
    if (caller === undefined || caller.seq !== chunk.cause[row]) {
      return NO_STEP;
    }
    return reading.returned >= 0
      ? this.table.hopNumber('return_then_call', reading.returned, stage, caller.stage, '')
      : this.table.hopNumber('direct_call', caller.stage, stage, -1, '');
  }

  #exit(here: Here): void {
    const reading = this.#reading(here.context);
    const frame = reading.open.pop();
    if (reading.returned < 0) {
      reading.returned = here.stage;
    }
    const across = frame === undefined || frame.acrossHop < 0 ? undefined : this.#hopEvent(frame.acrossHop);
    if (across !== undefined && across.stage !== NO_STAGE) {
      const caller = { seq: here.seq, context: across.context, stage: across.stage };
      const back = this.table.hopNumber('return', here.stage, across.stage, -1, '');
      this.#add(RESUME, caller, this.#depthOf(across), across, back);
    }
  }

  #hop(event: HopEvent): void {
    if (event.stage === NO_STAGE) {
      return;
    }
    this.#reading(event.context).returned = -1;
    if (BOUNDARY_KINDS.has(event.kind)) {
      this.#left.set(event.seq, this.#add(LEAVE, event, this.#depthOf(event), undefined, this.#hopNumber(event)));
    }
  }

  #resume(chunk: Chunk, row: number, here: Here): void {
    if (here.stage === NO_STAGE) {
      return;
    }
    const cause = this.#causeOf(chunk, row);
    this.#add(RESUME, here, this.#depthOf(here), cause, cause === undefined ? NO_STEP : this.#hopNumber(cause));
  }

  #add(kind: number, at: Here, depth: number, cause: HopEvent | undefined, hop: number): number {
    const origin = cause === undefined ? NO_STEP : (this.#left.get(cause.seq) ?? NO_STEP);
    return this.table.add({ kind, seq: at.seq, context: at.context, stage: at.stage, depth, origin }, hop);
  }

  #causeOf(chunk: Chunk, row: number): HopEvent | undefined {
    const cause = chunk.cause[row] ?? NONE;
    return cause === NONE ? undefined : this.#hopEvent(cause);
  }

  #hopEvent(seq: number): HopEvent | undefined {
    const found = this.#trace.locate(seq);
    return found === undefined || found.chunk.kind[found.row] !== HOPS
      ? undefined
      : this.#hopAt(found.chunk, found.row, seq);
  }

  #hopAt(chunk: Chunk, row: number, seq: number): HopEvent {
    const key = chunk.key[row] ?? 0;
    const to = chunk.value[row] ?? -1;
    return {
      seq,
      context: chunk.context[row] ?? 0,
      stage: chunk.stage[row] ?? NO_STAGE,
      kind: HOP_KINDS[key & 0xff] ?? 'direct_call',
      to: to < 0 ? NO_STAGE : to,
      expr: this.#trace.expressions[key >>> 8] ?? '',
    };
  }

  #hopNumber({ kind, stage, to, expr }: HopEvent): number {
    return this.table.hopNumber(kind, stage, to, -1, expr);
  }

  /** Call depth of the innermost open frame of an event's stage. */
  #depthOf({ context, stage }: Here): number {
    const { open } = this.#reading(context);
    return open.findLast((frame) => frame.stage === stage)?.depth ?? 0;
  }

  #reading(context: number): Reading {
    let reading = this.#readings[context];
    if (reading === undefined) {
      reading = { open: [], returned: -1 };
      this.#readings[context] = reading;
    }
    return reading;
  }
}

const hereOf = (chunk: Chunk, row: number, seq: number): Here => ({
  seq,
  context: chunk.context[row] ?? 0,
  stage: chunk.stage[row] ?? NO_STAGE,
});

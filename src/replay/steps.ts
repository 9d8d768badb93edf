import { NO_STAGE } from '../trace/columns.ts';
import { expressionOf, hopKindOf } from '../trace/hops.ts';
import { BOUNDARY_KINDS, type HopKind } from '../trace/kinds.ts';
import type { Trace, TraceEvent } from '../trace/trace.ts';
import { ENTER, LEAVE, NO_STEP, RESUME, type StepHop, StepTable } from './step-table.ts';

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

/** Reads a trace into its steps, in one pass over the kept events. */
export function stepsOf(trace: Trace): StepTable {
  const reader = new StepReader(trace);
  for (const event of trace.events()) {
    reader.read(event);
  }
  return reader.table;
}

class StepReader {
  readonly table = new StepTable();
  readonly #trace: Trace;
  readonly #readings = new Map<number, Reading>();
  /** Step at which a hop left, by the hop's event. */
  readonly #left = new Map<number, number>();

  constructor(trace: Trace) {
    this.#trace = trace;
  }

  read(event: TraceEvent): void {
    switch (event.kind) {
      case 'enter':
        this.#enter(event);
        break;
      case 'exit':
        this.#exit(event);
        break;
      case 'hop':
        this.#hop(event);
        break;
      case 'resume':
        this.#resume(event);
        break;
      default:
        break;
    }
  }

  #enter(event: TraceEvent): void {
    const reading = this.#reading(event.context);
    const cause = this.#hopEvent(event.cause);
    const hop = cause === undefined ? plainCall(reading, event) : this.#hopOf(cause);
    this.#add(ENTER, event, event.key, cause, hop);
    const across = cause !== undefined && CALLS_ACROSS.has(hopKindOf(cause));
    reading.open.push({
      seq: event.seq,
      stage: event.stage,
      context: event.context,
      depth: event.key,
      acrossHop: across ? cause.seq : -1,
    });
    reading.returned = -1;
  }

  #exit(event: TraceEvent): void {
    const reading = this.#reading(event.context);
    const frame = reading.open.pop();
    if (reading.returned < 0) {
      reading.returned = event.stage;
    }
    const across = frame === undefined ? undefined : this.#hopEvent(frame.acrossHop);
    if (across !== undefined && across.stage !== NO_STAGE) {
      const caller = { seq: event.seq, context: across.context, stage: across.stage };
      const back: StepHop = { kind: 'return', from: event.stage, to: across.stage, caller: -1, expr: '' };
      this.#add(RESUME, caller, this.#depthOf(across), across, back);
    }
  }

  #hop(event: TraceEvent): void {
    if (event.stage === NO_STAGE) {
      return;
    }
    this.#reading(event.context).returned = -1;
    if (BOUNDARY_KINDS.has(hopKindOf(event))) {
      this.#left.set(event.seq, this.#add(LEAVE, event, this.#depthOf(event), undefined, this.#hopOf(event)));
    }
  }

  #resume(event: TraceEvent): void {
    if (event.stage === NO_STAGE) {
      return;
    }
    const cause = this.#hopEvent(event.cause);
    this.#add(RESUME, event, this.#depthOf(event), cause, cause === undefined ? undefined : this.#hopOf(cause));
  }

  #add(
    kind: number,
    at: Pick<TraceEvent, 'context' | 'stage'> & { readonly seq: number },
    depth: number,
    cause: TraceEvent | undefined,
    hop: StepHop | undefined,
  ): number {
    const origin = cause === undefined ? NO_STEP : (this.#left.get(cause.seq) ?? NO_STEP);
    return this.table.add({ kind, seq: at.seq, context: at.context, stage: at.stage, depth, origin }, hop);
  }

  #hopEvent(at: number): TraceEvent | undefined {
    const event = at < 0 ? undefined : this.#trace.event(at);
    return event?.kind === 'hop' ? event : undefined;
  }

  #hopOf(event: TraceEvent): StepHop {
    const to = event.value < 0 ? NO_STAGE : event.value;
    return { kind: hopKindOf(event), from: event.stage, to, caller: -1, expr: expressionOf(this.#trace, event) };
  }

  /** Call depth of the innermost open frame of an event's stage. */
  #depthOf(event: Pick<TraceEvent, 'context' | 'stage'>): number {
    const open = this.#reading(event.context).open;
    return open.findLast((frame) => frame.stage === event.stage)?.depth ?? 0;
  }

  #reading(context: number): Reading {
    let reading = this.#readings.get(context);
    if (reading === undefined) {
      reading = { open: [], returned: -1 };
      this.#readings.set(context, reading);
    }
    return reading;
  }
}

/** A call without a hop event: from the caller, or from the callee that returned to it before. */
function plainCall(reading: Reading, event: TraceEvent): StepHop | undefined {
  const caller = reading.open.at(-1);
  if (caller === undefined || caller.seq !== event.cause) {
    return undefined;
  }
  if (reading.returned >= 0) {
    const from = reading.returned;
    return { kind: 'return_then_call', from, to: event.stage, caller: caller.stage, expr: '' };
  }
  return { kind: 'direct_call', from: caller.stage, to: event.stage, caller: -1, expr: '' };
}

import { type Chunk, NO_STAGE } from '../../trace/columns.ts';
import { expressionOf, hopKindOf } from '../../trace/hops.ts';
import { EVENT_KINDS, type HopKind } from '../../trace/kinds.ts';
import type { Trace, TraceEvent } from '../../trace/trace.ts';

/** A call into another program that comes back to its caller: what was waited for inside goes on in the caller. */
const CALLS_ACROSS: ReadonlySet<HopKind> = new Set(['syscall', 'ioctl', 'hypercall']);

const ENTER = EVENT_KINDS.indexOf('enter');
const EXIT = EVENT_KINDS.indexOf('exit');

/** A moment at which control came to a stage: entered, woken, or gone on after a call in which it had waited. */
export interface Arrival {
  /** Index into `Trace.stages`. */
  readonly stage: number;
  readonly context: number;
  /** How it came here; `direct_call` for a plain call, also for a stage that nothing led to. */
  readonly kind: HopKind;
  /** The called expression as written in C, `''` for plain calls. */
  readonly expr: string;
  /** Where it came from, index into the same list; -1 where nothing led here. */
  readonly from: number;
}

/** A stage as it first appears: entered, or going on after it had waited. */
export interface Appearance {
  readonly stage: number;
  readonly arrival: number;
  /** How often it is entered. */
  entries: number;
}

/** A stage that is entered and not yet left. */
interface Frame {
  readonly stage: number;
  readonly context: number;
  caller: Frame | undefined;
  /** How control came here last; -1 where that was before the part that is read. */
  arrival: number;
  /** It goes on because of another context. */
  waited: boolean;
}

/** What brought control to every stage in a part of a trace: from any stage back to the guest's write, across every boundary. */
export class Causes {
  readonly arrivals: Arrival[] = [];
  /** The stages in the order in which they first appear. */
  readonly appearances = new Map<number, Appearance>();
  /** Arrival of the stage out of which the first bytes left; -1 where none did. */
  output = -1;
  readonly #trace: Trace;
  readonly #open = new Map<number, Frame[]>();
  readonly #left = new Map<number, { readonly frame: Frame | undefined; readonly arrival: number }>();

  /** Reads events [from, to). */
  constructor(trace: Trace, from: number, to: number) {
    this.#trace = trace;
    this.#begin(from);
    for (const event of trace.events(from, to)) {
      this.#read(event);
    }
  }

  /** The frames that are open when the part begins. */
  #begin(from: number): void {
    const open = openBefore(this.#trace, from).flatMap((seq) => this.#trace.event(seq) ?? []);
    for (const event of open) {
      const hop = this.#hopBefore(event);
      const across = hop !== undefined && CALLS_ACROSS.has(hopKindOf(hop)) ? this.#frameOf(hop) : undefined;
      this.#push(event, across ?? this.#frames(event.context).at(-1), -1, false);
    }
  }

  #read(event: TraceEvent): void {
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
      case 'output':
        this.output = this.output >= 0 ? this.output : (this.#frames(event.context).at(-1)?.arrival ?? -1);
        break;
      default:
        break;
    }
  }

  #enter(event: TraceEvent): void {
    const below = this.#frames(event.context).at(-1);
    const hop = this.#hopBefore(event);
    const left = hop && this.#left.get(hop.seq);
    const kind = hop === undefined ? undefined : hopKindOf(hop);
    const arrival = this.#add(event, hop, hop === undefined ? this.#goingOn(below) : (left?.arrival ?? -1));
    // the exit handler's label returns into the vCPU's loop, which goes on because of the exit
    this.#push(event, kind && CALLS_ACROSS.has(kind) ? left?.frame : below, arrival, kind === 'vm_exit');
    const seen = this.#appear(event.stage, arrival);
    seen.entries++;
  }

  #exit(event: TraceEvent): void {
    const frame = this.#frames(event.context).pop();
    const caller = frame?.caller;
    if (frame?.waited === true && caller !== undefined) {
      const { stage, context } = caller;
      caller.arrival = this.arrivals.push({ stage, context, kind: 'return', expr: '', from: frame.arrival }) - 1;
      caller.waited = true;
    }
  }

  #hop(event: TraceEvent): void {
    const frame = event.stage === NO_STAGE ? undefined : this.#frameOf(event);
    const arrival = this.#goingOn(frame);
    this.#left.set(event.seq, { frame, arrival });
  }

  #resume(event: TraceEvent): void {
    const frame = this.#frameOf(event);
    const hop = this.#hopBefore(event);
    const left = hop && this.#left.get(hop.seq);
    if (frame !== undefined && left !== undefined) {
      frame.arrival = this.#add(event, hop, left.arrival);
      frame.waited = true;
      this.#appear(event.stage, frame.arrival);
    }
  }

  /** The arrival of a frame that now leads on; one that was there before the part begins appears with it. */
  #goingOn(frame: Frame | undefined): number {
    if (frame === undefined) {
      return -1;
    }
    if (frame.arrival < 0) {
      const { stage, context } = frame;
      frame.arrival = this.arrivals.push({ stage, context, kind: 'direct_call', expr: '', from: -1 }) - 1;
    }
    this.#appear(frame.stage, frame.arrival);
    return frame.arrival;
  }

  #appear(stage: number, arrival: number): Appearance {
    const seen = this.appearances.get(stage) ?? { stage, arrival, entries: 0 };
    this.appearances.set(stage, seen);
    return seen;
  }

  #add(event: TraceEvent, hop: TraceEvent | undefined, from: number): number {
    const kind = hop === undefined ? 'direct_call' : hopKindOf(hop);
    const expr = hop === undefined ? '' : expressionOf(this.#trace, hop);
    return this.arrivals.push({ stage: event.stage, context: event.context, kind, expr, from }) - 1;
  }

  #push(event: TraceEvent, caller: Frame | undefined, arrival: number, waited: boolean): void {
    const { stage, context } = event;
    this.#frames(context).push({ stage, context, caller, arrival, waited });
  }

  #hopBefore(event: TraceEvent): TraceEvent | undefined {
    const cause = event.cause < 0 ? undefined : this.#trace.event(event.cause);
    return cause?.kind === 'hop' ? cause : undefined;
  }

  #frameOf({ context, stage }: TraceEvent): Frame | undefined {
    return this.#frames(context).findLast((one) => one.stage === stage);
  }

  #frames(context: number): Frame[] {
    const open = this.#open.get(context) ?? [];
    this.#open.set(context, open);
    return open;
  }
}

/** Entries of the stages that are open just before an event, in order. */
function openBefore(trace: Trace, end: number): readonly number[] {
  const open = new Map<number, number[]>();
  let first = trace.dropped;
  for (const chunk of trace.chunks) {
    const rows = Math.min(chunk.length, Math.max(0, end - first));
    openIn(chunk, rows, first, open);
    first += chunk.length;
  }
  return [...open.values()].flat().toSorted((a, b) => a - b);
}

function openIn(chunk: Chunk, rows: number, first: number, open: Map<number, number[]>): void {
  for (let row = 0; row < rows; row++) {
    const kind = chunk.kind[row];
    const context = chunk.context[row] ?? 0;
    if (kind === ENTER) {
      const stack = open.get(context) ?? [];
      stack.push(first + row);
      open.set(context, stack);
    } else if (kind === EXIT) {
      open.get(context)?.pop();
    }
  }
}

import type { Seq } from '../base/brand.ts';
import { NO_STAGE } from './columns.ts';
import { HOP_KINDS, type HopKind } from './kinds.ts';
import type { Trace, TraceEvent } from './trace.ts';

/** One way that control took from a stage to the next. Stages are indices into `Trace.stages`. */
export interface Hop {
  readonly seq: Seq;
  readonly from: number;
  readonly to: number;
  readonly kind: HopKind;
  /** Stage whose code makes the call, where that is not `from` (return_then_call); else -1. */
  readonly caller: number;
  /** The called expression as written in C, `''` for plain calls. */
  readonly expr: string;
}

/** The open frames of one context while the trace is read. */
interface Reading {
  readonly open: TraceEvent[];
  /** The stage entered last, where it has returned since and its caller goes on; -1 while it is still the innermost. */
  returned: number;
}

/**
 * All hops of a trace in the order in which control took them. Hop events give the boundaries and the pointer calls; plain
 * calls follow from the nesting of `enter` and `exit`: a call out of a frame in which another call returned before is a
 * `return_then_call` from the stage entered last, made by the caller.
 */
export function* hopsOf(trace: Trace, from = trace.dropped, to = trace.length): IterableIterator<Hop> {
  const readings = new Map<number, Reading>();
  for (const event of trace.events(from, to)) {
    switch (event.kind) {
      case 'enter':
        yield* entered(trace, readings, event);
        break;
      case 'exit':
        left(readings, event);
        break;
      case 'hop':
        yield* hopped(trace, readings, event);
        break;
      default:
        break;
    }
  }
}

/** A hop event's kind. */
export const hopKindOf = (event: TraceEvent): HopKind => HOP_KINDS[event.key & 0xff] ?? 'direct_call';

/** The expression or code that an event names. */
export const expressionOf = (trace: Trace, event: TraceEvent): string =>
  trace.expressions[event.kind === 'hop' ? event.key >>> 8 : event.key] ?? '';

function readingOf(readings: Map<number, Reading>, context: number): Reading {
  let reading = readings.get(context);
  if (reading === undefined) {
    reading = { open: [], returned: -1 };
    readings.set(context, reading);
  }
  return reading;
}

function* entered(trace: Trace, readings: Map<number, Reading>, event: TraceEvent): IterableIterator<Hop> {
  const reading = readingOf(readings, event.context);
  const caller = reading.open.at(-1);
  const cause = event.cause < 0 ? undefined : trace.event(event.cause);
  if (cause?.kind !== 'hop' && caller !== undefined && caller.seq === event.cause) {
    if (reading.returned >= 0) {
      yield {
        seq: event.seq,
        from: reading.returned,
        to: event.stage,
        kind: 'return_then_call',
        caller: caller.stage,
        expr: '',
      };
    } else {
      yield { seq: event.seq, from: caller.stage, to: event.stage, kind: 'direct_call', caller: -1, expr: '' };
    }
  }
  reading.open.push(event);
  reading.returned = -1;
}

function left(readings: Map<number, Reading>, event: TraceEvent): void {
  const reading = readingOf(readings, event.context);
  reading.open.pop();
  if (reading.returned < 0) {
    reading.returned = event.stage;
  }
}

function* hopped(trace: Trace, readings: Map<number, Reading>, event: TraceEvent): IterableIterator<Hop> {
  const reading = readingOf(readings, event.context);
  const kind = hopKindOf(event);
  const expr = expressionOf(trace, event);
  if (reading.returned >= 0 && event.stage !== NO_STAGE) {
    yield {
      seq: event.seq,
      from: reading.returned,
      to: event.stage,
      kind: 'return_then_call',
      caller: event.stage,
      expr,
    };
    reading.returned = -1;
  }
  if (event.value >= 0 && event.stage !== NO_STAGE) {
    yield { seq: event.seq, from: event.stage, to: event.value, kind, caller: -1, expr };
  }
}

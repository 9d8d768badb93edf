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

/**
 * All hops of a trace in the order in which control took them, those of events [from, to). Hop events give the boundaries
 * and the pointer calls; plain calls follow from the nesting of `enter` and `exit`: a call out of a frame in which another
 * call returned before is a `return_then_call` from the stage entered last, made by the caller.
 */
export function* hopsOf(trace: Trace, from = trace.dropped, to = trace.length): IterableIterator<Hop> {
  const returned = new Map<number, number>();
  for (const event of trace.events(trace.dropped, to)) {
    const hops = hopsAt(trace, returned, event);
    if (event.seq >= from) {
      yield* hops;
    }
  }
}

/** A hop event's kind. */
export const hopKindOf = (event: TraceEvent): HopKind => HOP_KINDS[event.key & 0xff] ?? 'direct_call';

/** The expression or code that an event names. */
export const expressionOf = (trace: Trace, event: TraceEvent): string =>
  trace.expressions[event.kind === 'hop' ? event.key >>> 8 : event.key] ?? '';

/** `returned`: by context, the stage entered last there where it has returned since and its caller goes on. */
function hopsAt(trace: Trace, returned: Map<number, number>, event: TraceEvent): Hop[] {
  const before = returned.get(event.context) ?? -1;
  switch (event.kind) {
    case 'enter':
      returned.delete(event.context);
      return isPlainCall(trace, event) ? [plainCall(event, before)] : [];
    case 'exit':
      if (before < 0) {
        returned.set(event.context, event.stage);
      }
      return [];
    case 'hop':
      returned.delete(event.context);
      return event.stage === NO_STAGE ? [] : boundary(trace, event, before);
    default:
      return [];
  }
}

function isPlainCall(trace: Trace, event: TraceEvent): boolean {
  const cause = event.cause < 0 ? undefined : trace.event(event.cause);
  return event.value >= 0 && cause?.kind !== 'hop' && (cause === undefined || cause.context === event.context);
}

function plainCall(event: TraceEvent, before: number): Hop {
  const caller = event.value;
  return before >= 0
    ? { seq: event.seq, from: before, to: event.stage, kind: 'return_then_call', caller, expr: '' }
    : { seq: event.seq, from: caller, to: event.stage, kind: 'direct_call', caller: -1, expr: '' };
}

function boundary(trace: Trace, event: TraceEvent, before: number): Hop[] {
  const kind = hopKindOf(event);
  const expr = expressionOf(trace, event);
  const hops: Hop[] = [];
  if (before >= 0) {
    hops.push({ seq: event.seq, from: before, to: event.stage, kind: 'return_then_call', caller: event.stage, expr });
  }
  if (event.value >= 0) {
    hops.push({ seq: event.seq, from: event.stage, to: event.value, kind, caller: -1, expr });
  }
  return hops;
}

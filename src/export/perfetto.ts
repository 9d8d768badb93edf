import { NO_STAGE } from '../trace/columns.ts';
import { expressionOf, hopKindOf } from '../trace/hops.ts';
import { PROGRAMS } from '../trace/kinds.ts';
import type { Trace, TraceEvent } from '../trace/trace.ts';

/**
 * A run in the Trace Event Format (JSON) that Perfetto and chrome://tracing open: a process per program, a thread per
 * context, a slice per stage, an arrow per boundary hop. Times are microseconds of virtual time.
 */
export function* runAsPerfetto(trace: Trace): IterableIterator<string> {
  yield '{"displayTimeUnit":"ns","traceEvents":[\n';
  yield names(trace)
    .map((name) => JSON.stringify(name))
    .join(',\n');
  const arrows = new Map<number, TraceEvent>();
  for (const event of trace.events()) {
    for (const row of rowsOf(trace, event, arrows)) {
      yield `,\n${JSON.stringify(row)}`;
    }
  }
  yield '\n]}\n';
}

type Row = Readonly<Record<string, unknown>>;

function names(trace: Trace): Row[] {
  const processes = PROGRAMS.map((name, pid) => ({
    ph: 'M',
    name: 'process_name',
    pid: pid + 1,
    tid: 0,
    args: { name },
  }));
  const threads = trace.contexts.map((context) => ({
    ph: 'M',
    name: 'thread_name',
    ...threadOf(trace, context.id),
    args: { name: context.name },
  }));
  return [...processes, ...threads];
}

function rowsOf(trace: Trace, event: TraceEvent, arrows: Map<number, TraceEvent>): Row[] {
  switch (event.kind) {
    case 'enter':
      return [slice(trace, event, 'B'), ...arrowTo(trace, event, arrows)];
    case 'exit':
      return [slice(trace, event, 'E')];
    case 'resume':
      return arrowTo(trace, event, arrows);
    case 'hop':
      arrows.set(event.seq, event);
      return [];
    case 'hazard':
    case 'log':
      return [{ ph: 'i', s: 't', name: expressionOf(trace, event), cat: event.kind, ...at(trace, event) }];
    default:
      return [];
  }
}

function slice(trace: Trace, event: TraceEvent, ph: 'B' | 'E'): Row {
  const stage = event.stage === NO_STAGE ? undefined : trace.stages[event.stage];
  return { ph, name: stage?.function ?? '', cat: event.phase, args: { stage: stage?.id ?? '' }, ...at(trace, event) };
}

/** An arrow only where control came from another context: calls inside one are seen from the nesting. */
function arrowTo(trace: Trace, event: TraceEvent, arrows: Map<number, TraceEvent>): Row[] {
  const hop = arrows.get(event.cause);
  if (hop === undefined || hop.context === event.context) {
    return [];
  }
  const shared = { name: hopKindOf(hop), cat: 'hop', id: hop.seq };
  return [
    { ph: 's', ...shared, ...at(trace, hop) },
    { ph: 'f', bp: 'e', ...shared, ...at(trace, event) },
  ];
}

const at = (trace: Trace, event: TraceEvent): Row => ({ ts: event.time / 1000, ...threadOf(trace, event.context) });

function threadOf(trace: Trace, context: number): { readonly pid: number; readonly tid: number } {
  const program = trace.contexts[context]?.program ?? 'guest-user';
  return { pid: PROGRAMS.indexOf(program) + 1, tid: context + 1 };
}

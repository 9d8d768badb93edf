import type { Range, Shown } from '../../protocol/messages.ts';
import type { TimelineScale } from '../../protocol/timeline.ts';
import type { Session } from '../session.ts';
import type { StepTable } from '../step-table.ts';
import { type Axis, stepAxis, timeAxis } from './axis.ts';
import { TimelineHops } from './hops.ts';
import { TimelineReader } from './reader.ts';
import { DepthPyramid } from './skyline.ts';
import type { Spans } from './spans.ts';

/** Everything that timelines of one session are drawn from. Made once, when the first view asks. */
export class Timeline {
  readonly slices: Spans;
  readonly runs: Spans;
  readonly waits: Spans;
  readonly marks: Spans;
  readonly hops: TimelineHops;
  readonly depth: Uint8Array;
  readonly depths: DepthPyramid;
  readonly expressions: readonly string[];
  /** Number of contexts. */
  readonly contexts: number;
  readonly #session: Session;
  readonly #rows = new Map<Shown, Uint8Array>();
  readonly #axes = new Map<TimelineScale, Axis>();

  constructor(session: Session) {
    const { trace } = session.parts;
    const read = new TimelineReader(trace, session.steps).read();
    this.#session = session;
    this.slices = read.slices;
    this.runs = read.runs;
    this.waits = read.waits;
    this.marks = read.marks;
    this.depth = read.depth;
    this.contexts = Math.max(1, trace.contexts.length);
    this.hops = new TimelineHops(session, read.depth);
    this.depths = new DepthPyramid(session.steps, read.depth, this.contexts);
    this.expressions = trace.expressions;
  }

  /** The axis of a scale. */
  axis(scale: TimelineScale): Axis {
    const { steps, parts } = this.#session;
    const known = this.#axes.get(scale);
    const axis = known ?? (scale === 'time' ? timeAxis(parts.trace, steps) : stepAxis(steps));
    this.#axes.set(scale, axis);
    return axis;
  }

  /** By context, the number of rows that its calls need in a phase; 0 where it takes no step there. */
  rows(shown: Shown, range: Range): Uint8Array {
    const known = this.#rows.get(shown) ?? rowsOf(this.#session.steps, this.depth, range, this.contexts);
    this.#rows.set(shown, known);
    return known;
  }
}

function rowsOf(steps: StepTable, depth: Uint8Array, range: Range, contexts: number): Uint8Array {
  const rows = new Uint8Array(contexts);
  for (let step = range.from; step < range.to; step++) {
    const context = steps.context[step] ?? 0;
    rows[context] = Math.max(rows[context] ?? 0, (depth[step] ?? 0) + 1);
  }
  return rows;
}

const timelines = new WeakMap<Session, Timeline>();

/** The timeline of a session: the same for every view on it. */
export function timelineOf(session: Session): Timeline {
  const known = timelines.get(session) ?? new Timeline(session);
  timelines.set(session, known);
  return known;
}

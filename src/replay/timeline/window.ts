import { NO_OTHER, type Range } from '../../protocol/messages.ts';
import {
  type FromTimelineView,
  type MarkColumns,
  type RunColumns,
  type SliceColumns,
  type SpanColumns,
  TIMELINE_LIMITS,
  type TimelineWindow,
  type WaitColumns,
} from '../../protocol/timeline.ts';
import type { Axis } from './axis.ts';
import { Column } from './skyline.ts';
import type { Spans } from './spans.ts';
import type { Timeline } from './timeline.ts';

/** Columns that a span must be wide to be told one by one; the skyline tells of narrower ones. */
const LEAST_COLUMNS = 2;
/** Columns in which marks of one kind in one context become one. */
const MARK_COLUMNS = 14;

/** A window while it is made. */
interface Making {
  readonly timeline: Timeline;
  readonly axis: Axis;
  /** Steps that the window meets. */
  readonly from: number;
  readonly to: number;
  /** Position of the window's left end. */
  readonly left: number;
  /** Positions of one column. */
  readonly width: number;
  readonly asked: ReadonlySet<number>;
}

/** The answer to a view that wants a part of a phase. */
export function windowOf(timeline: Timeline, range: Range, wanted: FromTimelineView): TimelineWindow {
  const { shown, scale, columns } = wanted;
  const axis = timeline.axis(scale);
  const [first, last] = [axis.positionOf(range.from), axis.positionOf(range.to)];
  const from = Math.min(Math.max(wanted.from, first), last);
  const to = Math.min(Math.max(wanted.to, from), last);
  const rows = timeline.rows(shown, range);
  const lanes = lanesOf(wanted.lanes, rows);
  const columnStep = columnSteps(axis, range, from, to, columns);
  const making: Making = {
    timeline,
    axis,
    from: columnStep[0] ?? range.from,
    to: Math.max(columnStep[columns] ?? range.to, Math.min((columnStep[0] ?? 0) + 1, range.to)),
    left: from,
    width: (to - from) / columns,
    asked: new Set(lanes),
  };
  const { hops, expressions } = timeline;
  const steps = (making.to - making.from) / columns;
  return {
    ...{ shown, scale, from, to, first, last, columns, rows, lanes, columnStep },
    ...skylineOf(making, lanes, columnStep),
    slices: slicesOf(making),
    runs: runsOf(making),
    waits: waitsOf(making),
    hops: hops.window(making.from, making.to, steps, making.asked, axis, timeline.axis('time')),
    marks: marksOf(making),
    expressions,
  };
}

/** The contexts that are asked for and take part; all that take part where none is asked for. */
function lanesOf(asked: readonly number[], rows: Uint8Array): Uint8Array {
  const wanted = new Set(asked);
  const present = Array.from(rows.keys()).filter((context) => (rows[context] ?? 0) > 0);
  return Uint8Array.from(present.filter((context) => wanted.size === 0 || wanted.has(context)));
}

/** The step in which each column begins, and the step behind the last column. */
function columnSteps(axis: Axis, range: Range, from: number, to: number, columns: number): Uint32Array {
  const steps = new Uint32Array(columns + 1);
  const width = (to - from) / columns;
  for (let column = 0; column < columns; column++) {
    steps[column] = Math.min(
      Math.max(axis.stepAt(from + column * width), range.from),
      Math.max(range.from, range.to - 1),
    );
  }
  const end = axis.stepAt(to);
  steps[columns] = Math.min(axis.positionOf(end) < to ? end + 1 : end, range.to);
  return steps;
}

function skylineOf(
  { timeline, axis, left, width }: Making,
  lanes: Uint8Array,
  columnStep: Uint32Array,
): Pick<TimelineWindow, 'skyline' | 'load'> {
  const columns = columnStep.length - 1;
  const skyline = new Uint8Array(lanes.length * columns);
  const load = new Uint8Array(lanes.length * columns);
  const found = new Column(timeline.contexts);
  const behind = columnStep[columns] ?? 0;
  for (let column = 0; column < columns; column++) {
    const first = columnStep[column] ?? 0;
    const next = columnStep[column + 1] ?? 0;
    const partly = next < behind && axis.positionOf(next) < left + (column + 1) * width;
    const end = Math.max(partly ? next + 1 : next, Math.min(first + 1, behind));
    timeline.depths.read(found.cleared(), first, end);
    for (let lane = 0; lane < lanes.length; lane++) {
      const context = lanes[lane] ?? 0;
      skyline[lane * columns + column] = found.highest[context] ?? 0;
      load[lane * columns + column] = Math.round((255 * (found.steps[context] ?? 0)) / Math.max(1, end - first));
    }
  }
  return { skyline, load };
}

/** Numbers of the spans wide enough to be told one by one; with more than `most`, only wider ones. */
function wide(spans: Spans, { axis, from, to, width, asked }: Making, most: number): Uint32Array {
  for (let least = LEAST_COLUMNS * width; ; least *= 2) {
    const found: number[] = [];
    spans.meeting(from, to, (at) => {
      const start = spans.start[at] ?? 0;
      const end = spans.end[at] ?? 0;
      if (axis.positionOf(end) - axis.positionOf(start) >= least && asked.has(spans.context[at] ?? 0)) {
        found.push(at);
      }
    });
    if (found.length <= most) {
      return Uint32Array.from(found);
    }
  }
}

function placed(spans: Spans, { axis, timeline }: Making, found: Uint32Array): SpanColumns {
  const time = timeline.axis('time');
  return {
    context: Uint8Array.from(found, (at) => spans.context[at] ?? 0),
    stage: Uint16Array.from(found, (at) => spans.stage[at] ?? NO_OTHER),
    step: Uint32Array.from(found, (at) => spans.start[at] ?? 0),
    endStep: Uint32Array.from(found, (at) => spans.end[at] ?? 0),
    start: Float64Array.from(found, (at) => axis.positionOf(spans.start[at] ?? 0)),
    end: Float64Array.from(found, (at) => axis.positionOf(spans.end[at] ?? 0)),
    time: Float64Array.from(found, (at) => time.positionOf(spans.start[at] ?? 0)),
    endTime: Float64Array.from(found, (at) => time.positionOf(spans.end[at] ?? 0)),
  };
}

function slicesOf(making: Making): SliceColumns {
  const { slices } = making.timeline;
  const found = wide(slices, making, TIMELINE_LIMITS.slices);
  return { ...placed(slices, making, found), depth: Uint8Array.from(found, (at) => slices.detail[at] ?? 0) };
}

function runsOf(making: Making): RunColumns {
  const { runs } = making.timeline;
  return placed(runs, making, wide(runs, making, TIMELINE_LIMITS.runs));
}

function waitsOf(making: Making): WaitColumns {
  const { waits } = making.timeline;
  const found = wide(waits, making, TIMELINE_LIMITS.waits);
  return {
    ...placed(waits, making, found),
    kind: Uint8Array.from(found, (at) => waits.detail[at] ?? 0),
    expression: Uint16Array.from(found, (at) => waits.expression[at] ?? 0),
  };
}

/** Marks, those of one kind that stand close together in one context as one. */
function marksOf(making: Making): MarkColumns {
  const { marks, depth } = making.timeline;
  const { axis, width, asked } = making;
  const kept = new Map<string, { at: number; count: number }>();
  marks.meeting(making.from, making.to, (at) => {
    const context = marks.context[at] ?? 0;
    const bin = Math.floor(axis.positionOf(marks.start[at] ?? 0) / Math.max(width * MARK_COLUMNS, Number.MIN_VALUE));
    const key = `${context} ${marks.detail[at]} ${bin}`;
    const same = kept.get(key);
    if (same !== undefined) {
      same.count++;
    } else if (asked.has(context)) {
      kept.set(key, { at, count: 1 });
    }
  });
  const found = [...kept.values()].slice(0, TIMELINE_LIMITS.marks);
  return {
    context: Uint8Array.from(found, ({ at }) => marks.context[at] ?? 0),
    kind: Uint8Array.from(found, ({ at }) => marks.detail[at] ?? 0),
    depth: Uint8Array.from(found, ({ at }) => depth[marks.start[at] ?? 0] ?? 0),
    step: Uint32Array.from(found, ({ at }) => marks.start[at] ?? 0),
    count: Uint32Array.from(found, ({ count }) => count),
    at: Float64Array.from(found, ({ at }) => axis.positionOf(marks.start[at] ?? 0)),
    time: Float64Array.from(found, ({ at }) => making.timeline.axis('time').positionOf(marks.start[at] ?? 0)),
  };
}

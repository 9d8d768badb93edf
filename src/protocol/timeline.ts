import { type Check, count, oneOf, type Shapes, within } from './check.ts';
import type { Shown } from './messages.ts';

/** What the horizontal axis counts: steps, or nanoseconds of virtual time. A _position_ is a number on that axis. */
export const TIMELINE_SCALES = ['steps', 'time'] as const;

/** Scale of a timeline. */
export type TimelineScale = (typeof TIMELINE_SCALES)[number];

/**
 * Why a context that has begun does not run: it blocks until woken, spins, its vCPU is halted, its vCPU is out of the guest,
 * its CPU runs the guest, it is inside a call to another program, an interrupt is handled on its CPU, or it could run and
 * another one does.
 */
export const WAIT_KINDS = ['block', 'spin', 'halted', 'vm-exit', 'in-guest', 'call', 'interrupted', 'ready'] as const;

/** Kind of a wait. */
export type WaitKind = (typeof WAIT_KINDS)[number];

/** What a mark stands for. */
export const MARK_KINDS = ['hazard', 'output'] as const;

/** Kind of a mark. */
export type MarkKind = (typeof MARK_KINDS)[number];

/** "No context" in the columns of a hop: it arrives nowhere that is recorded. */
export const NO_CONTEXT = 0xff;

/** Spans of one context. All arrays have the same length. */
export interface SpanColumns {
  readonly context: Uint8Array;
  readonly stage: Uint16Array;
  /** First step, and the one behind the last. */
  readonly step: Uint32Array;
  readonly endStep: Uint32Array;
  /** Positions of its two ends. */
  readonly start: Float64Array;
  readonly end: Float64Array;
  /** Virtual time of its two ends in nanoseconds. */
  readonly time: Float64Array;
  readonly endTime: Float64Array;
}

/** Calls, each from its entry to its return. */
export interface SliceColumns extends SpanColumns {
  /** Calls of the same context around it. */
  readonly depth: Uint8Array;
}

/** Spans in which one context runs without a break. `stage` is the outermost function entered in it, or where it goes on. */
export type RunColumns = SpanColumns;

/** Spans in which a context that has begun does not run. `stage` is the function that waits. */
export interface WaitColumns extends SpanColumns {
  /** Number in `WAIT_KINDS`. */
  readonly kind: Uint8Array;
  /** Number in `TimelineWindow.expressions`: what is waited for, as written in C. */
  readonly expression: Uint16Array;
}

/** Hops from one context to another. Where `count` is above 1 it stands for so many of its kind, all between `start` and `end`. */
export interface HopColumns {
  readonly from: Uint8Array;
  /** Context that it arrives in; `NO_CONTEXT`. */
  readonly to: Uint8Array;
  readonly fromDepth: Uint8Array;
  readonly toDepth: Uint8Array;
  /** Number in the head's `hops`. */
  readonly kind: Uint8Array;
  /** Number in `PROOFS`. */
  readonly proof: Uint8Array;
  readonly count: Uint32Array;
  /** Step that leaves, and step that arrives. */
  readonly fromStep: Uint32Array;
  readonly toStep: Uint32Array;
  /** Stage that is left and stage that is reached; `NO_OTHER`. */
  readonly fromStage: Uint16Array;
  readonly toStage: Uint16Array;
  readonly start: Float64Array;
  readonly end: Float64Array;
  /** Virtual time of the step that leaves and of the one that arrives, in nanoseconds. */
  readonly time: Float64Array;
  readonly endTime: Float64Array;
}

/** Hazards, and bytes that leave the machine. */
export interface MarkColumns {
  readonly context: Uint8Array;
  /** Number in `MARK_KINDS`. */
  readonly kind: Uint8Array;
  readonly depth: Uint8Array;
  readonly step: Uint32Array;
  readonly count: Uint32Array;
  readonly at: Float64Array;
  readonly time: Float64Array;
}

/** A part of a phase at the level of detail of `columns` columns. Nothing narrower than two columns is in its spans. */
export interface TimelineWindow {
  readonly shown: Shown;
  readonly scale: TimelineScale;
  /** Positions of the window's two ends, and of the phase's. */
  readonly from: number;
  readonly to: number;
  readonly first: number;
  readonly last: number;
  readonly columns: number;
  /** By context, the number of rows that its calls need in this phase; 0 where it takes no part. */
  readonly rows: Uint8Array;
  /** Contexts that the spans and the skyline are about. */
  readonly lanes: Uint8Array;
  /** First step of each column, and of the one behind the last. */
  readonly columnStep: Uint32Array;
  /** Lane by lane and column by column, the deepest call that runs there, from 1; 0 where the lane does not run. */
  readonly skyline: Uint8Array;
  /** Lane by lane and column by column, the share of the column's steps that the lane runs, from 0 to 255. */
  readonly load: Uint8Array;
  readonly slices: SliceColumns;
  readonly runs: RunColumns;
  readonly waits: WaitColumns;
  readonly hops: HopColumns;
  readonly marks: MarkColumns;
  readonly expressions: readonly string[];
}

/** Bounds of a window, so that its message stays far below 4 MB. */
export const TIMELINE_LIMITS = {
  columns: 4096,
  lanes: 255,
  slices: 24_000,
  runs: 8192,
  waits: 8192,
  hops: 1024,
  marks: 2048,
} as const;

/** From a session's host to a timeline. */
export type ToTimelineView = { readonly t: 'timeline'; readonly request: number; readonly window: TimelineWindow };

/** From a timeline to its session's host. */
export type FromTimelineView = {
  readonly t: 'want-timeline';
  readonly request: number;
  readonly shown: Shown;
  readonly scale: TimelineScale;
  /** Positions; what lies outside of the phase is cut off. */
  readonly from: number;
  readonly to: number;
  readonly columns: number;
  /** Contexts to be told about; none means all that take part. */
  readonly lanes: readonly number[];
};

/** The longest phase in nanoseconds or steps that a position may lie in: far above every run. */
const FARTHEST = Number.MAX_SAFE_INTEGER;

const position: Check<number> = (value) =>
  typeof value === 'number' && value >= 0 && value <= FARTHEST ? value : undefined;

const lane = within(0, NO_CONTEXT - 1);

const lanes: Check<readonly number[]> = (value) =>
  Array.isArray(value) &&
  value.length <= TIMELINE_LIMITS.lanes &&
  value.every((one: unknown) => lane(one) !== undefined)
    ? (value as readonly number[])
    : undefined;

/** Checks of a timeline's messages. */
export const TIMELINE_SHAPES: Shapes<FromTimelineView> = {
  'want-timeline': {
    request: count,
    shown: oneOf<Shown>(['run', 'set-up']),
    scale: oneOf(TIMELINE_SCALES),
    from: position,
    to: position,
    columns: within(1, TIMELINE_LIMITS.columns),
    lanes,
  },
};

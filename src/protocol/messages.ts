import type { FromInspectView, ToInspectView } from './inspect.ts';
import type { FromNavigateView, StepRef, ToNavigateView } from './navigate.ts';
import type { FromTimelineView, ToTimelineView } from './timeline.ts';
import type { ViewTexts } from './view-texts.ts';

/** Version of the messages. A view and a host of different versions refuse each other instead of guessing. */
export const PROTOCOL_VERSION = 1;

/** Which part of a run is shown. */
export type Shown = 'run' | 'set-up';

/** What a step is: a stage is entered, control leaves a stage by a boundary, or a stage goes on after one. */
export const STEP_KINDS = ['enter', 'leave', 'resume'] as const;

/** Kind of a step. */
export type StepKind = (typeof STEP_KINDS)[number];

/** How well the hop of a step is known. `none`: nothing to prove (the first step, a user process). */
export const PROOFS = ['none', 'proven', 'unproven'] as const;

/** Proof state of a hop. */
export type Proof = (typeof PROOFS)[number];

/** "None" in the columns of a step. */
export const NO_HOP = 0xff;
/** "No stage" in the columns of a step. */
export const NO_OTHER = 0xffff;

/** A program as a lane shows it. */
export interface LaneHead {
  readonly program: string;
  readonly name: string;
}

/** A context, by its number in the columns. */
export interface ContextHead {
  readonly lane: number;
  /** Name of its program: a lane may hold two (the guest's process and its kernel). */
  readonly program: string;
  readonly name: string;
}

/** How a stage stands in the user's tree. */
export type StageStatus = 'found' | 'renamed' | 'inlined' | 'absent' | 'ambiguous' | 'no-tree';

/** A stage, by its number in the columns. `line` is 1-based; there is none where the stage was not found. */
export interface StageHead {
  readonly lane: number;
  readonly function: string;
  readonly file: string;
  readonly status: StageStatus;
  readonly line?: number;
}

/** A kind of hop, by its number in the columns. */
export interface HopHead {
  readonly kind: string;
  readonly name: string;
  readonly boundary: boolean;
}

/** A source tree in use. */
export interface TreeHead {
  readonly name: string;
  readonly version: string;
  readonly path: string;
}

/** What the header counts. */
export interface Counts {
  readonly found: number;
  readonly absent: number;
  readonly proven: number;
  readonly unproven: number;
}

/** Steps `from` to `to` (not included) of one phase. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** Everything that stays the same while one run is replayed. Its size does not grow with the length of the run. */
export interface SessionHead {
  readonly title: string;
  readonly lanes: readonly LaneHead[];
  readonly contexts: readonly ContextHead[];
  readonly stages: readonly StageHead[];
  readonly hops: readonly HopHead[];
  readonly trees: readonly TreeHead[];
  readonly counts: Counts;
  readonly ranges: Readonly<Record<Shown, Range>>;
  /** Events that fell out of the recording window in front. */
  readonly dropped: number;
  /** The built-in sample stands in for a user's tree. */
  readonly sample: boolean;
  /** The host can let the user choose folders. */
  readonly canChooseFolders: boolean;
  /** The host shows code itself, so the view needs no code pane. */
  readonly hostShowsCode: boolean;
}

/** A window of steps, by column. All arrays have the same length. */
export interface StepColumns {
  readonly kind: Uint8Array;
  readonly context: Uint8Array;
  readonly stage: Uint16Array;
  readonly depth: Uint8Array;
  /** Kind of the hop that leads here (enter, resume) or away (leave); `NO_HOP`. */
  readonly hop: Uint8Array;
  /** Stage at the hop's other end; `NO_OTHER`. */
  readonly other: Uint16Array;
  readonly proof: Uint8Array;
}

/** A place in a source tree. */
export interface PlaceHead {
  readonly tree: string;
  readonly file: string;
  readonly line: number;
  /** What stands there: `head` of a function, or the role of a line of evidence. */
  readonly role: 'head' | 'call' | 'binding' | 'number' | 'handler';
  readonly shows: string;
}

/** How a step's hop was proven, or why not. */
export interface HopDetail {
  readonly kind: string;
  readonly from: string;
  readonly to: string;
  readonly caller: string;
  readonly expr: string;
  readonly proof: Proof;
  /** A sentence; empty where the hop is proven. */
  readonly reason: string;
  readonly evidence: readonly PlaceHead[];
}

/** One change of the machine's state. */
export interface Change {
  readonly lane: number;
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

/** What has left the machine through one endpoint: all of it counted, its end shown. */
export interface OutputSoFar {
  readonly endpoint: string;
  readonly total: number;
  readonly tail: Uint8Array;
}

/** Lines of source around a place, for hosts that have no editor. */
export interface CodeExcerpt {
  readonly file: string;
  /** The file's own licence line; empty where it has none. */
  readonly licence: string;
  readonly firstLine: number;
  readonly lines: readonly string[];
  readonly line: number;
}

/** Everything about one step that does not fit into a row. */
export interface Moment {
  readonly step: number;
  readonly shown: Shown;
  readonly kind: StepKind;
  /** The step's first event. */
  readonly event: number;
  /** The event that the cursor stands on: state, changes and output are those just after it. */
  readonly at: number;
  /** Virtual time in nanoseconds. */
  readonly time: number;
  readonly context: number;
  readonly stage: number;
  /** What the editor shows; none where the stage does not stand in the tree. */
  readonly place?: PlaceHead;
  /** Why there is no place, or why it is another one than declared; empty where nothing needs to be said. */
  readonly reason: string;
  readonly hop?: HopDetail;
  /** What changes in this step, at most `LIMITS.changes`. */
  readonly changes: readonly Change[];
  readonly moreChanges: number;
  /** Hazards and log lines of this step, as sentences. */
  readonly notes: readonly string[];
  /** The event that the cursor stands on in words, while events are stepped over; else empty. */
  readonly line: string;
  /** The step of another context that made this one run; none where it began by itself. */
  readonly woken?: StepRef;
  /** Steps of other contexts that this one made run, at most `NAVIGATE_LIMITS.effects`. */
  readonly causes: readonly StepRef[];
  readonly output: readonly OutputSoFar[];
  readonly code?: CodeExcerpt;
}

/** From a session's host to a view. */
export type ToView =
  | ToNavigateView
  | ToInspectView
  | ToTimelineView
  | {
      readonly t: 'session';
      readonly version: number;
      readonly language: string;
      readonly texts: ViewTexts;
      readonly head: SessionHead;
      /** What the view keeps and hands back after the window was reloaded. Opaque to the view. */
      readonly keep: string;
    }
  | { readonly t: 'steps'; readonly request: number; readonly from: number; readonly columns: StepColumns }
  | { readonly t: 'moment'; readonly moment: Moment }
  /** The code of a place that the view asked to open, from a host that has no editor. */
  | { readonly t: 'code'; readonly code: CodeExcerpt }
  | { readonly t: 'playing'; readonly on: boolean }
  | { readonly t: 'notice'; readonly level: 'busy' | 'error'; readonly text: string; readonly next: string };

/** Moves that a view may ask for. */
export const MOVES = [
  'next',
  'back',
  'first',
  'last',
  'next-boundary',
  'previous-boundary',
  'next-hop',
  'previous-hop',
  'next-hazard',
  'previous-hazard',
  'next-target',
  'previous-target',
  'next-bookmark',
  'previous-bookmark',
  'who-woke',
  'what-caused',
] as const;

/** A move. */
export type Move = (typeof MOVES)[number];

/** From a view to its session's host. Everything here is checked on arrival. */
export type FromView =
  | FromNavigateView
  | FromInspectView
  | FromTimelineView
  | { readonly t: 'ready'; readonly version: number }
  | { readonly t: 'want-steps'; readonly request: number; readonly from: number; readonly count: number }
  | { readonly t: 'go'; readonly step: number }
  | { readonly t: 'move'; readonly by: Move }
  | { readonly t: 'play'; readonly on: boolean }
  | { readonly t: 'show'; readonly shown: Shown }
  /** Opens the place of a step (`evidence` -1) or one of its lines of evidence. */
  | { readonly t: 'open'; readonly step: number; readonly evidence: number }
  | { readonly t: 'choose-folders' };

/** Bounds of single messages, so that none grows with the length of a run. */
export const LIMITS = {
  /** Steps of one window: 10 bytes each. */
  steps: 4096,
  changes: 40,
  notes: 20,
  /** Bytes of the shown end of an output. */
  output: 4096,
  /** Lines of a code excerpt. */
  code: 400,
} as const;

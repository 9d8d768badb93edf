import { count, flag, oneOf, type Shapes, textUpTo, within } from './check.ts';

/** What a step forward or back steps over. */
export const UNITS = ['stages', 'events', 'boundaries'] as const;

/** Unit of a step. */
export type Unit = (typeof UNITS)[number];

/** Speeds of play; 1 is a pace at which each line can be read. */
export const SPEEDS = [0.25, 0.5, 1, 2, 4, 8, 16] as const;

/** Number of the speed that play starts with. */
export const USUAL_SPEED = SPEEDS.indexOf(1);

/** What can be looked for in a trace. */
export const TARGET_KINDS = ['stage', 'hop', 'hazard', 'field'] as const;

/** Kind of a target: a stage that is entered, a kind of hop, a hazard, or a field that changes. */
export type TargetKind = (typeof TARGET_KINDS)[number];

/** Something to look for, by its kind and its number there. */
export interface Target {
  readonly what: TargetKind;
  readonly id: number;
}

/** A target as a list shows it. */
export interface FoundTarget extends Target {
  readonly name: string;
  /** Where it belongs: file and program of a stage, program of a field. */
  readonly detail: string;
  /** How often it occurs in the run. */
  readonly count: number;
}

/** A moment that the user wants to come back to. */
export interface Bookmark {
  readonly event: number;
  readonly name: string;
}

/** A bookmark where it lies. */
export interface PlacedBookmark extends Bookmark {
  readonly step: number;
}

/** How the user moves through a run. */
export interface NavigationState {
  readonly unit: Unit;
  /** Index into `SPEEDS`. */
  readonly speed: number;
  /** The editor follows each step. */
  readonly following: boolean;
  /** There is an editor that could follow. */
  readonly canFollow: boolean;
  /** The host can copy a link to a moment. */
  readonly canLink: boolean;
  /** The host can run another scenario. */
  readonly canRun: boolean;
  /** What `next-target` goes to. */
  readonly target?: FoundTarget;
  /** In the order of their events, at most `NAVIGATE_LIMITS.bookmarks`. */
  readonly bookmarks: readonly PlacedBookmark[];
}

/** Another step, named for a person. */
export interface StepRef {
  readonly step: number;
  readonly stage: number;
  readonly context: number;
  /** Index into the head's kinds of hops; `NO_HOP`. */
  readonly hop: number;
}

/** One context inside a window of steps. */
export interface LaneSummary {
  readonly context: number;
  readonly steps: number;
  /** Stage that is entered first and last here; `NO_OTHER` where none is. */
  readonly first: number;
  readonly last: number;
}

/** One crossing from context to context inside a window of steps. */
export interface CrossingSummary {
  readonly step: number;
  readonly from: number;
  readonly to: number;
  readonly hop: number;
  /** Stage that is left, and stage that takes over. */
  readonly left: number;
  readonly taken: number;
}

/** Lanes and crossings of a window of steps in words: the picture's twin. */
export interface WindowSummary {
  readonly from: number;
  readonly to: number;
  readonly lanes: readonly LaneSummary[];
  /** At most `NAVIGATE_LIMITS.crossings`. */
  readonly crossings: readonly CrossingSummary[];
  readonly more: number;
}

/** Bounds of single messages of this family. */
export const NAVIGATE_LIMITS = {
  /** UTF-16 units of a text that is looked for. */
  text: 200,
  /** Entries of one answer. */
  found: 80,
  bookmarks: 100,
  /** UTF-16 units of a bookmark's name. */
  name: 120,
  /** Steps that a step is said to cause. */
  effects: 12,
  crossings: 400,
} as const;

/** Moves through a run, to a view. */
export type ToNavigateView =
  | { readonly t: 'navigation'; readonly state: NavigationState }
  | {
      readonly t: 'found';
      readonly request: number;
      readonly entries: readonly FoundTarget[];
      /** Entries that fit, beyond those that are listed. */
      readonly more: number;
    }
  | { readonly t: 'summary'; readonly request: number; readonly summary: WindowSummary }
  /** A sentence for the user: what a move led to that led nowhere. */
  | { readonly t: 'said'; readonly text: string };

/** Moves through a run, from a view. */
export type FromNavigateView =
  | { readonly t: 'unit'; readonly unit: Unit }
  | { readonly t: 'speed'; readonly speed: number }
  | { readonly t: 'follow'; readonly on: boolean }
  | { readonly t: 'go-event'; readonly event: number }
  /** Goes to the next or previous occurrence, which later `next-target` moves repeat. */
  | ({ readonly t: 'seek'; readonly direction: 'next' | 'previous' } & Target)
  | { readonly t: 'find'; readonly request: number; readonly text: string; readonly what: TargetKind | 'any' }
  | { readonly t: 'want-summary'; readonly request: number; readonly from: number; readonly to: number }
  /** Sets or removes a bookmark; an empty name is filled in. */
  | { readonly t: 'bookmark'; readonly event: number; readonly on: boolean; readonly name: string }
  | { readonly t: 'copy-link' };

const kinds = oneOf(TARGET_KINDS);

/** What is checked of each message of this family. */
export const NAVIGATE_SHAPES: Shapes<FromNavigateView> = {
  unit: { unit: oneOf(UNITS) },
  speed: { speed: within(0, SPEEDS.length - 1) },
  follow: { on: flag },
  'go-event': { event: count },
  seek: { direction: oneOf(['next', 'previous']), what: kinds, id: count },
  find: { request: count, text: textUpTo(NAVIGATE_LIMITS.text), what: oneOf([...TARGET_KINDS, 'any']) },
  'want-summary': { request: count, from: count, to: count },
  bookmark: { event: count, on: flag, name: textUpTo(NAVIGATE_LIMITS.name) },
  'copy-link': {},
};

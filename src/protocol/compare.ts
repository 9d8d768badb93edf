import { oneOf, type Shapes, within } from './check.ts';
import type { TreeHead } from './messages.ts';

/** What is counted of a run, in the order in which it is shown. */
export const FIGURES = [
  'stages',
  'syscalls',
  'vm-exits',
  'hypercalls',
  'ioctls',
  'interrupts',
  'wake-ups',
  'work-items',
  'eventfds',
  'copies',
  'copied-bytes',
  'hazards',
  'time',
] as const;

/** Name of a figure. `time` is virtual, in nanoseconds: it orders, it does not predict. */
export type Figure = (typeof FIGURES)[number];

/** Both runs, or both trees. */
export const SIDES = ['left', 'right'] as const;

/** One of two. */
export type Side = (typeof SIDES)[number];

/** What a row of two aligned runs is. */
export const ROW_KINDS = ['same', 'other-way', 'left', 'right'] as const;

/** Kind of a row: the same stage, the same stage reached in another way, or a stage of one run only. */
export type RowKind = (typeof ROW_KINDS)[number];

/** A stage as a row names it. */
export interface ComparedStage {
  readonly lane: number;
  readonly function: string;
  readonly file: string;
}

/** Rows of two aligned runs, by column; all of the same length. */
export interface RunRows {
  /** Index into `ROW_KINDS`. */
  readonly kind: Uint8Array;
  /** Index into the stages. */
  readonly stage: Uint16Array;
  readonly depth: Uint8Array;
  /** Hop kind by which the left run reached it, 0xff for none; the same for the right run. */
  readonly leftHop: Uint8Array;
  readonly rightHop: Uint8Array;
}

/** Two runs side by side. */
export interface ComparedRuns {
  readonly what: 'runs';
  readonly titles: Readonly<Record<Side, string>>;
  readonly figures: readonly { readonly name: Figure; readonly left: number; readonly right: number }[];
  readonly lanes: readonly string[];
  readonly hops: readonly string[];
  readonly stages: readonly ComparedStage[];
  readonly rows: RunRows;
  /** Rows that are not `same`. */
  readonly differences: number;
  /** Stages behind the last row, left out because a run is too long to be aligned. */
  readonly leftOut: number;
  /** What left the machine is the same, byte for byte. */
  readonly sameOutput: boolean;
}

/** A stage or hop that two trees answer differently. Empty text: the tree has no such answer. */
export interface MapRow {
  readonly what: 'stage' | 'hop';
  readonly lane: number;
  readonly name: string;
  readonly left: string;
  readonly right: string;
  /** The left tree can show a line, the right one can. */
  readonly leftLine: boolean;
  readonly rightLine: boolean;
}

/** Two trees under one run. */
export interface ComparedMaps {
  readonly what: 'maps';
  readonly titles: Readonly<Record<Side, string>>;
  readonly trees: Readonly<Record<Side, readonly TreeHead[]>>;
  readonly lanes: readonly string[];
  /** Found and proven on either side. */
  readonly counts: Readonly<Record<Side, readonly [stages: number, found: number, hops: number, proven: number]>>;
  /** Stages and hops that both trees answer alike but for their line numbers. */
  readonly alike: number;
  readonly rows: readonly MapRow[];
}

/** From a comparison's host to its view. */
export type ToCompareView =
  | {
      readonly t: 'compared-runs';
      readonly language: string;
      readonly texts: CompareTexts;
      readonly runs: ComparedRuns;
    }
  | {
      readonly t: 'compared-maps';
      readonly language: string;
      readonly texts: CompareTexts;
      readonly maps: ComparedMaps;
    };

/** From a comparison's view to its host. */
export type FromCompareView =
  | { readonly t: 'compare-open'; readonly row: number; readonly side: Side }
  | { readonly t: 'compare-replay'; readonly row: number; readonly side: Side }
  | { readonly t: 'compare-ready' };

/** Bounds of a comparison. */
export const COMPARE_LIMITS = {
  /** Stages of one run that are aligned. */
  stages: 20_000,
  /** Rows of two trees. */
  maps: 4000,
} as const;

/** Checks of what a comparison's view sends. */
export const COMPARE_SHAPES: Shapes<FromCompareView> = {
  'compare-open': { row: within(0, 2 * COMPARE_LIMITS.stages), side: oneOf(SIDES) },
  'compare-replay': { row: within(0, 2 * COMPARE_LIMITS.stages), side: oneOf(SIDES) },
  'compare-ready': {},
};

/** Every sentence of the comparison. */
export const COMPARE_TEXT_KEYS = [
  ...FIGURES,
  'figure',
  'difference',
  'only-differences',
  'no-difference',
  'differences',
  'same-output',
  'other-output',
  'left-out',
  'same',
  'other-way',
  'left',
  'right',
  'next-difference',
  'previous-difference',
  'open-code',
  'replay',
  'stages-found',
  'hops-proven',
  'alike',
  'stage',
  'hop',
  'runs-rows',
  'maps-rows',
] as const;

/** All texts of the comparison in one language. `{0}` and `{1}` stand for what the view fills in. */
export type CompareTexts = Readonly<Record<(typeof COMPARE_TEXT_KEYS)[number], string>>;

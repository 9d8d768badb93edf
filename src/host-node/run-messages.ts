import type { Problem } from '../base/problem.ts';
import type { Result } from '../base/result.ts';
import type { Exploration, ExploreBounds } from '../scenarios/explore.ts';
import type { Run } from '../scenarios/run.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import type { TraceParts } from '../trace/transfer.ts';

/** A scenario to run; `realFile` is the file that the user chose for this run, in place of the emulated one. */
export interface RunJob {
  readonly do: 'run';
  readonly scenario: Scenario;
  readonly realFile?: string | undefined;
}

/** A scenario whose schedules are to be run. */
export interface ExploreJob {
  readonly do: 'explore';
  readonly scenario: Scenario;
  readonly bounds: ExploreBounds;
  /** Not 0 in its first place once the answer is wanted as it is then: shared with the worker. */
  readonly stop: Int32Array;
}

/** What a worker that runs scenarios is asked, with a number for its answer. */
export interface Asked {
  readonly id: number;
  readonly job: RunJob | ExploreJob;
}

/** A run with the fingerprint of its trace (`traceHash`), by which two runs are known as the same. */
export interface HashedRun extends Run {
  readonly hash: string;
}

/** A run without its trace's classes. */
export interface RunParts extends Omit<HashedRun, 'trace'> {
  readonly trace: TraceParts;
}

/** What the worker says of a job: how far it is, and at last what came out. */
export type Answered =
  | { readonly id: number; readonly t: 'progress'; readonly done: number; readonly of: number }
  | { readonly id: number; readonly t: 'run'; readonly result: Result<RunParts, Problem> }
  | { readonly id: number; readonly t: 'explored'; readonly result: Result<Exploration, Problem> };

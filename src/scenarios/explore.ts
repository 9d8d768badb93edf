import type { Problem } from '../base/problem.ts';
import { ok, type Result } from '../base/result.ts';
import type { Choice, Thread } from '../emulator/scheduler.ts';
import { bytesOf } from './data.ts';
import { type Run, runScenario } from './run.ts';
import type { Scenario } from './scenario.ts';

/**
 * Where a schedule departs from first come, first served: number of the choice, and which runnable thread goes then. The
 * threads that it passes over wait until no other can do anything but spin.
 */
export type Departure = readonly [choice: number, pick: number];

/** A schedule: its departures in order; none is first come, first served. */
export type Schedule = readonly Departure[];

/** One class of outcomes. */
export interface Outcome {
  /** What became of the bytes, how the run ended where not at rest, then the hazards: `all-bytes, spurious-interrupt`. */
  readonly name: string;
  readonly count: number;
  /** One schedule that leads here: the one with the fewest departures. */
  readonly schedule: Schedule;
}

/** What an exploration found. */
export interface Exploration {
  readonly format: 1;
  readonly schedules: number;
  /** All schedules within the bounds were run. */
  readonly complete: boolean;
  readonly outcomes: readonly Outcome[];
}

/** Bounds of an exploration. */
export interface ExploreBounds {
  /** Departures of one schedule at most. */
  readonly departures: number;
  /** Schedules at most. */
  readonly schedules: number;
}

/** Bounds where none are given: a small scenario takes seconds. */
export const DEFAULT_BOUNDS: ExploreBounds = { departures: 2, schedules: 400 };

/** Told after each schedule how many were run, of how many that are known by then, at most the bound. */
export type Progress = (done: number, of: number) => void;

/** A choice that was met: its number, and the picks other than the first that lead elsewhere. */
interface Branch {
  readonly choice: number;
  readonly others: readonly number[];
}

/** Follows a schedule and notes where it could have been left. */
class Explorer {
  readonly branches: Branch[] = [];
  readonly #departures: ReadonlyMap<number, number>;
  readonly #last: number;
  /** Threads that a departure passed over. */
  readonly #delayed = new Set<Thread>();
  #choice = 0;

  constructor(schedule: Schedule) {
    this.#departures = new Map(schedule);
    this.#last = schedule.at(-1)?.[0] ?? -1;
  }

  readonly choose: Choice = (count, threads) => {
    const choice = this.#choice++;
    if (choice > this.#last) {
      const others = threads.flatMap((thread, pick) => (pick > 0 && !isIndependent(thread, threads) ? [pick] : []));
      if (others.length > 0) {
        this.branches.push({ choice, others });
      }
    }
    const pick = this.#departures.get(choice);
    if (pick === undefined || pick >= count) {
      return this.#usual(threads);
    }
    for (const thread of threads.slice(0, pick)) {
      this.#delayed.add(thread);
    }
    return pick;
  };

  /** First come, first served; delayed threads only where no other could do anything but spin. */
  #usual(threads: readonly Thread[]): number {
    if (this.#delayed.size === 0) {
      return 0;
    }
    const first = threads.findIndex((thread) => !this.#delayed.has(thread) && !isIndependent(thread, threads));
    const [head] = threads;
    if (first < 0 && head !== undefined) {
      const next = threads.find((thread) => this.#delayed.has(thread)) ?? head;
      this.#delayed.delete(next);
      return threads.indexOf(next);
    }
    return first;
  }
}

/**
 * Whether the next turn of `thread` cannot matter now: it spun in its last turn and nothing but spins happened since, so it
 * only spins again.
 */
const isIndependent = (thread: Thread, threads: readonly Thread[]): boolean =>
  thread.spins > 0 && threads.every((other) => other.round <= thread.round);

/**
 * Runs the schedules of a small scenario one after the other, each on a fresh machine, and sorts them by what came out.
 *
 * Reduction. A turn is atomic: a thread runs until it blocks, spins or leaves the guest, which is where the real ones hand
 * over to each other. A schedule is first come, first served but for at most `departures` choices (delay bounding: the
 * known interleaving errors need one or two). A thread whose next turn only spins again is never preferred. Schedules with
 * fewer departures come first, of these the ones that depart late, where the guest's own actions are.
 */
export function explore(
  scenario: Scenario,
  bounds: ExploreBounds = DEFAULT_BOUNDS,
  progress: Progress = () => undefined,
): Result<Exploration, Problem> {
  const classes = new Map<string, { count: number; readonly schedule: Schedule }>();
  let level: Schedule[] = [[]];
  let schedules = 0;
  let left = 0;
  for (let depth = 0; depth <= bounds.departures && level.length > 0; depth++) {
    const next: Schedule[] = [];
    for (const [index, schedule] of level.entries()) {
      if (schedules === bounds.schedules) {
        left += level.length - index;
        break;
      }
      const explorer = new Explorer(schedule);
      const run = runScenario(scenario, undefined, undefined, explorer.choose);
      if (!run.ok) {
        return run;
      }
      schedules++;
      const name = outcomeOf(run.value);
      const known = classes.get(name);
      classes.set(name, { count: (known?.count ?? 0) + 1, schedule: known?.schedule ?? schedule });
      if (depth < bounds.departures) {
        next.push(...departing(schedule, explorer.branches));
      }
      progress(schedules, Math.min(bounds.schedules, schedules + level.length - index - 1 + next.length));
    }
    level = next;
  }
  const outcomes = [...classes].map(([name, { count, schedule }]) => ({ name, count, schedule }));
  return ok({ format: 1, schedules, complete: left === 0, outcomes });
}

/** The schedules that go on as `schedule` does and then depart once more, the latest departure first. */
const departing = (schedule: Schedule, branches: readonly Branch[]): Schedule[] =>
  branches.flatMap(({ choice, others }) => others.map((pick): Schedule => [...schedule, [choice, pick]])).reverse();

/** The choices of a schedule, for a run that repeats it. */
export const choiceOf = (schedule: Schedule): Choice => new Explorer(schedule).choose;

/** The class of a run's outcome. */
export function outcomeOf(run: Run): string {
  const hazards = new Set<string>();
  for (const event of run.trace.events()) {
    if (event.kind === 'hazard') {
      hazards.add(run.trace.expressions[event.key] ?? '');
    }
  }
  const end = run.hangs ? ['hangs'] : run.end === 'quiet' ? [] : [run.end];
  return [bytesLeft(run), ...end, ...[...hazards].sort()].join(', ');
}

const CARRIAGE_RETURN = 13;

/** How often each byte occurs; the terminal's carriage returns are left out. */
function census(parts: Iterable<Uint8Array>): number[] {
  const counts: number[] = new Array(256).fill(0);
  for (const part of parts) {
    for (const byte of part) {
      counts[byte] = (counts[byte] ?? 0) + (byte === CARRIAGE_RETURN ? 0 : 1);
    }
  }
  return counts;
}

/** Whether what was written left exactly once. */
function bytesLeft({ scenario, output }: Run): string {
  const written = scenario.actions.flatMap((action) =>
    action.do === 'write'
      ? Array.from({ length: action.times ?? 1 }, () => bytesOf(action.data) ?? new Uint8Array(0))
      : [],
  );
  const [wanted, left] = [census(written), census(output.values())];
  const more = left.some((count, byte) => count > (wanted[byte] ?? 0));
  const fewer = left.some((count, byte) => count < (wanted[byte] ?? 0));
  return more ? (fewer ? 'other-bytes' : 'bytes-repeated') : fewer ? 'bytes-lost' : 'all-bytes';
}

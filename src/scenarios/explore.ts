import { type CancelSignal, neverCancelled } from '../base/cancel.ts';
import type { Problem } from '../base/problem.ts';
import { ok, type Result } from '../base/result.ts';
import type { Choice, Thread } from '../emulator/scheduler.ts';
import { EVENT_KINDS } from '../trace/kinds.ts';
import type { Trace } from '../trace/trace.ts';
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
  readonly bounds: ExploreBounds;
  /** All schedules within the bounds were run, but for those that are like another one. */
  readonly complete: boolean;
  /** Why not all were run, where that is so. */
  readonly why?: 'schedules-used-up' | 'cancelled';
  /** Of the schedules run, those in which every context did the same as in an earlier one, event by event. */
  readonly equivalent: number;
  readonly outcomes: readonly Outcome[];
}

/** Bounds of an exploration. */
export interface ExploreBounds {
  /** Departures of one schedule at most. */
  readonly departures: number;
  /** Schedules at most. */
  readonly schedules: number;
}

const MEMORY = EVENT_KINDS.indexOf('memory');
const OUTPUT = EVENT_KINDS.indexOf('output');

/** Bounds where none are given: a small scenario takes seconds. */
export const DEFAULT_BOUNDS: ExploreBounds = { departures: 2, schedules: 400 };

/** Told after each schedule how many were run, of how many that are known by then, at most the bound. */
export type Progress = (done: number, of: number) => void;

/** The next turn of a thread: its number, whether the one before only spun, and the last choice at which it had yet to come. */
interface Turn {
  readonly thread: Thread;
  readonly number: number;
  readonly spins: boolean;
  choice: number;
}

/** Where a schedule could be left: who would go, and who would be passed over. */
interface Branch {
  readonly departure: Departure;
  readonly goes: Turn;
  readonly waits: readonly Turn[];
}

/**
 * Whether a turn would have done anything at a choice of the run that has ended; one that never came is not known to do
 * nothing. A thread that spins goes on with the turn that comes next, not before: what it waits for, once there, stays.
 */
const didSomething = ({ thread, number, spins, choice }: Turn, at: number): boolean =>
  (thread.log?.[number] ?? true) && (!spins || choice === at);

/** Follows a schedule and notes where it could have been left. */
class Explorer {
  readonly #branches: Branch[] = [];
  readonly #departures: ReadonlyMap<number, number>;
  readonly #last: number;
  /** Threads that a departure passed over. */
  readonly #delayed = new Set<Thread>();
  readonly #next = new Map<Thread, Turn>();
  #choice = 0;

  constructor(schedule: Schedule) {
    this.#departures = new Map(schedule);
    this.#last = schedule.at(-1)?.[0] ?? -1;
  }

  /** Departures that lead elsewhere, once the run has ended: who goes does something, and so does one of the others. */
  get departures(): Departure[] {
    return this.#branches
      .filter(
        ({ departure: [at], goes, waits }) => didSomething(goes, at) && waits.some((turn) => didSomething(turn, at)),
      )
      .map(({ departure }) => departure);
  }

  readonly choose: Choice = (count, threads) => {
    const choice = this.#choice++;
    if (choice > this.#last) {
      this.#note(choice, threads);
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

  /** Only who is not delayed can go before others: a delayed thread waits, that is what a departure means. */
  #note(choice: number, threads: readonly Thread[]): void {
    const waits: Turn[] = [];
    for (const [pick, thread] of threads.entries()) {
      const turn = this.#turnOf(thread, choice);
      if (!this.#delayed.has(thread)) {
        if (waits.length > 0 && !isIndependent(thread, threads)) {
          this.#branches.push({ departure: [choice, pick], goes: turn, waits: [...waits] });
        }
        waits.push(turn);
      }
    }
  }

  #turnOf(thread: Thread, choice: number): Turn {
    thread.log ??= [];
    const number = thread.log.length;
    const known = this.#next.get(thread);
    if (known?.number === number) {
      known.choice = choice;
      return known;
    }
    const turn = { thread, number, spins: thread.spins > 0, choice };
    this.#next.set(thread, turn);
    return turn;
  }

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
 * Runs the schedules of a small scenario one after the other, each on a fresh machine, and sorts them by what came out. One
 * that is cancelled gives what it has found by then.
 *
 * Reduction. A turn is atomic: a thread runs until it blocks, spins or leaves the guest, which is where the real ones hand
 * over to each other. A schedule is first come, first served but for at most `departures` choices (delay bounding: the
 * known interleaving errors need one or two): at each, one thread goes and those before it wait until no other can do
 * anything. Of two schedules that differ only by turns that change nothing (a spin that goes on) one is run. A run in which
 * every context did the same as in an earlier one, event by event, only in another order between them, is not departed from
 * again. Schedules with fewer departures come first, of these the ones that depart late, where the guest's own actions are.
 */
export function explore(
  scenario: Scenario,
  bounds: ExploreBounds = DEFAULT_BOUNDS,
  progress: Progress = () => undefined,
  cancel: CancelSignal = neverCancelled,
): Result<Exploration, Problem> {
  const found = new Found();
  let level: Schedule[] = [[]];
  let why: Exploration['why'];
  for (let depth = 0; depth <= bounds.departures && level.length > 0; depth++) {
    const next: Schedule[] = [];
    for (const [index, schedule] of level.entries()) {
      why ??= cancel.cancelled ? 'cancelled' : found.schedules >= bounds.schedules ? 'schedules-used-up' : undefined;
      if (why !== undefined) {
        break;
      }
      const explorer = new Explorer(schedule);
      const run = runScenario(scenario, undefined, undefined, explorer.choose);
      if (!run.ok) {
        return run;
      }
      if (found.add(run.value, schedule) && depth < bounds.departures) {
        next.push(...departing(schedule, explorer.departures));
      }
      progress(found.schedules, Math.min(bounds.schedules, found.schedules + level.length - index - 1 + next.length));
    }
    level = next;
  }
  return ok({ format: 1, bounds, complete: why === undefined, ...(why === undefined ? {} : { why }), ...found.told });
}

/** What the runs came to so far. */
class Found {
  schedules = 0;
  #equivalent = 0;
  readonly #classes = new Map<string, { count: number; readonly schedule: Schedule }>();
  readonly #done = new Set<string>();

  /** Takes a run in; whether it is like no other. */
  add(run: Run, schedule: Schedule): boolean {
    this.schedules++;
    const name = outcomeOf(run);
    const known = this.#classes.get(name);
    this.#classes.set(name, { count: (known?.count ?? 0) + 1, schedule: known?.schedule ?? schedule });
    const doings = doingsOf(run.trace);
    const isNew = !this.#done.has(doings);
    this.#done.add(doings);
    this.#equivalent += isNew ? 0 : 1;
    return isNew;
  }

  get told(): Pick<Exploration, 'schedules' | 'equivalent' | 'outcomes'> {
    const outcomes = [...this.#classes].map(([name, { count, schedule }]) => ({ name, count, schedule }));
    return { schedules: this.schedules, equivalent: this.#equivalent, outcomes };
  }
}

/** What each context did, in its own order, as one fingerprint: equal for runs that differ only in the order between contexts. */
function doingsOf(trace: Trace): string {
  const hashes: number[] = [];
  for (let at = trace.dropped; at < trace.length; at++) {
    const { chunk, row } = trace.locate(at) ?? {};
    if (chunk !== undefined && row !== undefined) {
      const context = chunk.context[row] ?? 0;
      const kind = chunk.kind[row] ?? 0;
      // What a heap offset stands for follows from the states that were read; offsets themselves depend on the order.
      const key = kind === MEMORY || kind === OUTPUT ? 0 : (chunk.key[row] ?? 0);
      const word = kind * 31 + (chunk.stage[row] ?? 0) * 37 + key * 41 + (chunk.value[row] ?? 0) * 43;
      hashes[context] = (Math.imul((hashes[context] ?? 0) ^ (word | 0), 0x01000193) + Math.floor(word / 2 ** 32)) | 0;
    }
  }
  return hashes.join(' ');
}

/** The schedules that go on as `schedule` does and then depart once more, the latest departure first. */
const departing = (schedule: Schedule, departures: readonly Departure[]): Schedule[] =>
  departures.map((departure): Schedule => [...schedule, departure]).reverse();

/** The choices of a schedule, for a run that repeats it. */
export const choiceOf = (schedule: Schedule): Choice => new Explorer(schedule).choose;

/** Hazards that end a program: who waits for it then is not lost to a missing wake-up. */
const DEATHS = [
  'segmentation-fault',
  'null-pointer-call',
  'use-after-free',
  'one-port-fails-device',
  'sv-oops',
  'hv-panic',
];

const isKilled = ({ actions }: Scenario): boolean => actions.some((action) => action.do === 'kill');

/** The class of a run's outcome. */
export function outcomeOf(run: Run): string {
  const hazards = new Set<string>();
  for (const event of run.trace.events()) {
    if (event.kind === 'hazard') {
      hazards.add(run.trace.expressions[event.key] ?? '');
    }
  }
  const sleeps =
    run.hangs && run.end === 'quiet' && !DEATHS.some((code) => hazards.has(code)) && !isKilled(run.scenario);
  const end = sleeps ? ['hangs', 'lost-wake-up'] : run.hangs ? ['hangs'] : run.end === 'quiet' ? [] : [run.end];
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

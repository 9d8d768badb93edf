import type { HopKind } from '../trace/kinds.ts';
import type { Recorder } from '../trace/recorder.ts';
import type { Strand } from '../trace/strand.ts';
import { COST } from './costs.ts';
import type { Cx } from './cx.ts';

/** A turn of a busy wait (`cpu_relax`, `asm_pause`): other contexts may run, this one stays runnable. */
export const SPIN = Symbol('spin');

/** Threads wait here until somebody wakes them: a Linux wait queue, an ACRN event, an epoll set. */
export class WaitQueue {
  readonly name: string;
  readonly waiting: Thread[] = [];

  constructor(name: string) {
    this.name = name;
  }
}

/** A pause until a moment of virtual time, in nanoseconds. */
export class Sleep {
  readonly until: number;

  constructor(until: number) {
    this.until = until;
  }
}

/** What a thread yields when it stops running. */
export type Suspend = typeof SPIN | WaitQueue | Sleep;

/** A flow of control that the scheduler runs: a vCPU thread, a worker, a kthread, a process's thread. */
export class Thread {
  readonly name: string;
  readonly strand: Strand;
  readonly body: Generator<Suspend, void, unknown>;
  /** Hop that made it runnable, -1 where it never blocked. */
  cause = -1;
  blocked = false;
  /** Turns it only spun in since anything else happened; of the scheduler's round `round`. */
  spins = 0;
  round = 0;
  /** Whether each turn did anything, for whoever wants to know and puts a list here. */
  log: boolean[] | undefined = undefined;

  constructor(name: string, strand: Strand, body: Generator<Suspend, void, unknown>) {
    this.name = name;
    this.strand = strand;
    this.body = body;
  }
}

/** How a run of the scheduler ended. */
export type RunEnd = 'quiet' | 'stuck' | 'turns-used-up' | 'stopped';

/** Picks one of `count` runnable threads (in the order in which they became runnable), 0-based; `threads` are these. */
export type Choice = (count: number, threads: readonly Thread[]) => number;

/** First come, first served. */
export const firstRunnable = (_count: number): number => 0;

/** The same pseudo-random picks for the same seed (mulberry32); seed 0 is first come, first served. */
export function seededChoice(seed: number): (count: number) => number {
  if (seed === 0) {
    return firstRunnable;
  }
  let state = seed >>> 0;
  return (count) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % count;
  };
}

/** A thread that spun so often while nothing else happened waits for something that nobody will do. */
const PATIENCE = 3;

/** Runs threads one at a time, each until it blocks. Its choices are an input, so the same choices give the same trace. */
export class Scheduler {
  readonly #recorder: Recorder;
  readonly #choice: Choice;
  readonly #runnable: Thread[] = [];
  #current: Thread | undefined;
  readonly #sleeping: { readonly thread: Thread; readonly until: number }[] = [];
  /** Counts turns in which something else than a spin happened. */
  #round = 0;
  /** How often nothing could run and time went on to the next sleeper. */
  naps = 0;

  constructor(recorder: Recorder, choice: Choice) {
    this.#recorder = recorder;
    this.#choice = choice;
  }

  /** A new thread, runnable at once. `hop` is the thread_create or kthread_entry hop that its first stage ends, or -1. */
  spawn(thread: Thread, hop = -1): void {
    thread.strand.arriving = hop;
    this.#runnable.push(thread);
  }

  /**
   * A new thread that the running one makes, as `pthread_create` does: another processor may already run it, up to where it
   * first waits, before its maker goes on. That is a choice too; first come, first served lets the maker go on.
   */
  spawnBeside(thread: Thread, hop: number): void {
    const maker = this.#current;
    if (maker === undefined || this.#choice(2, [maker, thread]) !== 1) {
      this.spawn(thread, hop);
      return;
    }
    thread.strand.arriving = hop;
    const { running } = this.#recorder;
    this.#go(thread);
    this.#current = maker;
    this.#recorder.switchTo(running);
  }

  /** Wakes all threads of `queue`; `hop` (waitqueue_wake, eventfd, ...) ends in the stage that each of them waits in. */
  wake(queue: WaitQueue, hop: number): void {
    for (const thread of queue.waiting.splice(0)) {
      thread.blocked = false;
      thread.cause = hop;
      if (hop >= 0) {
        this.#recorder.arriveAtTop(thread.strand, hop);
      }
      this.#runnable.push(thread);
    }
  }

  /** Number of threads that could run now. */
  get runnable(): number {
    return this.#runnable.length;
  }

  /**
   * Runs until nothing can run any more (`quiet`), until all that can run only spins (`stuck`), until `turns` turns are
   * used up, or until `stop` says so between two turns.
   */
  run(turns: number, stop: () => boolean = () => false): RunEnd {
    for (let turn = 0; turn < turns; turn++) {
      if (stop()) {
        return 'stopped';
      }
      if (this.#runnable.length === 0) {
        if (!this.#wakeSleeper()) {
          return 'quiet';
        }
        this.naps++;
      }
      this.#turn();
      if (this.#allSpin() && !this.#wakeSleeper()) {
        return 'stuck';
      }
    }
    return 'turns-used-up';
  }

  #turn(): void {
    const pick = this.#runnable.length === 1 ? 0 : this.#choice(this.#runnable.length, this.#runnable);
    const thread = this.#runnable.splice(pick, 1)[0];
    if (thread === undefined) {
      return;
    }
    if (thread.cause >= 0) {
      this.#recorder.now += COST.wakeUp;
      this.#recorder.resume(thread.strand, thread.cause);
      thread.cause = -1;
    } else {
      this.#recorder.switchTo(thread.strand);
    }
    this.#go(thread);
  }

  #go(thread: Thread): void {
    this.#current = thread;
    const before = this.#recorder.length;
    const step = thread.body.next();
    // A turn that leaves no event changes nothing: it only looked whether it may go on.
    thread.log?.push(step.value !== SPIN || this.#recorder.length !== before);
    if (step.done !== true) {
      this.#suspend(thread, step.value);
    } else {
      this.#round++;
    }
  }

  /** Whether every thread that could run has only spun, several times over, since anything else happened. */
  #allSpin(): boolean {
    return (
      this.#runnable.length > 0 &&
      this.#runnable.every((thread) => thread.round === this.#round && thread.spins >= PATIENCE)
    );
  }

  #suspend(thread: Thread, why: Suspend): void {
    if (why === SPIN) {
      thread.spins = thread.round === this.#round ? thread.spins + 1 : 1;
      thread.round = this.#round;
      this.#recorder.now += COST.spin;
      this.#runnable.push(thread);
      return;
    }
    this.#round++;
    thread.blocked = true;
    if (why instanceof Sleep) {
      this.#sleeping.push({ thread, until: why.until });
    } else {
      why.waiting.push(thread);
    }
  }

  #wakeSleeper(): boolean {
    const next = this.#sleeping.reduce((best, one, at, all) => (one.until < (all[best]?.until ?? 0) ? at : best), 0);
    const sleeper = this.#sleeping.splice(next, 1)[0];
    if (sleeper === undefined) {
      return false;
    }
    this.#round++;
    this.#recorder.now = Math.max(this.#recorder.now, sleeper.until);
    sleeper.thread.blocked = false;
    this.#runnable.push(sleeper.thread);
    return true;
  }
}

/** Blocks until `ready` holds: `wait_event` and its family. `expr` is the waiting call as written in C. */
export function* waitUntil(
  cx: Cx,
  queue: WaitQueue,
  expr: string,
  ready: () => boolean,
): Generator<Suspend, void, unknown> {
  while (!ready()) {
    const hop = cx.hop('waitqueue_wait', expr);
    cx.recorder.arriveAtTop(cx.strand, hop);
    cx.recorder.block(expr);
    yield queue;
  }
}

/** Spins until `ready` holds; recorded once, with the number of turns. */
export function* spinUntil(cx: Cx, expr: string, ready: () => boolean): Generator<typeof SPIN, void, unknown> {
  let turns = 0;
  while (!ready()) {
    turns++;
    yield SPIN;
  }
  if (turns > 0) {
    cx.recorder.switchTo(cx.strand);
    cx.recorder.spin(expr, turns);
  }
}

/** Wakes `queue` from the running stage: records the hop and makes the waiting threads runnable. */
export function wakeUp(
  cx: Cx,
  scheduler: Scheduler,
  queue: WaitQueue,
  expr: string,
  kind: HopKind = 'waitqueue_wake',
): void {
  scheduler.wake(queue, cx.hop(kind, expr));
}

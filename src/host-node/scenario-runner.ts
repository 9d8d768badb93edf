import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { CancelSignal } from '../base/cancel.ts';
import type { Disposable } from '../base/disposable.ts';
import { type Problem, ProblemError, problem } from '../base/problem.ts';
import type { Result } from '../base/result.ts';
import type { Exploration, ExploreBounds, Progress } from '../scenarios/explore.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { traceOf } from '../trace/transfer.ts';
import { endWorker, rejectOwed } from './end-worker.ts';
import { besideProgram } from './grammar.ts';
import { emulate, exploreJob } from './run-job.ts';
import type { Answered, Asked, ExploreJob, HashedRun, RunJob } from './run-messages.ts';

/** Milliseconds between two looks at the cancel signal. */
const CANCEL_POLL = 20;

type Last = Exclude<Answered, { readonly t: 'progress' }>;

interface Pending {
  readonly resolve: (answered: Last) => void;
  readonly reject: (reason: ProblemError) => void;
  readonly progress: Progress;
}

/**
 * Runs scenarios in a worker thread, so that a long one holds up nobody. The thread starts with the first job and stays; a
 * job that is cancelled ends it at once, and the next one starts another. Rejects with a `ProblemError`: `cancelled`,
 * `worker-failed`, or what the run itself says. It is asked one thing at a time: what is cancelled ends all that it does.
 */
export class ScenarioRunner implements Disposable {
  readonly #program: string;
  readonly #pending = new Map<number, Pending>();
  #worker: Worker | undefined;
  #next = 0;

  /** `program`: the worker's. Where there is none (run from source) the thread that asks does the work. */
  constructor(program: string = besideProgram('run-worker.cjs')) {
    this.#program = program;
  }

  /** Runs a scenario; `realFile` takes what its file backend writes. */
  async run(scenario: Scenario, cancel: CancelSignal, realFile?: string): Promise<HashedRun> {
    const job: RunJob = { do: 'run', scenario, realFile };
    if (!existsSync(this.#program)) {
      return valueOrThrow(emulate(job));
    }
    const answered = await this.#ask(job, cancel);
    if (answered.t !== 'run') {
      throw new ProblemError(problem('worker-failed', { reason: answered.t }));
    }
    const run = valueOrThrow(answered.result);
    return { ...run, trace: traceOf(run.trace) };
  }

  /**
   * Runs the schedules of a scenario; `progress` is told how many are done. One that is cancelled answers with what it has
   * found, `complete: false`, after the schedule that it is at.
   */
  async explore(
    scenario: Scenario,
    bounds: ExploreBounds,
    cancel: CancelSignal,
    progress: Progress = () => undefined,
  ): Promise<Exploration> {
    const stop = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
    const job: ExploreJob = { do: 'explore', scenario, bounds, stop };
    if (!existsSync(this.#program)) {
      return valueOrThrow(exploreJob(job, progress));
    }
    const answered = await this.#ask(job, stopping(cancel, stop), progress);
    if (answered.t !== 'explored') {
      throw new ProblemError(problem('worker-failed', { reason: answered.t }));
    }
    return valueOrThrow(answered.result);
  }

  dispose(): void {
    this.#end(problem('cancelled', {}));
  }

  async #ask(job: Asked['job'], cancel: CancelSignal, progress: Progress = () => undefined): Promise<Last> {
    const poll = setInterval(() => {
      if (cancel.cancelled) {
        this.#end(problem('cancelled', {}));
      }
    }, CANCEL_POLL);
    try {
      return await new Promise<Last>((resolve, reject) => {
        const id = this.#next++;
        const worker = this.#running();
        this.#pending.set(id, { resolve, reject, progress });
        worker.postMessage({ id, job } satisfies Asked);
      });
    } finally {
      clearInterval(poll);
    }
  }

  #running(): Worker {
    if (this.#worker !== undefined) {
      return this.#worker;
    }
    const worker = new Worker(this.#program);
    worker.on('message', (answered: Answered) => this.#settle(answered));
    worker.once('error', (error) => this.#end(problem('worker-failed', { reason: String(error) })));
    worker.once('exit', (code) => this.#end(problem('worker-failed', { reason: `exit ${code}` })));
    worker.unref();
    this.#worker = worker;
    return worker;
  }

  #settle(answered: Answered): void {
    const pending = this.#pending.get(answered.id);
    if (answered.t === 'progress') {
      pending?.progress(answered.done, answered.of);
      return;
    }
    this.#pending.delete(answered.id);
    pending?.resolve(answered);
  }

  /** Ends the thread; everything that it still owes ends with `reason`. */
  #end(reason: Problem): void {
    const worker = this.#worker;
    this.#worker = undefined;
    endWorker(worker);
    rejectOwed(this.#pending, reason);
  }
}

/** Milliseconds that a cancelled exploration has for the schedule that it is at; then its thread is ended. */
const PATIENCE = 10_000;

/** Passes a cancel on to the worker by `stop`, and is itself cancelled only where the worker does not answer to that. */
function stopping(cancel: CancelSignal, stop: Int32Array): CancelSignal {
  let asked: number | undefined;
  return {
    get cancelled() {
      if (cancel.cancelled && asked === undefined) {
        asked = performance.now();
        Atomics.store(stop, 0, 1);
      }
      return asked !== undefined && performance.now() - asked > PATIENCE;
    },
  };
}

function valueOrThrow<T>(result: Result<T, Problem>): T {
  if (!result.ok) {
    throw new ProblemError(result.error);
  }
  return result.value;
}

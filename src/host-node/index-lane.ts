import { Worker } from 'node:worker_threads';
import type { Disposable } from '../base/disposable.ts';
import { type ProblemError, problem } from '../base/problem.ts';
import { endWorker, rejectOwed } from './end-worker.ts';
import type { Batch, BatchResult, WorkerStart } from './index-messages.ts';

/** Who answers batches, one after the other: a worker thread, or the thread that asks. */
export interface Lane extends Disposable {
  index(batch: Batch): Promise<BatchResult>;
}

/** Milliseconds after which a batch counts as stuck and its worker is ended. */
const STUCK = 120_000;

interface Pending {
  readonly resolve: (result: BatchResult) => void;
  readonly reject: (error: ProblemError) => void;
  readonly timer: NodeJS.Timeout;
}

/** One worker thread. It is started with its first batch, and anew with the next one after it was stuck or died. */
export class WorkerLane implements Lane {
  readonly #program: string;
  readonly #start: WorkerStart;
  readonly #pending = new Map<number, Pending>();
  readonly #known = new Set<number>();
  #worker: Worker | undefined;

  constructor(program: string, start: WorkerStart) {
    this.#program = program;
    this.#start = start;
  }

  index(batch: Batch): Promise<BatchResult> {
    const worker = this.#running();
    const { dialect, ...rest } = batch;
    const message = this.#known.has(batch.dialectId) || dialect === undefined ? rest : { ...rest, dialect };
    this.#known.add(batch.dialectId);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#fail('stuck'), STUCK);
      this.#pending.set(batch.id, { resolve, reject, timer });
      worker.postMessage(message);
    });
  }

  dispose(): void {
    this.#fail('ended');
  }

  #running(): Worker {
    if (this.#worker !== undefined) {
      return this.#worker;
    }
    const worker = new Worker(this.#program, { workerData: this.#start });
    worker.on('message', (result: BatchResult) => this.#settle(result));
    worker.once('error', (error) => this.#fail(String(error)));
    worker.once('exit', (code) => this.#fail(`exit ${code}`));
    this.#worker = worker;
    this.#known.clear();
    return worker;
  }

  #settle(result: BatchResult): void {
    const pending = this.#pending.get(result.id);
    this.#pending.delete(result.id);
    clearTimeout(pending?.timer);
    pending?.resolve(result);
  }

  /** Ends the thread and answers for what it still owes. */
  #fail(reason: string): void {
    const worker = this.#worker;
    this.#worker = undefined;
    endWorker(worker);
    for (const { timer } of this.#pending.values()) {
      clearTimeout(timer);
    }
    rejectOwed(this.#pending, problem('worker-failed', { reason }));
  }
}

/** The thread that asks, giving way to others between two batches. */
export class OwnThread implements Lane {
  readonly #run: (batch: Batch) => BatchResult;

  constructor(run: (batch: Batch) => BatchResult) {
    this.#run = run;
  }

  async index(batch: Batch): Promise<BatchResult> {
    await new Promise<void>((resume) => setImmediate(resume));
    return this.#run(batch);
  }

  dispose(): void {}
}

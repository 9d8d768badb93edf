import { existsSync } from 'node:fs';
import type { CancelSignal } from '../base/cancel.ts';
import type { Disposable } from '../base/disposable.ts';
import { type Problem, ProblemError, problem } from '../base/problem.ts';
import type { Dialect } from '../indexer/dialect.ts';
import type { FileFacts } from '../indexer/facts.ts';
import { createWasmEngine } from '../indexer/wasm-engine.ts';
import { besideProgram, defaultWorkers, readWasm } from './grammar.ts';
import { indexBatch } from './index-batch.ts';
import { type Lane, WorkerLane } from './index-lane.ts';
import type { Batch, BatchResult, FileJob } from './index-messages.ts';

/** Facts in the order of the files asked for, and what went wrong with single files. */
export interface IndexResult {
  readonly facts: readonly FileFacts[];
  readonly problems: readonly Problem[];
}

/** Text units that make a batch: small enough that cancelling is prompt, large enough that messages cost little. */
const BATCH_UNITS = 1 << 18;
const BATCH_FILES = 64;
/** Milliseconds between two looks at the cancel signal. */
const CANCEL_POLL = 20;
/**
 * Indexes files in worker threads. The facts do not depend on the number of threads: they come in the order of the
 * files asked for. Rejects with `cancelled` where the signal says so, with `worker-failed` where a thread died.
 */
export class IndexPool implements Disposable {
  readonly #lanes: readonly Lane[];
  readonly #dialects = new Map<Dialect, number>();
  #nextBatch = 0;

  constructor(lanes: readonly Lane[]) {
    this.#lanes = lanes;
  }

  /** Starts the threads; without a worker program beside this one (run from source) this thread does the work. */
  static async start(
    workers: number = defaultWorkers(),
    program = besideProgram('index-worker.cjs'),
  ): Promise<IndexPool> {
    const wasm = await readWasm();
    if (!existsSync(program)) {
      const engine = await createWasmEngine(wasm);
      const dialects = new Map<number, Dialect>();
      return new IndexPool([new OwnThread((batch) => indexHere(batch, engine, dialects))]);
    }
    return new IndexPool(Array.from({ length: Math.max(1, workers) }, () => new WorkerLane(program, { wasm })));
  }

  /** Facts of texts that are at hand. */
  indexTexts(dialect: Dialect, files: readonly FileJob[], cancel: CancelSignal): Promise<IndexResult> {
    return this.#index(dialect, '', files, cancel);
  }

  /** Facts of files below a folder; the threads read them. */
  indexFiles(dialect: Dialect, root: string, paths: readonly string[], cancel: CancelSignal): Promise<IndexResult> {
    return this.#index(
      dialect,
      root,
      paths.map((path) => ({ path })),
      cancel,
    );
  }

  dispose(): void {
    for (const lane of this.#lanes) {
      lane.dispose();
    }
  }

  async #index(dialect: Dialect, root: string, files: readonly FileJob[], cancel: CancelSignal): Promise<IndexResult> {
    const dialectId = this.#idOf(dialect);
    const batches = split(files).map((part) => ({ id: this.#nextBatch++, dialectId, dialect, root, files: part }));
    const results: BatchResult[] = [];
    const waiting = [...batches.entries()];
    const drain = async (lane: Lane): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        throwIfCancelled(cancel);
        results[next[0]] = await lane.index(next[1]);
      }
    };
    try {
      await untilCancelled(Promise.all(this.#lanes.map(drain)), cancel);
    } finally {
      waiting.length = 0;
    }
    return { facts: results.flatMap((r) => r.facts), problems: results.flatMap((r) => r.problems) };
  }

  #idOf(dialect: Dialect): number {
    const id = this.#dialects.get(dialect) ?? this.#dialects.size;
    this.#dialects.set(dialect, id);
    return id;
  }
}

function indexHere(
  batch: Batch,
  engine: Parameters<typeof indexBatch>[3],
  dialects: Map<number, Dialect>,
): BatchResult {
  const dialect = batch.dialect ?? dialects.get(batch.dialectId);
  if (dialect === undefined) {
    throw new Error(`no dialect ${batch.dialectId}`);
  }
  dialects.set(batch.dialectId, dialect);
  return indexBatch(batch.id, batch.root, batch.files, engine, dialect);
}

/** Files in their order, in batches of about the same size. */
function split(files: readonly FileJob[]): FileJob[][] {
  const batches: FileJob[][] = [];
  let batch: FileJob[] = [];
  let units = 0;
  for (const file of files) {
    batch.push(file);
    units += file.text?.length ?? BATCH_UNITS / BATCH_FILES;
    if (units >= BATCH_UNITS || batch.length >= BATCH_FILES) {
      batches.push(batch);
      batch = [];
      units = 0;
    }
  }
  return batch.length === 0 ? batches : [...batches, batch];
}

function throwIfCancelled(cancel: CancelSignal): void {
  if (cancel.cancelled) {
    throw new ProblemError(problem('cancelled', {}));
  }
}

/** Settles with the work, or rejects soon after the signal says so; the work's own end is then awaited by nobody. */
async function untilCancelled<T>(work: Promise<T>, cancel: CancelSignal): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const cancelled = new Promise<never>((_, reject) => {
    timer = setInterval(() => {
      if (cancel.cancelled) {
        reject(new ProblemError(problem('cancelled', {})));
      }
    }, CANCEL_POLL);
  });
  try {
    return await Promise.race([work, cancelled]);
  } finally {
    clearInterval(timer);
    work.catch(() => undefined);
  }
}

/** The thread that asks, giving way to others between two batches. */
class OwnThread implements Lane {
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

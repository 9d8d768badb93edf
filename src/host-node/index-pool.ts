import { existsSync } from 'node:fs';
import type { CancelSignal } from '../base/cancel.ts';
import type { Disposable } from '../base/disposable.ts';
import { type Problem, ProblemError, problem } from '../base/problem.ts';
import type { Dialect } from '../indexer/dialect.ts';
import type { FileFacts } from '../indexer/facts.ts';
import { BatchIndexer } from './batch-indexer.ts';
import { createEngine, type EngineChoice, findEngine } from './engines.ts';
import { type CacheSettings, FactCache } from './fact-cache.ts';
import { besideProgram, defaultWorkers } from './grammar.ts';
import { type Lane, OwnThread, WorkerLane } from './index-lane.ts';
import type { BatchResult, FileJob, Want, WorkerStart } from './index-messages.ts';

/** Facts in the order of the files asked for, and what went wrong with single files. */
export interface IndexResult {
  readonly facts: readonly FileFacts[];
  readonly problems: readonly Problem[];
}

/** How a pool works; each has a default. */
export interface PoolOptions {
  /** Threads: all cores but one where left out, at least one. */
  readonly workers?: number;
  readonly engine?: EngineChoice;
  readonly cache?: CacheSettings | undefined;
  /** The worker's program. Where there is none (run from source) the thread that asks does the work. */
  readonly program?: string;
}

/** What a long run is told while it goes on, and asked to stop by. */
export interface RunOptions {
  readonly cancel: CancelSignal;
  readonly want: Want;
  /** Called after each batch, with what it brought; the order of batches is any. */
  readonly onBatch: (result: BatchResult, files: number) => void;
}

/** Bytes that make a batch: small enough that cancelling is prompt, large enough that messages cost little. */
const BATCH_BYTES = 1 << 18;
const BATCH_FILES = 64;
/** Milliseconds between two looks at the cancel signal. */
const CANCEL_POLL = 20;

/**
 * Indexes files in worker threads. The facts do not depend on the number of threads: they come in the order of the
 * files asked for. Rejects with `cancelled` where the signal says so, with `worker-failed` where a thread died.
 */
export class IndexPool implements Disposable {
  readonly #lanes: readonly Lane[];
  readonly #cache: CacheSettings | undefined;
  readonly #dialects = new Map<Dialect, number>();
  #nextBatch = 0;
  #keptBytes = 0;

  constructor(lanes: readonly Lane[], cache: CacheSettings | undefined) {
    this.#lanes = lanes;
    this.#cache = cache;
  }

  /** Finds a parser; threads are started with their first batch. */
  static async start(options: PoolOptions = {}): Promise<IndexPool> {
    const { workers = defaultWorkers(), cache, program = besideProgram('index-worker.cjs') } = options;
    const start: WorkerStart = { engine: await findEngine(options.engine), ...(cache === undefined ? {} : { cache }) };
    if (!existsSync(program)) {
      const engine = await createEngine(start.engine);
      const indexer = new BatchIndexer(engine, cache === undefined ? undefined : new FactCache(cache));
      return new IndexPool([new OwnThread((batch) => indexer.index(batch))], cache);
    }
    return new IndexPool(
      Array.from({ length: Math.max(1, workers) }, () => new WorkerLane(program, start)),
      cache,
    );
  }

  /** Facts of texts that are at hand. */
  indexTexts(dialect: Dialect, files: readonly FileJob[], cancel: CancelSignal): Promise<IndexResult> {
    return this.#facts(dialect, '', files, cancel);
  }

  /** Facts of files below a folder; the threads read them. */
  indexFiles(dialect: Dialect, root: string, paths: readonly string[], cancel: CancelSignal): Promise<IndexResult> {
    const files = paths.map((path) => ({ path }));
    return this.#facts(dialect, root, files, cancel);
  }

  /** Indexes files below a folder and hands on what each batch brings; nothing is gathered here. */
  async run(dialect: Dialect, root: string, files: readonly FileJob[], options: RunOptions): Promise<void> {
    const { cancel, want, onBatch } = options;
    const dialectId = this.#idOf(dialect);
    const waiting = split(files);
    const drain = async (lane: Lane): Promise<void> => {
      for (let part = waiting.pop(); part !== undefined; part = waiting.pop()) {
        throwIfCancelled(cancel);
        const result = await lane.index({ id: this.#nextBatch++, dialectId, dialect, root, files: part, want });
        this.#keptBytes += result.keptBytes;
        onBatch(result, part.length);
      }
    };
    try {
      await untilCancelled(Promise.all(this.#lanes.map(drain)), cancel);
    } finally {
      waiting.length = 0;
    }
  }

  /** Ends the threads, and lets the cache be bounded where much was added to it: nobody waits for that. */
  dispose(): void {
    for (const lane of this.#lanes) {
      lane.dispose();
    }
    if (this.#cache !== undefined && this.#keptBytes > 0) {
      new FactCache(this.#cache).sweep(this.#keptBytes).catch(() => undefined);
      this.#keptBytes = 0;
    }
  }

  async #facts(dialect: Dialect, root: string, files: readonly FileJob[], cancel: CancelSignal): Promise<IndexResult> {
    const order = new Map(files.map((file, at) => [file.path, at]));
    const facts: FileFacts[] = [];
    const problems: Problem[] = [];
    const onBatch = (result: BatchResult): void => {
      facts.push(...result.facts);
      problems.push(...result.problems);
    };
    await this.run(dialect, root, files, { cancel, want: 'facts', onBatch });
    return { facts: inOrder(facts, (one) => order.get(one.path)), problems: inOrder(problems, placeIn(order)) };
  }

  #idOf(dialect: Dialect): number {
    const id = this.#dialects.get(dialect) ?? this.#dialects.size;
    this.#dialects.set(dialect, id);
    return id;
  }
}

/** Where the file that a problem names stands in the order asked for; what names none comes last. */
const placeIn =
  (order: ReadonlyMap<string, number>) =>
  ({ args }: Problem): number | undefined =>
    'path' in args ? order.get(args.path) : undefined;

function inOrder<T>(items: readonly T[], placeOf: (item: T) => number | undefined): T[] {
  const place = (item: T): number => placeOf(item) ?? Number.MAX_SAFE_INTEGER;
  return items.toSorted((a, b) => place(a) - place(b));
}

/** Files in batches of about the same size; the largest files come last, they are taken first. */
function split(files: readonly FileJob[]): FileJob[][] {
  const batches: FileJob[][] = [];
  let batch: FileJob[] = [];
  let bytes = 0;
  for (const file of files.toSorted((a, b) => sizeOf(a) - sizeOf(b))) {
    batch.push(file);
    bytes += sizeOf(file);
    if (bytes >= BATCH_BYTES || batch.length >= BATCH_FILES) {
      batches.push(batch);
      batch = [];
      bytes = 0;
    }
  }
  return batch.length === 0 ? batches : [...batches, batch];
}

const sizeOf = (file: FileJob): number => file.size ?? file.text?.length ?? BATCH_BYTES / BATCH_FILES;

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

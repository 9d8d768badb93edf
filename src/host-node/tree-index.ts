import path from 'node:path';
import type { CancelSignal } from '../base/cancel.ts';
import type { Problem } from '../base/problem.ts';
import { type Dialect, plainC } from '../indexer/dialect.ts';
import { DIALECTS } from '../sourcemap/dialects/dialects.ts';
import { identifyTree } from '../sourcemap/trees.ts';
import { addCounts, type FunctionRow, type IndexCounts, NO_COUNTS } from './index-counts.ts';
import type { BatchResult, Want } from './index-messages.ts';
import { IndexPool, type PoolOptions } from './index-pool.ts';
import { listTreeFiles } from './tree-files.ts';
import { FileTreeReader } from './tree-reader.ts';

/** How a whole tree is indexed. */
export interface TreeIndexOptions {
  readonly cancel: CancelSignal;
  /** How to start threads, or those that are there already: then they go on afterwards. */
  readonly pool: PoolOptions | IndexPool;
  /** `functions`: every function definition is listed too. */
  readonly want: Exclude<Want, 'facts'>;
  /** Told how far it is, at most ten times a second. */
  readonly onProgress?: (done: number, all: number) => void;
}

/** What a whole tree holds. */
export interface TreeIndex {
  readonly counts: IndexCounts;
  /** Name of the parser; `''` where there was nothing to parse. */
  readonly engine: string;
  /** In the order of files and lines. */
  readonly functions: readonly FunctionRow[];
  readonly problems: readonly Problem[];
}

const PROGRESS_MS = 100;

/**
 * Reads and indexes every C, header and assembler file below a folder in worker threads; with a cache, each file's facts
 * are kept there. Memory stays bounded: no facts are gathered. Rejects with `no-such-folder`, `cancelled`,
 * `worker-failed`.
 */
export async function indexTree(root: string, options: TreeIndexOptions): Promise<TreeIndex> {
  const { files, problems } = await listTreeFiles(root, options.cancel);
  const dialect = await dialectFor(root);
  const gathered = new Gathered(files.length, problems, options.onProgress);
  const own = options.pool instanceof IndexPool ? undefined : await IndexPool.start(options.pool);
  try {
    const { cancel, want } = options;
    const pool = own ?? (options.pool as IndexPool);
    await pool.run(dialect, root, files, { cancel, want, onBatch: (result, done) => gathered.add(result, done) });
  } finally {
    own?.dispose();
  }
  return gathered.end();
}

/** The dialect of the tree in which a folder stands: its own landmarks tell, or those of a folder above it. */
async function dialectFor(root: string): Promise<Dialect> {
  for (let folder = path.resolve(root); ; folder = path.dirname(folder)) {
    const kind = await identifyTree(new FileTreeReader(folder));
    if (kind !== undefined) {
      return DIALECTS[kind];
    }
    if (path.dirname(folder) === folder) {
      return plainC;
    }
  }
}

class Gathered {
  readonly #all: number;
  readonly #problems: Problem[];
  readonly #onProgress: ((done: number, all: number) => void) | undefined;
  readonly #functions: FunctionRow[] = [];
  #counts = NO_COUNTS;
  #engine = '';
  #done = 0;
  #told = 0;

  constructor(
    all: number,
    problems: readonly Problem[],
    onProgress: ((done: number, all: number) => void) | undefined,
  ) {
    this.#all = all;
    this.#problems = [...problems];
    this.#onProgress = onProgress;
  }

  add(result: BatchResult, files: number): void {
    this.#counts = addCounts(this.#counts, result.counts);
    this.#engine = result.engine;
    this.#problems.push(...result.problems);
    for (const row of result.functions) {
      this.#functions.push(row);
    }
    this.#done += files;
    if (performance.now() - this.#told > PROGRESS_MS) {
      this.#told = performance.now();
      this.#onProgress?.(this.#done, this.#all);
    }
  }

  end(): TreeIndex {
    this.#functions.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line));
    return {
      counts: this.#counts,
      engine: this.#engine,
      functions: this.#functions,
      problems: this.#problems.toSorted((a, b) => (pathOf(a) < pathOf(b) ? -1 : 1)),
    };
  }
}

const pathOf = ({ args }: Problem): string => ('path' in args ? args.path : '');

import type { Problem } from '../base/problem.ts';
import type { Dialect } from '../indexer/dialect.ts';
import type { FileFacts } from '../indexer/facts.ts';
import type { EngineSource } from './engines.ts';
import type { CacheSettings } from './fact-cache.ts';
import type { FunctionRow, IndexCounts } from './index-counts.ts';

/** What a worker is started with. */
export interface WorkerStart {
  readonly engine: EngineSource;
  /** Where facts are looked up before a file is parsed, and kept afterwards. */
  readonly cache?: CacheSettings;
}

/** A file to index: its text, or (`text` left out) to be read below the batch's `root`; `size` in bytes, where known. */
export interface FileJob {
  readonly path: string;
  readonly text?: string;
  readonly size?: number;
}

/** What is asked for: all facts; counts alone, for a tree whose facts nobody could hold; or counts and functions. */
export type Want = 'facts' | 'counts' | 'functions';

/** Some files for a worker; `dialect` is sent with the first batch that uses it. */
export interface Batch {
  readonly id: number;
  readonly dialectId: number;
  readonly dialect?: Dialect;
  readonly root: string;
  readonly files: readonly FileJob[];
  readonly want: Want;
}

/** Answer to a batch, in the order of its files; a file that could not be read has no facts, but a problem. */
export interface BatchResult {
  readonly id: number;
  /** Name of the parser. */
  readonly engine: string;
  readonly facts: readonly FileFacts[];
  readonly functions: readonly FunctionRow[];
  readonly counts: IndexCounts;
  readonly problems: readonly Problem[];
  /** Bytes that were added to the cache. */
  readonly keptBytes: number;
}

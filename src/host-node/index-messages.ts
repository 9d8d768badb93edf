import type { Problem } from '../base/problem.ts';
import type { Dialect } from '../indexer/dialect.ts';
import type { FileFacts } from '../indexer/facts.ts';
import type { WasmBytes } from '../indexer/wasm-engine.ts';

/** What a worker is started with. */
export interface WorkerStart {
  readonly wasm: WasmBytes;
}

/** A file to index: its text, or (`text` left out) to be read below `root`. */
export interface FileJob {
  readonly path: string;
  readonly text?: string;
}

/** Some files for a worker; `dialect` is sent with the first batch that uses it. */
export interface Batch {
  readonly id: number;
  readonly dialectId: number;
  readonly dialect?: Dialect;
  readonly root: string;
  readonly files: readonly FileJob[];
}

/** Facts of a batch, in the order of its files; a file that could not be read has none, but a problem. */
export interface BatchResult {
  readonly id: number;
  readonly facts: readonly FileFacts[];
  readonly problems: readonly Problem[];
}

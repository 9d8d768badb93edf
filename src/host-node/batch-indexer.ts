import type { Dialect } from '../indexer/dialect.ts';
import type { ParseEngine } from '../indexer/engine.ts';
import type { FactCache } from './fact-cache.ts';
import { indexBatch } from './index-batch.ts';
import type { Batch, BatchResult } from './index-messages.ts';

/** Indexes batches with one parser; a dialect comes with the first batch that uses it. */
export class BatchIndexer {
  readonly #engine: ParseEngine;
  readonly #cache: FactCache | undefined;
  readonly #dialects = new Map<number, Dialect>();
  #unwritable = false;

  constructor(engine: ParseEngine, cache: FactCache | undefined) {
    this.#engine = engine;
    this.#cache = cache;
  }

  /** Answers a batch; `cache-unwritable` comes with the first batch after the cache failed, once. */
  index(batch: Batch): BatchResult {
    if (batch.dialect !== undefined) {
      this.#dialects.set(batch.dialectId, batch.dialect);
    }
    const dialect = this.#dialects.get(batch.dialectId);
    if (dialect === undefined) {
      throw new Error(`no dialect ${batch.dialectId}`);
    }
    const result = indexBatch(batch, { engine: this.#engine, dialect, cache: this.#cache });
    const failed = this.#unwritable ? undefined : this.#cache?.problem;
    this.#unwritable ||= failed !== undefined;
    return failed === undefined ? result : { ...result, problems: [...result.problems, failed] };
  }
}

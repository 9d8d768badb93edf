import type { CancelSignal } from '../base/cancel.ts';
import type { FileFacts } from '../indexer/facts.ts';
import { DIALECTS } from '../sourcemap/dialects/dialects.ts';
import type { FactsSource, SourceFile } from '../sourcemap/facts-source.ts';
import type { TreeKind } from '../sourcemap/trees.ts';
import { IndexPool } from './index-pool.ts';

/** Facts out of worker threads, for as long as `use` runs. */
export async function withFactsSource<T>(use: (source: FactsSource) => Promise<T>): Promise<T> {
  const pool = await IndexPool.start();
  try {
    return await use(new PoolFacts(pool));
  } finally {
    pool.dispose();
  }
}

class PoolFacts implements FactsSource {
  readonly #pool: IndexPool;

  constructor(pool: IndexPool) {
    this.#pool = pool;
  }

  async factsOf(kind: TreeKind, files: readonly SourceFile[], cancel: CancelSignal): Promise<readonly FileFacts[]> {
    return (await this.#pool.indexTexts(DIALECTS[kind], files, cancel)).facts;
  }
}

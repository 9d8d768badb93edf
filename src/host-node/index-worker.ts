import { parentPort, workerData } from 'node:worker_threads';
import { BatchIndexer } from './batch-indexer.ts';
import { createEngine } from './engines.ts';
import { FactCache } from './fact-cache.ts';
import type { Batch, WorkerStart } from './index-messages.ts';

/** Entry of a worker thread: indexes the batches it is sent, one after the other, and answers each. */
export function serve(port: NonNullable<typeof parentPort>, start: WorkerStart): void {
  const cache = start.cache === undefined ? undefined : new FactCache(start.cache);
  const indexer = createEngine(start.engine).then((engine) => new BatchIndexer(engine, cache));
  const answer = async (batch: Batch): Promise<void> => port.postMessage((await indexer).index(batch));
  port.on('message', (batch: Batch) => {
    answer(batch).catch((error: unknown) => {
      // Ends this thread; the pool sees its exit and answers for the batch.
      setImmediate(() => {
        throw error;
      });
    });
  });
}

if (parentPort !== null && workerData !== null) {
  serve(parentPort, workerData as WorkerStart);
}

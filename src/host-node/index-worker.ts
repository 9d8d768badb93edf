import { parentPort, workerData } from 'node:worker_threads';
import type { Dialect } from '../indexer/dialect.ts';
import type { ParseEngine } from '../indexer/engine.ts';
import { createWasmEngine } from '../indexer/wasm-engine.ts';
import { indexBatch } from './index-batch.ts';
import type { Batch, WorkerStart } from './index-messages.ts';

/** Entry of a worker thread: indexes the batches it is sent, one after the other, and answers each. */
export function serve(port: NonNullable<typeof parentPort>, start: WorkerStart): void {
  const dialects = new Map<number, Dialect>();
  const engine = createWasmEngine(start.wasm);
  const answer = async (batch: Batch): Promise<void> => {
    if (batch.dialect !== undefined) {
      dialects.set(batch.dialectId, batch.dialect);
    }
    port.postMessage(run(batch, await engine, dialects.get(batch.dialectId)));
  };
  port.on('message', (batch: Batch) => {
    answer(batch).catch((error: unknown) => {
      // Ends this thread; the pool sees its exit and answers for the batch.
      setImmediate(() => {
        throw error;
      });
    });
  });
}

function run(batch: Batch, engine: ParseEngine, dialect: Dialect | undefined): ReturnType<typeof indexBatch> {
  if (dialect === undefined) {
    throw new Error(`no dialect ${batch.dialectId}`);
  }
  return indexBatch(batch.id, batch.root, batch.files, engine, dialect);
}

if (parentPort !== null && workerData !== null) {
  serve(parentPort, workerData as WorkerStart);
}

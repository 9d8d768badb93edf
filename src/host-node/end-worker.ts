import type { Worker } from 'node:worker_threads';
import { type Problem, ProblemError } from '../base/problem.ts';

/** Ends a thread that nobody listens to any more. */
export function endWorker(worker: Worker | undefined): void {
  worker?.removeAllListeners();
  worker?.terminate().catch(() => undefined);
}

/** Rejects every answer that is still owed. The map is empty by then: whoever is rejected may ask anew. */
export function rejectOwed(
  pending: Map<number, { readonly reject: (reason: ProblemError) => void }>,
  reason: Problem,
): void {
  const owed = [...pending.values()];
  pending.clear();
  for (const { reject } of owed) {
    reject(new ProblemError(reason));
  }
}

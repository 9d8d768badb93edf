import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { ProblemError, problem } from '../../base/problem.ts';
import { RouteIndex } from '../../sourcemap/path/route-index.ts';
import type { RouteFile } from '../../sourcemap/path/route-types.ts';
import { CachedFacts } from '../facts.ts';
import { IntelDesk } from './intel-desk.ts';
import type { FromWorker, IntelStart, ToWorker } from './intel-messages.ts';
import { type FactsProgress, KeptFacts } from './kept-facts.ts';

type Port = NonNullable<typeof parentPort>;

/** A desk for these routes, with facts of its own. */
export function makeDesk(start: IntelStart, say: (message: FromWorker) => void): IntelDesk {
  const facts = new CachedFacts({
    cacheFolder: start.cacheFolder,
    onProblem: (one) => say({ t: 'problem', problem: one }),
  });
  const progress: FactsProgress = (done, of) => say({ t: 'progress', done, of });
  // The build made the file, and a test compares it with fresh runs.
  const routes = JSON.parse(readFileSync(start.routes, 'utf8')) as RouteFile;
  return new IntelDesk(new KeptFacts(facts, progress), new RouteIndex(routes));
}

/** Entry of a worker thread: answers what the editor asks, several questions at a time. */
export function serve(port: Port, start: IntelStart): void {
  const say = (message: FromWorker): void => port.postMessage(message);
  const desk = makeDesk(start, say);
  const running = new Map<number, { cancelled: boolean }>();
  const answer = async (id: number, message: Extract<ToWorker, { t: 'ask' }>): Promise<void> => {
    const cancel = { cancelled: false };
    running.set(id, cancel);
    try {
      say({ t: 'answer', id, answer: await desk.answer(message.ask, cancel) });
    } catch (reason) {
      const failed =
        reason instanceof ProblemError ? reason.problem : problem('worker-failed', { reason: String(reason) });
      say({ t: 'failed', id, problem: failed });
    } finally {
      running.delete(id);
    }
  };
  port.on('message', (message: ToWorker) => {
    if (message.t === 'ask') {
      void answer(message.id, message);
    } else if (message.t === 'cancel') {
      const cancel = running.get(message.id);
      if (cancel !== undefined) {
        cancel.cancelled = true;
      }
    } else {
      desk.unsaved(message.text);
    }
  });
}

if (parentPort !== null && workerData !== null) {
  serve(parentPort, workerData as IntelStart);
}

import { parentPort } from 'node:worker_threads';
import { ok } from '../base/result.ts';
import { buffersOf, partsOf } from '../trace/transfer.ts';
import { emulate, exploreJob } from './run-job.ts';
import type { Answered, Asked } from './run-messages.ts';

type Port = NonNullable<typeof parentPort>;

/** Entry of a worker thread: runs the scenarios it is sent, one after the other, and gives their traces away. */
export function serve(port: Port): void {
  const answer = (answered: Answered, give: ArrayBuffer[] = []): void => port.postMessage(answered, give);
  port.on('message', ({ id, job }: Asked) => {
    if (job.do === 'explore') {
      const result = exploreJob(job, (done, of) => answer({ id, t: 'progress', done, of }));
      answer({ id, t: 'explored', result });
      return;
    }
    const run = emulate(job);
    if (!run.ok) {
      answer({ id, t: 'run', result: run });
      return;
    }
    const trace = partsOf(run.value.trace);
    answer({ id, t: 'run', result: ok({ ...run.value, trace }) }, buffersOf(trace));
  });
}

if (parentPort !== null) {
  serve(parentPort);
}

import type { OutputView } from '../../../protocol/inspect.ts';
import type { OutputLog } from '../../output-log.ts';
import type { Lens } from '../lens.ts';

/** What has left through each endpoint up to event `at`; what events `from` to `at` wrote is counted. */
export function outputView(lens: Lens, log: OutputLog, from: number, at: number): OutputView {
  const before = log.before(from);
  return {
    topic: 'output',
    outputs: log.before(at + 1).map(({ endpoint, total, tail }, index) => ({
      endpoint,
      total,
      tail,
      fresh: Math.min(tail.length, total - (before[index]?.total ?? 0)),
      writers: lens.outputWriters(index),
    })),
  };
}

import type { Problem } from '../base/problem.ts';
import { ok, type Result } from '../base/result.ts';
import { explore, type Progress } from '../scenarios/explore.ts';
import { FILE_BACKEND_PATH } from '../scenarios/named.ts';
import { type Run, runScenario } from '../scenarios/run.ts';
import { outsideOf } from '../scenarios/surroundings.ts';
import { traceHash } from '../trace/hash.ts';
import { RealFile } from './real-file.ts';
import type { ExploreJob, HashedRun, RunJob } from './run-messages.ts';

/** Runs a scenario, with its file backend on a real file where one is named; `cannot-write` where that cannot be opened. */
export function emulate(job: RunJob): Result<HashedRun, Problem> {
  const run = withOutside(job);
  return run.ok ? ok({ ...run.value, hash: traceHash(run.value.trace) }) : run;
}

function withOutside({ scenario, realFile }: RunJob): Result<Run, Problem> {
  if (realFile === undefined) {
    return runScenario(scenario);
  }
  const file = RealFile.open(realFile);
  if (!file.ok) {
    return file;
  }
  try {
    return runScenario(scenario, outsideOf(scenario, { files: new Map([[FILE_BACKEND_PATH, file.value]]) }));
  } finally {
    file.value.close();
  }
}

/** Runs the schedules of a scenario, until `stop` says that what is there will do. */
export const exploreJob = ({ scenario, bounds, stop }: ExploreJob, progress: Progress): ReturnType<typeof explore> =>
  explore(scenario, bounds, progress, {
    get cancelled() {
      return Atomics.load(stop, 0) !== 0;
    },
  });

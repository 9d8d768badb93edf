import type { Problem } from '../base/problem.ts';
import type { Result } from '../base/result.ts';
import { explore, type Progress } from '../scenarios/explore.ts';
import { FILE_BACKEND_PATH } from '../scenarios/named.ts';
import { type Run, runScenario } from '../scenarios/run.ts';
import { outsideOf } from '../scenarios/surroundings.ts';
import { RealFile } from './real-file.ts';
import type { ExploreJob, RunJob } from './run-messages.ts';

/** Runs a scenario, with its file backend on a real file where one is named; `cannot-write` where that cannot be opened. */
export function emulate({ scenario, realFile }: RunJob): Result<Run, Problem> {
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

/** Runs the schedules of a scenario. */
export const exploreJob = ({ scenario, bounds }: ExploreJob, progress: Progress): ReturnType<typeof explore> =>
  explore(scenario, bounds, progress);

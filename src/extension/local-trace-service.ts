import type { CancelSignal } from '../base/cancel.ts';
import type { Problem } from '../base/problem.ts';
import { ProblemError, problem } from '../base/problem.ts';
import type { Result } from '../base/result.ts';
import type { Outside } from '../emulator/boundaries.ts';
import { emulatedOutside } from '../emulator/outside/outside.ts';
import type { FactsHost } from '../host-node/facts.ts';
import { mapRun } from '../host-node/map-run.ts';
import { openTrees } from '../host-node/open-trees.ts';
import { RealFile, withRealFiles } from '../host-node/real-file.ts';
import { FILE_BACKEND_PATH, stock, withWrite } from '../scenarios/named.ts';
import { type Run, runScenario } from '../scenarios/run.ts';
import type { Wish } from './questions.ts';
import type { Traced, TraceRequest, TraceService, TraceStage } from './trace-service.ts';

/** Emulates in this process, which takes milliseconds, and reads the sources in worker threads. */
export class LocalTraceService implements TraceService {
  readonly #facts: FactsHost;

  /** `facts`: where the facts of C files are kept between runs. */
  constructor(facts: FactsHost) {
    this.#facts = facts;
  }

  async trace(request: TraceRequest, cancel: CancelSignal, report: (stage: TraceStage) => void): Promise<Traced> {
    const trees = valueOrThrow(await openTrees(request.folders));
    goOn(cancel);
    report('emulating');
    const run = emulate(request.wish);
    goOn(cancel);
    report('mapping');
    const map = await mapRun(run, ['set-up', 'run'], trees, cancel, this.#facts);
    goOn(cancel);
    return { run, map };
  }
}

function emulate(wish: Wish): Run {
  const scenario = withWrite(stock, wish.bytes, wish.backend);
  if (wish.realFile === undefined) {
    return valueOrThrow(runScenario(scenario, emulatedOutside()));
  }
  const file = valueOrThrow(RealFile.open(wish.realFile));
  try {
    const outside: Outside = withRealFiles(emulatedOutside(), { path: FILE_BACKEND_PATH, file });
    return valueOrThrow(runScenario(scenario, outside));
  } finally {
    file.close();
  }
}

function valueOrThrow<T>(result: Result<T, Problem>): T {
  if (!result.ok) {
    throw new ProblemError(result.error);
  }
  return result.value;
}

function goOn(cancel: CancelSignal): void {
  if (cancel.cancelled) {
    throw new ProblemError(problem('cancelled', {}));
  }
}

import type { CancelSignal } from '../base/cancel.ts';
import { ProblemError, problem } from '../base/problem.ts';
import { openTrees, type ReaderOf } from '../host-node/open-trees.ts';
import type { ScenarioRunner } from '../host-node/scenario-runner.ts';
import type { FactsSource } from '../sourcemap/facts-source.ts';
import { refsOfRun } from '../sourcemap/from-trace.ts';
import { buildMap } from '../sourcemap/map.ts';
import type { Traced, TraceRequest, TraceService, TraceStage } from './trace-service.ts';

/** What a window holds for its traces: where scenarios run, where facts come from, who reads files. */
export interface TraceTools {
  readonly runner: ScenarioRunner;
  readonly facts: FactsSource;
  readonly readerOf: ReaderOf;
}

/** Emulates in a worker thread and reads the sources in others. */
export class LocalTraceService implements TraceService {
  readonly #tools: TraceTools;

  constructor(tools: TraceTools) {
    this.#tools = tools;
  }

  async trace(request: TraceRequest, cancel: CancelSignal, report: (stage: TraceStage) => void): Promise<Traced> {
    const { runner, facts, readerOf } = this.#tools;
    const { scenario, realFile } = request.wish;
    const trees = await openTrees(request.folders, readerOf);
    if (!trees.ok) {
      throw new ProblemError(trees.error);
    }
    goOn(cancel);
    report('emulating');
    const run = await runner.run(scenario, cancel, realFile);
    goOn(cancel);
    report('mapping');
    const { stages, hops } = refsOfRun(run.trace, scenario.route, ['set-up', 'run']);
    const map = await buildMap(stages, hops, trees.value, facts, cancel);
    goOn(cancel);
    return { run, map, trees: trees.value };
  }
}

function goOn(cancel: CancelSignal): void {
  if (cancel.cancelled) {
    throw new ProblemError(problem('cancelled', {}));
  }
}

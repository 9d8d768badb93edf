import { type CancelSignal, neverCancelled } from '../base/cancel.ts';
import type { Run } from '../scenarios/run.ts';
import { refsOfRun } from '../sourcemap/from-trace.ts';
import { buildMap } from '../sourcemap/map.ts';
import type { HopRef, SourceMap, StageRef } from '../sourcemap/map-types.ts';
import type { Trees } from '../sourcemap/trees.ts';
import type { Phase } from '../trace/kinds.ts';
import { type FactsHost, withFactsSource } from './facts.ts';

/** The map of what a run took, in these trees; worker threads read the C text. */
export function mapRun(
  run: Run,
  phases: readonly Phase[],
  trees: Trees,
  cancel: CancelSignal = neverCancelled,
  host: FactsHost = {},
): Promise<SourceMap> {
  const { stages, hops } = refsOfRun(run.trace, run.scenario.route, phases);
  return mapRefs(stages, hops, trees, cancel, host);
}

/** The map of these stages and hops. */
export function mapRefs(
  stages: readonly StageRef[],
  hops: readonly HopRef[],
  trees: Trees,
  cancel: CancelSignal = neverCancelled,
  host: FactsHost = {},
): Promise<SourceMap> {
  return withFactsSource((source) => buildMap(stages, hops, trees, source, cancel), host);
}

import { phaseOf, routeScenario } from '../../src/cli/scenario-options.ts';
import { runScenario } from '../../src/scenarios/run.ts';
import { ROUTES } from '../../src/scenarios/scenario.ts';
import type { FactsSource } from '../../src/sourcemap/facts-source.ts';
import { refsOfRun } from '../../src/sourcemap/from-trace.ts';
import { buildMap } from '../../src/sourcemap/map.ts';
import type { HopRef, StageRef } from '../../src/sourcemap/map-types.ts';
import { reportOf } from '../../src/sourcemap/report.ts';
import type { Trees } from '../../src/sourcemap/trees.ts';
import { share, type Table } from './table.ts';

/** Stages and hops of every route, as `map --route all` asks for them. */
export function refsOfAll(): { readonly stages: readonly StageRef[]; readonly hops: readonly HopRef[] } {
  const stages = new Map<string, StageRef>();
  const hops: HopRef[] = [];
  for (const route of ROUTES) {
    const scenario = routeScenario(route);
    const run = runScenario(scenario);
    if (run.ok) {
      const refs = refsOfRun(run.value.trace, route, [phaseOf(scenario)]);
      hops.push(...refs.hops);
      for (const stage of refs.stages) {
        stages.set(stage.id, stage);
      }
    }
  }
  return { stages: [...stages.values()], hops };
}

/** What `map --route all` finds and proves. */
export async function routeTable(trees: Trees, facts: FactsSource): Promise<Table> {
  const { stages, hops } = refsOfAll();
  const map = await buildMap(stages, hops, trees, facts);
  const { hops: proofs } = reportOf(map);
  const lost = map.stages.filter((place) => place.status !== 'found');
  const unexpected = lost.filter((place) => place.reason !== 'not-in-mainline');
  const unproven = map.hops.filter((hop) => hop.status === 'unproven');
  return {
    title: `map --route all: ${map.stages.length} stages, ${map.hops.length} hops`,
    rows: [
      ...lost.map((place) => `${place.status}: ${place.id} (${place.reason ?? ''})`),
      ...unproven.map((hop) => `${hop.route} ${hop.kind}: ${hop.from} -> ${hop.to}: ${hop.reason} ${hop.detail ?? ''}`),
    ],
    bounds: [
      {
        what: 'stages found, but those that mainline lacks',
        ...share(map.stages.length - unexpected.length, map.stages.length),
        least: 1,
      },
      { what: 'hops proven', ...share(proofs.proven, map.hops.length), least: 0.97 },
    ],
  };
}

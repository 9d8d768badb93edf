import { neverCancelled } from '../base/cancel.ts';
import { ProblemError } from '../base/problem.ts';
import { readEdgeFile } from '../host-node/edge-file.ts';
import { mapRefs } from '../host-node/map-run.ts';
import { runScenario } from '../scenarios/run.ts';
import { ROUTES } from '../scenarios/scenario.ts';
import { type RunRefs, refsOfRun } from '../sourcemap/from-trace.ts';
import type { SourceMap } from '../sourcemap/map-types.ts';
import { type MapHop, withUserEdges } from '../sourcemap/query/map-edges.ts';
import { reportOf } from '../sourcemap/report.ts';
import { problemText } from '../texts/problems.ts';
import { type Command, type CommandLine, EXIT, stringOption } from './command.ts';
import { factsHostOf } from './facts-host.ts';
import { mapSummary } from './map-summary.ts';
import { phaseOf, routeScenario } from './scenario-options.ts';
import { TREE_OPTIONS, treesOf } from './trees.ts';

/** `map`: finds every stage of a route in the user's trees and proves its hops. Exit code 1 where something is missing. */
export const mapCommand: Command = {
  name: 'map',
  options: { ...TREE_OPTIONS, route: 'string', workspace: 'string' },
  usage: 'map --acrn DIR --linux DIR [--service-linux DIR] [--route NAME|all] [--workspace DIR] [--json]',
  async run(line) {
    const started = performance.now();
    const trees = await treesOf(line);
    const { stages, hops } = refsOf(stringOption(line, 'route') ?? 'all');
    const edges = await readEdgeFile(stringOption(line, 'workspace') ?? '.');
    if (!edges.ok) {
      throw new ProblemError(edges.error);
    }
    const map = await mapRefs(stages, hops, trees, neverCancelled, factsHostOf(line));
    const shown = withUserEdges(map, edges.value);
    const seconds = (performance.now() - started) / 1000;
    line.print(line.json ? asJson(map, shown, seconds) : asText(line, map, shown, seconds));
    for (const one of map.problems) {
      const { text, next } = problemText(one, line.language);
      line.say(`${text} ${next}`);
    }
    const { stages: counts, hops: proofs } = reportOf(map);
    return counts.absent + counts.ambiguous + proofs.unproven === 0 ? EXIT.done : EXIT.no;
  },
};

function refsOf(route: string): RunRefs {
  const wanted = route === 'all' ? ROUTES : [route];
  const all = wanted.map(refsOfRoute);
  const stages = new Map(all.flatMap((refs) => refs.stages.map((stage) => [stage.id, stage] as const)));
  return { stages: [...stages.values()], hops: all.flatMap((refs) => refs.hops) };
}

function refsOfRoute(route: string): RunRefs {
  const scenario = routeScenario(route);
  const run = runScenario(scenario);
  if (!run.ok) {
    throw new ProblemError(run.error);
  }
  return refsOfRun(run.value.trace, route, [phaseOf(scenario)]);
}

function asJson(map: SourceMap, hops: readonly MapHop[], seconds: number): string {
  const { trees, stages, problems } = map;
  return `${JSON.stringify({ format: 1, trees, stages, hops, problems, seconds: Number(seconds.toFixed(3)) })}\n`;
}

function asText(line: CommandLine, map: SourceMap, shown: readonly MapHop[], seconds: number): string {
  const notFound = map.stages
    .filter((place) => place.status !== 'found')
    .map((place) => `  ${place.status}: ${place.id} ${place.function ?? ''} ${place.reason ?? ''}`.trimEnd());
  const unproven = shown.filter((hop) => hop.status === 'unproven').map(unprovenLine);
  const summary = mapSummary(map, line.language);
  return `${[...notFound, ...unproven, summary, `${seconds.toFixed(2)} s`].join('\n')}\n`;
}

const unprovenLine = (hop: MapHop): string =>
  `  ${hop.kind}: ${hop.from} -> ${hop.to}: ${hop.reason ?? ''}${hop.userGiven === true ? ' (user-given)' : ''}`;

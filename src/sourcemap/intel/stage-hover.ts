import type { Route } from '../../scenarios/scenario.ts';
import type { HopKind, Program } from '../../trace/kinds.ts';
import type { ChainLink, OnRoute, RouteIndex } from '../path/route-index.ts';
import { type StageWay, wayOf } from './file-intel.ts';

/** A stage on the chain of another one. */
export interface ChainStep {
  /** Stage id. */
  readonly stage: string;
  readonly function: string;
  readonly program: Program;
  /** How control comes here from the step before. */
  readonly kind: HopKind;
  readonly expr: string;
}

/** A hazard with the scenarios that show it. */
export interface StageHazard {
  readonly code: string;
  readonly scenarios: readonly string[];
}

/** What is told of a stage: the chain up to the guest's write and down to the bytes, on one route. */
export interface StageHover {
  /** Stage id. */
  readonly stage: string;
  readonly function: string;
  readonly program: Program;
  /** Every route that it is on; the first is the one that the rest speaks of. */
  readonly ways: readonly StageWay[];
  /** Where it runs. */
  readonly context: string;
  /** From the route's beginning to the stage, which is the last. */
  readonly up: readonly ChainStep[];
  /** From behind the stage to the output of the bytes. */
  readonly down: readonly ChainStep[];
  /** The bytes have left before the stage is reached. */
  readonly afterOutput: boolean;
  readonly hazards: readonly StageHazard[];
}

/** What is told of a stage; `wanted` is the route to speak of where the stage is on it. */
export function stageHover(index: RouteIndex, at: number, wanted?: Route): StageHover | undefined {
  const stage = index.stage(at);
  const all = index.on(at);
  const main = all.find(({ route }) => route.name === wanted) ?? all[0];
  if (stage === undefined || main === undefined) {
    return undefined;
  }
  const ordered = [main, ...all.filter((on) => on !== main)];
  const up = index.chainTo(main).map(stepOf);
  return {
    stage: stage.id,
    function: stage.function,
    program: stage.program,
    ways: ordered.map((on) => wayOf(index, on)),
    context: contextOf(main),
    up,
    down: index.chainToOutput(main).map(stepOf),
    afterOutput: isAfterOutput(main),
    hazards: index.hazards(at).map(({ code, scenarios }) => ({ code, scenarios })),
  };
}

const stepOf = ({ stage, kind, expr }: ChainLink): ChainStep => ({
  stage: stage.id,
  function: stage.function,
  program: stage.program,
  kind,
  expr,
});

const contextOf = ({ route, stop }: OnRoute): string =>
  route.contexts[route.arrivals[stop.arrival]?.context ?? -1]?.name ?? '';

function isAfterOutput({ route, number }: OnRoute): boolean {
  const last = route.arrivals[route.output]?.stage;
  const output = last === undefined ? -1 : route.stops.findIndex((stop) => stop.stage === last);
  return output >= 0 && number > output + 1;
}

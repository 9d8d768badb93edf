import type { Route } from '../../scenarios/scenario.ts';
import type { HopKind, Program } from '../../trace/kinds.ts';
import { type Predecessor, STAGE_HISTORIES } from '../dialects/renames.ts';
import type { StageRef } from '../map-types.ts';
import type { TreeKind } from '../trees.ts';
import type {
  RouteArrival,
  RouteContext,
  RouteData,
  RouteFile,
  RouteHazard,
  RouteHop,
  RouteStop,
} from './route-types.ts';

/** A stage on one route. */
export interface OnRoute {
  readonly route: RouteData;
  readonly stop: RouteStop;
  /** From 1, in the order of the route. */
  readonly number: number;
}

/** One link of the chain that leads to a stage or on from it. */
export interface ChainLink {
  readonly stage: StageRef;
  /** How control comes to it from the link before. */
  readonly kind: HopKind;
  readonly expr: string;
  readonly context: RouteContext;
}

/** The routes by stage and by file. */
export class RouteIndex {
  readonly file: RouteFile;
  readonly #byFile = new Map<string, number[]>();
  readonly #byFunction = new Map<string, number[]>();
  readonly #byId = new Map<string, number>();
  readonly #on = new Map<number, OnRoute[]>();
  readonly #hazards = new Map<number, RouteHazard[]>();

  constructor(file: RouteFile) {
    this.file = file;
    for (const [at, stage] of file.stages.entries()) {
      this.#byId.set(stage.id, at);
      add(this.#byFile, `${stage.tree}:${stage.file}`, at);
      add(this.#byFunction, `${stage.tree}:${stage.function}`, at);
    }
    for (const route of file.routes) {
      for (const [at, stop] of route.stops.entries()) {
        add(this.#on, stop.stage, { route, stop, number: at + 1 });
      }
    }
    for (const hazard of file.hazards) {
      add(this.#hazards, hazard.stage, hazard);
    }
  }

  /** A stage by its number in the file. */
  stage(at: number): StageRef | undefined {
    return this.file.stages[at];
  }

  /** Number of the stage of this id; undefined where no route has it. */
  numberOf(id: string): number | undefined {
    return this.#byId.get(id);
  }

  /** Stages that stand in a file of the code that the emulator stands for. */
  inFile(tree: TreeKind, path: string): readonly number[] {
    return this.#byFile.get(`${tree}:${path}`) ?? [];
  }

  /** Stages whose function has this name, in a tree of this kind. */
  named(tree: TreeKind, name: string): readonly number[] {
    return this.#byFunction.get(`${tree}:${name}`) ?? [];
  }

  /** The routes that a stage is on, in the order of the routes. */
  on(stage: number): readonly OnRoute[] {
    return this.#on.get(stage) ?? [];
  }

  /** Hazards at a stage. */
  hazards(stage: number): readonly RouteHazard[] {
    return this.#hazards.get(stage) ?? [];
  }

  /** A route by its name. */
  route(name: Route): RouteData | undefined {
    return this.file.routes.find((one) => one.name === name);
  }

  /** From the route's beginning to a stage, both included. */
  chainTo({ route, stop }: OnRoute): readonly ChainLink[] {
    return this.#chain(route, stop.arrival, -1);
  }

  /**
   * From a stage to the output of the route's first bytes, without the stage itself; empty where the stage is not on the
   * way there.
   */
  chainToOutput({ route, stop }: OnRoute): readonly ChainLink[] {
    return isBefore(route, stop.arrival, route.output) ? this.#chain(route, route.output, stop.arrival) : [];
  }

  #chain(route: RouteData, last: number, before: number): readonly ChainLink[] {
    const links: ChainLink[] = [];
    for (let at = last; at >= 0 && at !== before; at = route.arrivals[at]?.from ?? -1) {
      const link = this.#link(route, route.arrivals[at]);
      if (link !== undefined) {
        links.push(link);
      }
    }
    return links.reverse();
  }

  #link(route: RouteData, arrival: RouteArrival | undefined): ChainLink | undefined {
    const stage = arrival && this.stage(arrival.stage);
    const context = arrival && route.contexts[arrival.context];
    return stage && context ? { stage, kind: arrival.kind, expr: arrival.expr, context } : undefined;
  }
}

/** Whether one arrival leads to another. */
function isBefore(route: RouteData, first: number, last: number): boolean {
  let at = last;
  while (at > first) {
    at = route.arrivals[at]?.from ?? -1;
  }
  return at === first && first >= 0;
}

function add<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) {
    map.set(key, [value]);
  } else {
    list.push(value);
  }
}

/** Stages that stood in a file before, with what they were called there. */
export function formerlyIn(
  tree: TreeKind,
  path: string,
): readonly { readonly id: string; readonly before: Predecessor }[] {
  return STAGE_HISTORIES.filter((history) => history.tree === tree).flatMap(({ file, function: name, predecessors }) =>
    predecessors
      .filter((before) => before.file === path && before.how !== 'around')
      .map((before) => ({ id: `${tree}:${file}#${name}`, before })),
  );
}

/** The hop of a route, undefined for -1. */
export const hopOf = (route: RouteData, at: number): RouteHop | undefined => route.hops[at];

/** The program in which a stage of a route runs. */
export const programOf = (stage: StageRef): Program => stage.program;

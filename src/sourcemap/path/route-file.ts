import { ProblemError } from '../../base/problem.ts';
import { NAMED } from '../../scenarios/named.ts';
import { runScenario } from '../../scenarios/run.ts';
import { ROUTES, type Route, type Scenario } from '../../scenarios/scenario.ts';
import { NO_STAGE } from '../../trace/columns.ts';
import { hopsOf } from '../../trace/hops.ts';
import { EVENT_KINDS, type Phase } from '../../trace/kinds.ts';
import type { Trace, TraceStage } from '../../trace/trace.ts';
import type { StageRef } from '../map-types.ts';
import { type Arrival, Causes } from './causes.ts';
import type { RouteArrival, RouteContext, RouteData, RouteFile, RouteHop, RouteStop } from './route-types.ts';

/** Routes that are gone before the first process runs. */
const IN_SET_UP: ReadonlySet<Route> = new Set<Route>(['set-up', 'control-handshake']);

/** Runs every named scenario and gathers its route and its hazards. Takes some seconds: the build does it. */
export function makeRouteFile(): RouteFile {
  const stages = new StageTable();
  const hazards = new Map<string, { code: string; stage: number; scenarios: string[] }>();
  const routes: RouteData[] = [];
  for (const [name, scenario] of NAMED) {
    const trace = traceOf(scenario);
    const route = ROUTES.find((one) => one === name);
    if (route !== undefined) {
      routes.push(routeOf(trace, route, stages));
    }
    for (const { code, stage } of hazardsOf(trace)) {
      const known = hazards.get(`${code} ${stage.id}`);
      if (known === undefined) {
        hazards.set(`${code} ${stage.id}`, { code, stage: stages.of(stage), scenarios: [name] });
      } else if (known.scenarios.at(-1) !== name) {
        known.scenarios.push(name);
      }
    }
  }
  return { format: 1, stages: stages.all, routes, hazards: [...hazards.values()] };
}

function traceOf(scenario: Scenario): Trace {
  const run = runScenario(scenario);
  if (!run.ok) {
    throw new ProblemError(run.error);
  }
  return run.value.trace;
}

/** Numbers for stages, given out as they are met. */
class StageTable {
  readonly all: StageRef[] = [];
  readonly #known = new Map<string, number>();

  of(stage: TraceStage): number {
    const known = this.#known.get(stage.id);
    if (known !== undefined) {
      return known;
    }
    const { id, program, tree, file, function: name } = stage;
    const number = this.all.push({ id, program, tree, file, function: name }) - 1;
    this.#known.set(id, number);
    return number;
  }
}

const HAZARD = EVENT_KINDS.indexOf('hazard');

function* hazardsOf(trace: Trace): Iterable<{ readonly code: string; readonly stage: TraceStage }> {
  for (const chunk of trace.chunks) {
    for (
      let row = chunk.kind.indexOf(HAZARD);
      row >= 0 && row < chunk.length;
      row = chunk.kind.indexOf(HAZARD, row + 1)
    ) {
      const stage = trace.stages[chunk.stage[row] ?? NO_STAGE];
      if (stage !== undefined) {
        yield { code: trace.expressions[chunk.key[row] ?? 0] ?? '', stage };
      }
    }
  }
}

function routeOf(trace: Trace, name: Route, stages: StageTable): RouteData {
  const phase: Phase = IN_SET_UP.has(name) ? 'set-up' : 'run';
  const runStart = Math.min(trace.runStart, trace.length);
  const [from, to] = phase === 'set-up' ? [0, runStart] : [runStart, trace.length];
  const causes = new Causes(trace, from, to);
  const stageOf = (index: number): number => {
    const stage = trace.stages[index];
    return stage === undefined ? -1 : stages.of(stage);
  };
  const kept = new Chains(causes.arrivals);
  const ways = waysOf(trace, from, to);
  const stops = [...causes.appearances.values()].map(
    ({ stage, arrival, entries }): RouteStop => ({
      stage: stageOf(stage),
      arrival: kept.keep(arrival),
      entries,
      reached: (causes.arrivals[arrival]?.from ?? -1) < 0 ? -1 : ways.hops.findIndex((hop) => hop.to === stage),
      next: ways.nextOf(stage),
    }),
  );
  const output = kept.keep(causes.output);
  const contexts = [...new Set(kept.list.map((one) => one.context))];
  return {
    name,
    phase,
    contexts: contexts.map((id) => contextOf(trace, id)),
    arrivals: kept.list.map(
      (one): RouteArrival => ({ ...one, stage: stageOf(one.stage), context: contexts.indexOf(one.context) }),
    ),
    stops,
    hops: ways.hops.map((hop) => ({
      ...hop,
      from: stageOf(hop.from),
      to: stageOf(hop.to),
      caller: stageOf(hop.caller),
    })),
    output,
  };
}

function contextOf(trace: Trace, id: number): RouteContext {
  const { program = 'guest-user', name = '' } = trace.contexts[id] ?? {};
  return { program, name };
}

/** The ways back that a route's stages need. Where a way comes twice through a stage of one context, the turn between is left out. */
class Chains {
  readonly list: Arrival[] = [];
  readonly #all: readonly Arrival[];
  readonly #known = new Map<string, number>();

  constructor(all: readonly Arrival[]) {
    this.#all = all;
  }

  /** The new number of an arrival; what leads to it is kept with it. */
  keep(at: number): number {
    const chain = new Map<string, Arrival>();
    for (let arrival = this.#all[at]; arrival !== undefined; arrival = this.#all[arrival.from]) {
      const place = `${arrival.stage} ${arrival.context}`;
      if (chain.has(place)) {
        dropAfter(chain, place);
      }
      chain.set(place, arrival);
    }
    let from = -1;
    for (const arrival of [...chain.values()].reverse()) {
      const key = `${arrival.stage} ${arrival.context} ${arrival.kind} ${arrival.expr} ${from}`;
      const known = this.#known.get(key) ?? this.list.push({ ...arrival, from }) - 1;
      this.#known.set(key, known);
      from = known;
    }
    return from;
  }
}

/** Removes a key and all that was added after it. */
function dropAfter(chain: Map<string, Arrival>, place: string): void {
  let found = false;
  for (const key of chain.keys()) {
    found ||= key === place;
    if (found) {
      chain.delete(key);
    }
  }
}

interface Ways {
  /** Stages as the trace numbers them. */
  readonly hops: readonly RouteHop[];
  nextOf(stage: number): number;
}

/** Each hop once, as `refsOfRun` counts them. */
function waysOf(trace: Trace, from: number, to: number): Ways {
  const hops = new Map<string, RouteHop>();
  for (const { seq: _at, ...hop } of hopsOf(trace, from, to)) {
    const key = `${hop.from} ${hop.to} ${hop.kind} ${hop.caller}`;
    if (!hops.has(key)) {
      hops.set(key, hop);
    }
  }
  const all = [...hops.values()];
  return {
    hops: all,
    nextOf: (stage) => {
      const own = all.findIndex((hop) => hop.from === stage && hop.caller < 0);
      return own >= 0 ? own : all.findIndex((hop) => hop.from === stage);
    },
  };
}

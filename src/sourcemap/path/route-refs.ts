import type { Route } from '../../scenarios/scenario.ts';
import type { HopRef, StageRef } from '../map-types.ts';
import type { RouteFile } from './route-types.ts';

/** The stages and hops of a route as a map is asked about them. */
export function refsOfRoute(file: RouteFile, name: Route): { stages: readonly StageRef[]; hops: readonly HopRef[] } {
  const route = file.routes.find((one) => one.name === name);
  const id = (stage: number): string => file.stages[stage]?.id ?? '';
  const hops = (route?.hops ?? []).map(
    (hop): HopRef => ({
      route: name,
      from: id(hop.from),
      to: id(hop.to),
      kind: hop.kind,
      ...(hop.caller < 0 ? {} : { caller: id(hop.caller) }),
      ...(hop.expr === '' ? {} : { expr: hop.expr }),
    }),
  );
  const used = new Set((route?.hops ?? []).flatMap((hop) => [hop.from, hop.to, hop.caller]));
  for (const stop of route?.stops ?? []) {
    used.add(stop.stage);
  }
  return { stages: file.stages.filter((_, at) => used.has(at)), hops };
}

import type { Route } from '../../scenarios/scenario.ts';
import type { HopRef } from '../map-types.ts';
import type { RouteFile, RouteHop } from './route-types.ts';

/** A hop of a route as a map names it. */
export function refOfHop(file: RouteFile, route: Route, { from, to, kind, caller, expr }: RouteHop): HopRef {
  const id = (stage: number): string => file.stages[stage]?.id ?? '';
  return {
    route,
    from: id(from),
    to: id(to),
    kind,
    ...(caller < 0 ? {} : { caller: id(caller) }),
    ...(expr === '' ? {} : { expr }),
  };
}

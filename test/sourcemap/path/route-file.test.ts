import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { NAMED } from '../../../src/scenarios/named.ts';
import { runScenario } from '../../../src/scenarios/run.ts';
import { ROUTES, type Route } from '../../../src/scenarios/scenario.ts';
import { refsOfRun } from '../../../src/sourcemap/from-trace.ts';
import { makeRouteFile } from '../../../src/sourcemap/path/route-file.ts';
import { refsOfRoute } from '../../../src/sourcemap/path/route-refs.ts';
import type { RouteData, RouteFile } from '../../../src/sourcemap/path/route-types.ts';

const fresh = makeRouteFile();

const routeNamed = (name: Route): RouteData => {
  const route = fresh.routes.find((one) => one.name === name);
  expect(route).toBeDefined();
  return route as RouteData;
};

/** Functions on the way back from an arrival, the last first. */
function wayBack(file: RouteFile, route: RouteData, arrival: number): readonly string[] {
  const names: string[] = [];
  for (let at = route.arrivals[arrival]; at !== undefined; at = route.arrivals[at.from]) {
    names.push(file.stages[at.stage]?.function ?? '');
  }
  return names;
}

it('the build has written what a fresh run gives (npm run build comes first)', () => {
  const built: unknown = JSON.parse(readFileSync('dist/routes.json', 'utf8'));
  expect(built).toEqual(fresh);
});

describe.each(ROUTES)('route %s', (name) => {
  it('has the stages and hops that a map of its run is asked about', () => {
    const scenario = NAMED.get(name);
    const run = scenario && runScenario(scenario);
    if (run?.ok !== true) {
      throw new Error(`${name} does not run`);
    }
    const route = routeNamed(name);
    const refs = refsOfRun(run.value.trace, name, [route.phase]);
    const ours = refsOfRoute(fresh, name);
    expect(ours.hops).toEqual(refs.hops);
    expect(ours.stages.map(({ id }) => id).toSorted()).toEqual(refs.stages.map(({ id }) => id).toSorted());
    expect(route.stops.map(({ stage }) => stage)).toHaveLength(refs.stages.length);
  });

  it('leads from every stage back to its beginning without a circle', () => {
    const route = routeNamed(name);
    for (const [at, { from }] of route.arrivals.entries()) {
      expect(from).toBeLessThan(at);
    }
    for (const stop of route.stops) {
      expect(route.arrivals[stop.arrival]?.stage).toBe(stop.stage);
      expect(route.hops[stop.reached]?.to ?? stop.stage).toBe(stop.stage);
      expect(route.hops[stop.next]?.from ?? stop.stage).toBe(stop.stage);
    }
  });
});

it('the bytes of the stock route go back to the write of the guest across every boundary', () => {
  const stock = routeNamed('stock');
  const way = wayBack(fresh, stock, stock.output);
  expect(way.at(-1)).toBe('write(2)');
  const order = [
    'virtio_console_backend_write',
    'vm_loop',
    'ioreq_dispatcher',
    'acrn_insert_request',
    'vm_exit',
    'outw',
  ];
  const places = order.map((name) => way.indexOf(name));
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(places[0]).toBe(0);
});

it('what the poll timer does comes from no write', () => {
  const poll = routeNamed('poll');
  expect(wayBack(fresh, poll, poll.output)).not.toContain('write(2)');
});

it('names a scenario for every hazard', () => {
  const names = fresh.hazards.map(({ code, stage, scenarios }) => [code, fresh.stages[stage]?.function, scenarios[0]]);
  expect(names).toContainEqual(['descriptor-lost', 'vq_getchain', 'chained-output']);
  expect(fresh.hazards.every(({ scenarios }) => scenarios.every((name) => NAMED.has(name)))).toBe(true);
});

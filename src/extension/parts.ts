import type { CachedFacts } from '../host-node/facts.ts';
import type { ScenarioRunner } from '../host-node/scenario-runner.ts';
import type { RouteIndex } from '../sourcemap/path/route-index.ts';
import type { App } from './app.ts';
import type { Reports } from './documents/reports.ts';
import type { Replays } from './replays.ts';
import type { RouteMap } from './route-map.ts';
import type { RunStore } from './run-store.ts';

/** What the features of a window share. */
export interface Parts {
  readonly app: App;
  readonly replays: Replays;
  readonly facts: CachedFacts;
  readonly runner: ScenarioRunner;
  readonly reports: Reports;
  readonly routeMap: RouteMap;
  readonly store: RunStore;
  /** The routes as the build wrote them down, read once. */
  readonly routes: () => Promise<RouteIndex>;
}

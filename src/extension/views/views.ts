import * as vscode from 'vscode';
import { VIEW_TEXTS } from '../../texts/views.ts';
import { loadHeadMap } from '../head-map.ts';
import type { Parts } from '../parts.ts';
import { showFailure } from '../problems.ts';
import type { RecentRun } from '../run-store.ts';
import type { TreeSource } from './lazy-tree.ts';
import { RoutesView } from './routes-view.ts';
import { RunsView } from './runs-view.ts';
import { type ScenarioNode, ScenariosView } from './scenarios-view.ts';

/** Ids of the views, as the manifest has them. */
export const VIEWS = {
  routes: 'virtioTrace.routes',
  runs: 'virtioTrace.runs',
  scenarios: 'virtioTrace.scenarios',
} as const;

/** The rows of the three views, each made when its view is first shown. */
export interface Views {
  readonly routes: () => Promise<RoutesView>;
  readonly runs: () => Promise<TreeSource<RecentRun>>;
  readonly scenarios: () => Promise<TreeSource<ScenarioNode>>;
}

/** The views of a window. */
export function createViews(parts: Parts): Views {
  const { app, store } = parts;
  const once = <T extends vscode.Disposable>(make: () => T | Promise<T>): (() => Promise<T>) => {
    let made: Promise<T> | undefined;
    return () => {
      made ??= Promise.resolve(make()).then((view) => {
        app.context.subscriptions.push(view);
        return view;
      });
      return made;
    };
  };
  return {
    routes: once(() => createRoutes(parts)),
    runs: once(() => new RunsView(app, store)),
    scenarios: once(() => new ScenariosView(app)),
  };
}

async function createRoutes(parts: Parts): Promise<RoutesView> {
  const { app, routeMap } = parts;
  let failed = false;
  const again = routeMap.onDidChange(() => {
    failed = false;
  });
  app.context.subscriptions.push(again);
  let asking = false;
  const wantMap = (): void => {
    if (asking || failed) {
      return;
    }
    asking = true;
    const location = { viewId: VIEWS.routes };
    const title = VIEW_TEXTS[app.language].mapping;
    vscode.window
      .withProgress({ location, title }, (_, token) => routeMap.load(token))
      .then(
        () => {
          asking = false;
        },
        (reason: unknown) => {
          asking = false;
          failed = true;
          showFailure(app, reason);
        },
      );
  };
  return new RoutesView({ app, routes: await parts.routes(), map: routeMap, head: await loadHeadMap(app), wantMap });
}

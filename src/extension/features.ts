import type * as vscode from 'vscode';
import { CachedFacts, type FactsHost } from '../host-node/facts.ts';
import { ScenarioRunner } from '../host-node/scenario-runner.ts';
import { problemText } from '../texts/problems.ts';
import type { App } from './app.ts';
import { bufferReader } from './buffer-reader.ts';
import type { CommandId, Handlers } from './commands.ts';
import { compareCommands } from './compare/comparisons.ts';
import { DeepLinks } from './deep-link.ts';
import { Reports } from './documents/reports.ts';
import { LocalTraceService, type TraceTools } from './local-trace-service.ts';
import type { Parts } from './parts.ts';
import { guarded } from './problems.ts';
import { Replays } from './replays.ts';
import { reportCommands } from './report-commands.ts';
import { loadRoutes } from './route-data.ts';
import { type MapSource, RouteMap } from './route-map.ts';
import { RunStore } from './run-store.ts';
import { indexBehind, sourceCommands } from './sources/source-commands.ts';
import { TreeStatus } from './sources/status-bar.ts';
import { steppingCommands } from './stepping.ts';
import { TerminalRuns } from './terminal-runs.ts';
import { traceCommands } from './trace-commands.ts';
import { viewCommands } from './views/view-commands.ts';
import { createViews, type Views } from './views/views.ts';

/** Facts are kept in the extension's own storage; what could not be kept is no reason to bother the user. */
const factsHostOf = (app: App): FactsHost => ({
  cacheFolder: app.context.globalStorageUri.fsPath,
  onProblem: (one) => app.log.warn(problemText(one, app.language).text),
});

/** What the commands and the restored panels do. None of it throws: a failure is shown. */
export interface Features {
  readonly commands: Handlers<CommandId>;
  restore(panel: vscode.WebviewPanel, state: unknown): Promise<void>;
  /** Opens a link to a moment. */
  openLink(path: string, query: string): Promise<void>;
  /** The rows of the views, and the text of our documents. */
  readonly views: Views;
  readonly reports: Reports;
}

/** Builds the features on first use. `map` finds the stages of all routes. */
export function createFeatures(app: App, map: MapSource): Features {
  const tools = { facts: new CachedFacts(factsHostOf(app)), runner: new ScenarioRunner(), readerOf: bufferReader };
  const service = new LocalTraceService(tools);
  const replays = new Replays(app, service);
  const links = new DeepLinks(app, replays);
  const parts = createParts(app, replays, tools, map);
  const views = createViews(parts);
  const copying = replays.onDidAskForLink(() => void guarded(app, () => links.copy()));
  app.context.subscriptions.push(new TerminalRuns(app, replays), copying);
  app.context.subscriptions.push(tools.facts, tools.runner, replays);
  return {
    commands: {
      ...traceCommands(parts),
      ...reportCommands(parts),
      ...sourceCommands(parts),
      ...viewCommands(parts, views.routes),
      ...steppingCommands(app, replays, links),
      ...compareCommands({ app, service, replays }),
    },
    views,
    reports: parts.reports,
    openLink: (path, query) => guarded(app, () => links.open(path, query)),
    restore: (panel, state) => guarded(app, () => replays.restore(panel, state)),
  };
}

/** What the features share, and what runs behind them: the status bar, the recent runs, the index of the whole trees. */
function createParts(
  app: App,
  replays: Replays,
  { facts, runner }: TraceTools & Pick<Parts, 'facts'>,
  map: MapSource,
): Parts {
  let routes: ReturnType<Parts['routes']> | undefined;
  const loadOnce: Parts['routes'] = () => {
    routes ??= loadRoutes(app);
    return routes;
  };
  const parts: Parts = {
    app,
    replays,
    facts,
    runner,
    reports: new Reports(app),
    routeMap: new RouteMap(app, map),
    store: new RunStore(app),
    routes: loadOnce,
  };
  const { reports, routeMap, store } = parts;
  const keeping = replays.onDidTrace((shown) => void guarded(app, () => store.add(shown)));
  app.context.subscriptions.push(reports, routeMap, store, keeping, new TreeStatus(app), indexBehind(parts));
  return parts;
}

export { registerVtraceLanguage } from './vtrace/vtrace-language.ts';

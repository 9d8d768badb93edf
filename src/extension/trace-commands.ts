import * as vscode from 'vscode';
import { problem } from '../base/problem.ts';
import type { Session } from '../replay/session.ts';
import { ENTER } from '../replay/step-table.ts';
import { NAMED } from '../scenarios/named.ts';
import { ROUTES, type Route } from '../scenarios/scenario.ts';
import type { OnRoute, RouteIndex } from '../sourcemap/path/route-index.ts';
import { DOCUMENT_TEXTS } from '../texts/documents.ts';
import { TRACING_TEXTS } from '../texts/tracing.ts';
import type { Handlers } from './commands.ts';
import { functionAbove } from './function-above.ts';
import { KnownTrees } from './known-trees.ts';
import type { Parts } from './parts.ts';
import { guarded, inform, showProblem } from './problems.ts';
import { withProgress } from './progress.ts';
import { askWish } from './questions.ts';
import { isCancelled } from './route-map.ts';

/** Traces what the user picks, or from the stage at the cursor. */
export function traceCommands(parts: Parts): Handlers<'virtioTrace.trace' | 'virtioTrace.traceFromHere'> {
  const { app, replays } = parts;
  return {
    'virtioTrace.trace': () =>
      guarded(app, async () => {
        if (replays.running) {
          showProblem(app, problem('already-running', {}));
          return;
        }
        const wish = await askWish(app);
        if (wish !== undefined) {
          await replays.trace(wish);
        }
      }),
    'virtioTrace.traceFromHere': (given) => guarded(app, () => traceFromHere(parts, given)),
  };
}

/** What a lens or a row of a view names. */
interface Named {
  readonly stage: string;
  readonly route: Route | undefined;
}

/** A stage and a route by name, as lenses and views give them: `{stage: ID, route?: NAME}`. */
export function namedStage(given: unknown): Named | undefined {
  if (typeof given !== 'object' || given === null) {
    return undefined;
  }
  const { stage, route } = given as { readonly stage?: unknown; readonly route?: unknown };
  return typeof stage === 'string' ? { stage, route: ROUTES.find((one) => one === route) } : undefined;
}

async function traceFromHere(parts: Parts, given: unknown): Promise<void> {
  const { app, replays } = parts;
  const texts = TRACING_TEXTS[app.language];
  const routes = await parts.routes();
  const named = namedStage(given) ?? (await stageAtCursor(parts, routes));
  const number = named === undefined ? undefined : routes.numberOf(named.stage);
  if (named === undefined || number === undefined) {
    inform(app, texts.noStageHere);
    return;
  }
  const on = routes.on(number);
  const wanted =
    named.route === undefined ? await askRoute(parts, on) : on.find((one) => one.route.name === named.route);
  const scenario = wanted && NAMED.get(wanted.route.name);
  if (scenario !== undefined) {
    await replays.trace({ scenario }, (session) => stepOfStage(session, named.stage));
  }
}

/** The first step at which a session enters a stage: in its run, else in its set-up. */
export function stepOfStage({ steps, parts, ranges }: Session, id: string): number | undefined {
  const stage = parts.trace.stages.findIndex((one) => one.id === id);
  for (const { from, to } of [ranges.run, ranges['set-up']]) {
    for (let step = from; step < to; step++) {
      if (steps.stage[step] === stage && steps.kind[step] === ENTER) {
        return step;
      }
    }
  }
  return undefined;
}

/** Asks which of several routes; the first of them is that of the study's stock write, where the stage is on it. */
async function askRoute({ app }: Parts, on: readonly OnRoute[]): Promise<OnRoute | undefined> {
  if (on.length < 2) {
    return on[0];
  }
  const texts = TRACING_TEXTS[app.language];
  const items = on.map((one) => ({
    label: one.route.name,
    description: texts.stageOf(one.number, one.route.stops.length),
    detail: NAMED.get(one.route.name)?.title[app.language] ?? '',
    one,
  }));
  const picked = await vscode.window.showQuickPick(items, { title: texts.askRoute, matchOnDetail: true });
  return picked?.one;
}

/** The stage whose function the cursor stands in; undefined where that is none. */
async function stageAtCursor(parts: Parts, routes: RouteIndex): Promise<Named | undefined> {
  const editor = vscode.window.activeTextEditor;
  const file = editor && (await new KnownTrees().treeOf(editor.document.uri.fsPath));
  if (editor === undefined || file === undefined) {
    return undefined;
  }
  const line = editor.selection.active.line + 1;
  let id: string | undefined;
  await withProgress(parts.app, DOCUMENT_TEXTS[parts.app.language].mapBusy, async ({ token }) => {
    const mapped = await parts.routeMap.load(token).catch((reason: unknown) => {
      if (isCancelled(reason)) {
        throw reason;
      }
      return undefined;
    });
    const { folders } = mapped?.found ?? { folders: undefined };
    const inUse = folders !== undefined && Object.values(folders).includes(file.root);
    const place = mapped?.map.stages.find(
      ({ file: path, line: from = 0, endLine = from }) => path === file.path && from <= line && line <= endLine,
    );
    id = inUse && place !== undefined ? place.id : undefined;
  });
  if (id === undefined) {
    const name = functionAbove(editor.document.getText().split('\n'), line);
    const stage = routes.inFile(file.kind, file.path).map((one) => routes.stage(one));
    id = stage.find((one) => one?.function === name)?.id;
  }
  return id === undefined ? undefined : { stage: id, route: undefined };
}

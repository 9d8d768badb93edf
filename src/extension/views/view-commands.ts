import * as vscode from 'vscode';
import { ProblemError } from '../../base/problem.ts';
import type { Scenario } from '../../scenarios/scenario.ts';
import { VIEW_TEXTS } from '../../texts/views.ts';
import type { CommandId, Handlers } from '../commands.ts';
import { duplicateScenario } from '../duplicate-scenario.ts';
import type { Parts } from '../parts.ts';
import { guarded, inform } from '../problems.ts';
import { askDetails, askScenario } from '../questions.ts';
import { BACK } from '../quick-input.ts';
import { isRun, scenarioOfRun } from '../run-store.ts';
import { readScenario, scenarioFiles } from '../scenario-files.ts';
import { scenarioGiven } from './given.ts';
import type { RoutesView } from './routes-view.ts';

type ViewCommand = Extract<
  CommandId,
  | 'virtioTrace.runScenario'
  | 'virtioTrace.runScenarioWith'
  | 'virtioTrace.duplicateScenario'
  | 'virtioTrace.editScenario'
  | 'virtioTrace.reopenRun'
  | 'virtioTrace.removeRun'
  | 'virtioTrace.clearRuns'
  | 'virtioTrace.refreshRoutes'
  | 'virtioTrace.traceFromStage'
>;

/** What the rows and titles of the views do. */
export function viewCommands(parts: Parts, routesView: () => Promise<RoutesView>): Handlers<ViewCommand> {
  const { app, replays, store, routeMap } = parts;
  const scenarioFor = async (given: unknown): Promise<Scenario | undefined> =>
    scenarioGiven(given) ?? (await scenarioInEditor(given)) ?? (await askOne(parts));
  return {
    'virtioTrace.runScenario': (given) =>
      guarded(app, async () => {
        const scenario = await scenarioFor(given);
        if (scenario !== undefined) {
          await replays.trace({ scenario });
        }
      }),
    'virtioTrace.runScenarioWith': (given) =>
      guarded(app, async () => {
        const scenario = await scenarioFor(given);
        const wish = scenario && (await askDetails(app, scenario, false));
        if (wish !== undefined && wish !== BACK) {
          await replays.trace(wish);
        }
      }),
    'virtioTrace.duplicateScenario': (given) =>
      guarded(app, async () => {
        const scenario = await scenarioFor(given);
        if (scenario !== undefined) {
          await duplicateScenario(app, scenario);
        }
      }),
    'virtioTrace.editScenario': (given) => guarded(app, () => editScenario(given)),
    'virtioTrace.reopenRun': (given) => guarded(app, () => reopen(parts, given)),
    'virtioTrace.removeRun': (given) => guarded(app, async () => (isRun(given) ? store.remove(given) : undefined)),
    'virtioTrace.clearRuns': () => guarded(app, () => clearRuns(parts)),
    'virtioTrace.refreshRoutes': () => guarded(app, async () => routeMap.forget()),
    'virtioTrace.traceFromStage': (given) =>
      guarded(app, async () => {
        const named = (await routesView()).named(given);
        if (named !== undefined) {
          await vscode.commands.executeCommand('virtioTrace.traceFromHere', named);
        }
      }),
  };
}

/**
 * The scenario of the file that a menu or a lens names, or that is open in front.
 *
 * @throws ProblemError where the file holds no scenario
 */
async function scenarioInEditor(given: unknown): Promise<Scenario | undefined> {
  const uri = given instanceof vscode.Uri ? given : vscode.window.activeTextEditor?.document.uri;
  if (uri === undefined || !uri.path.endsWith('.scenario.json')) {
    return undefined;
  }
  const read = await readScenario(uri);
  if (!read.ok) {
    throw new ProblemError(read.error);
  }
  return read.value;
}

async function askOne({ app }: Parts): Promise<Scenario | undefined> {
  const answer = await askScenario(app, await scenarioFiles(), undefined, 1);
  return answer === BACK ? undefined : answer;
}

async function editScenario(given: unknown): Promise<void> {
  const { file } = (given ?? {}) as { readonly file?: { readonly uri?: unknown } };
  if (file?.uri instanceof vscode.Uri) {
    await vscode.window.showTextDocument(file.uri, { preview: false });
  }
}

/** Runs a kept run again; where another trace comes of it, that is said. */
async function reopen({ app, replays }: Parts, given: unknown): Promise<void> {
  const texts = VIEW_TEXTS[app.language];
  const scenario = isRun(given) ? scenarioOfRun(given) : undefined;
  if (!isRun(given) || scenario === undefined) {
    inform(app, texts.unreadableRun);
    return;
  }
  await replays.trace({ scenario });
  const now = replays.shown;
  if (now !== undefined && now.wish.scenario === scenario && now.traced.run.hash !== given.hash) {
    inform(app, texts.otherRun(given.hash, now.traced.run.hash));
  }
}

async function clearRuns({ app, store }: Parts): Promise<void> {
  const texts = VIEW_TEXTS[app.language];
  const answer = await vscode.window.showWarningMessage(texts.clearQuestion, { modal: true }, texts.clearButton);
  if (answer === texts.clearButton) {
    await store.clear();
  }
}

import type * as vscode from 'vscode';
import { problem } from '../base/problem.ts';
import { CachedFacts, type FactsHost } from '../host-node/facts.ts';
import { ScenarioRunner } from '../host-node/scenario-runner.ts';
import { problemText } from '../texts/problems.ts';
import type { App } from './app.ts';
import { bufferReader } from './buffer-reader.ts';
import type { CommandId, Handlers } from './commands.ts';
import { compareCommands } from './compare/comparisons.ts';
import { DeepLinks } from './deep-link.ts';
import { LocalTraceService } from './local-trace-service.ts';
import { guarded, showProblem } from './problems.ts';
import { askWish } from './questions.ts';
import { Replays } from './replays.ts';
import { steppingCommands } from './stepping.ts';
import { TerminalRuns } from './terminal-runs.ts';

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
}

/** Builds the features on first use. */
export function createFeatures(app: App): Features {
  const tools = { facts: new CachedFacts(factsHostOf(app)), runner: new ScenarioRunner(), readerOf: bufferReader };
  const service = new LocalTraceService(tools);
  const replays = new Replays(app, service);
  const links = new DeepLinks(app, replays);
  const copying = replays.onDidAskForLink(() => void guarded(app, () => links.copy()));
  app.context.subscriptions.push(new TerminalRuns(app, replays), copying);
  app.context.subscriptions.push(tools.facts, tools.runner, replays);
  return {
    commands: {
      ...traceCommands(app, replays),
      ...steppingCommands(app, replays, links),
      ...compareCommands({ app, service, replays }),
    },
    openLink: (path, query) => guarded(app, () => links.open(path, query)),
    restore: (panel, state) => guarded(app, () => replays.restore(panel, state)),
  };
}

function traceCommands(app: App, replays: Replays): Handlers<'virtioTrace.trace'> {
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
  };
}

export { registerVtraceLanguage } from './vtrace/vtrace-language.ts';

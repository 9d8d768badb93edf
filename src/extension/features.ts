import type * as vscode from 'vscode';
import { problem } from '../base/problem.ts';
import { CachedFacts, type FactsHost } from '../host-node/facts.ts';
import { ScenarioRunner } from '../host-node/scenario-runner.ts';
import type { Move } from '../protocol/messages.ts';
import { problemText } from '../texts/problems.ts';
import type { App } from './app.ts';
import { bufferReader } from './buffer-reader.ts';
import type { CommandId, Handler, Handlers } from './commands.ts';
import { compareCommands } from './compare/comparisons.ts';
import { LocalTraceService } from './local-trace-service.ts';
import { guarded, inform, showProblem } from './problems.ts';
import { askWish } from './questions.ts';
import { Replays } from './replays.ts';

/** Facts are kept in the extension's own storage; what could not be kept is no reason to bother the user. */
const factsHostOf = (app: App): FactsHost => ({
  cacheFolder: app.context.globalStorageUri.fsPath,
  onProblem: (one) => app.log.warn(problemText(one, app.language).text),
});

/** What the commands and the restored panels do. None of it throws: a failure is shown. */
export interface Features {
  readonly commands: Handlers<CommandId>;
  restore(panel: vscode.WebviewPanel, state: unknown): Promise<void>;
}

/** Builds the features on first use. */
export function createFeatures(app: App): Features {
  const tools = { facts: new CachedFacts(factsHostOf(app)), runner: new ScenarioRunner(), readerOf: bufferReader };
  const service = new LocalTraceService(tools);
  const replays = new Replays(app, service);
  app.context.subscriptions.push(tools.facts, tools.runner, replays);
  return {
    commands: {
      ...traceCommands(app, replays),
      ...steppingCommands(app, replays),
      ...compareCommands({ app, service, replays }),
    },
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

type Stepping = 'virtioTrace.stepForward' | 'virtioTrace.stepBack' | 'virtioTrace.playPause';

function steppingCommands(app: App, replays: Replays): Handlers<Stepping> {
  const stepping =
    (act: (host: NonNullable<NonNullable<Replays['panel']>['host']>) => void): Handler =>
    () =>
      guarded(app, async () => {
        const host = replays.panel?.host;
        if (host === undefined) {
          inform(app, app.texts.noReplay);
        } else {
          act(host);
        }
      });
  const move = (by: Move): Handler =>
    stepping((host) => {
      host.play(false);
      host.move(by);
    });
  return {
    'virtioTrace.stepForward': move('next'),
    'virtioTrace.stepBack': move('back'),
    'virtioTrace.playPause': stepping((host) => host.play(!host.playing)),
  };
}

export { registerVtraceLanguage } from './vtrace/vtrace-language.ts';

import type * as vscode from 'vscode';
import { problem } from '../base/problem.ts';
import type { FactsHost } from '../host-node/facts.ts';
import type { Move } from '../protocol/messages.ts';
import { problemText } from '../texts/problems.ts';
import type { App } from './app.ts';
import { LocalTraceService } from './local-trace-service.ts';
import { guarded, inform, showProblem } from './problems.ts';
import { askWish } from './questions.ts';
import { Replays } from './replays.ts';

/** Facts are kept in the extension's own storage; what could not be kept is no reason to bother the user. */
const factsHostOf = (app: App): FactsHost => ({
  cacheFolder: app.context.globalStorageUri.fsPath,
  onProblem: (one) => app.log.warn(problemText(one, app.language).text),
});

/** What the commands do. None of it throws: a failure is shown. */
export interface Features {
  trace(): Promise<void>;
  move(by: Move): Promise<void>;
  playPause(): Promise<void>;
  restore(panel: vscode.WebviewPanel, state: unknown): Promise<void>;
}

/** Builds the features on first use. */
export function createFeatures(app: App): Features {
  const replays = new Replays(app, new LocalTraceService(factsHostOf(app)));
  app.context.subscriptions.push(replays);
  const stepping = async (act: (host: NonNullable<Replays['panel']>['host']) => void): Promise<void> => {
    const host = replays.panel?.host;
    if (host === undefined) {
      inform(app, app.texts.noReplay);
    } else {
      act(host);
    }
  };
  return {
    trace: () =>
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
    move: (by) =>
      guarded(app, () =>
        stepping((host) => {
          host?.play(false);
          host?.move(by);
        }),
      ),
    playPause: () => guarded(app, () => stepping((host) => host?.play(!host.playing))),
    restore: (panel, state) => guarded(app, () => replays.restore(panel, state)),
  };
}

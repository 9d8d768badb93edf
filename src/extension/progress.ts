import * as vscode from 'vscode';
import type { CancelSignal } from '../base/cancel.ts';
import type { App } from './app.ts';
import { guarded } from './problems.ts';

/** The cancel button of a progress message, as the core asks for it. */
export function cancelOf(token: vscode.CancellationToken): CancelSignal {
  return {
    get cancelled() {
      return token.isCancellationRequested;
    },
  };
}

/** What a long job is handed: whether to go on, and where to say how far it is. */
export interface Going {
  readonly cancel: CancelSignal;
  readonly token: vscode.CancellationToken;
  /** Says what is being done. */
  readonly say: (message: string) => void;
  /** Says how much of the whole is done, 0 to 1. */
  readonly share: (done: number) => void;
}

/** Runs a job with a progress message that can cancel it. What it throws is shown; nothing leaves here. */
export async function withProgress(app: App, title: string, job: (going: Going) => Promise<void>): Promise<void> {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  await vscode.window.withProgress(options, (progress, token) =>
    guarded(app, () => {
      let shown = 0;
      const share = (done: number): void => {
        const percent = Math.floor(100 * done);
        if (percent > shown) {
          progress.report({ increment: percent - shown });
          shown = percent;
        }
      };
      return job({ cancel: cancelOf(token), token, say: (message) => progress.report({ message }), share });
    }),
  );
}

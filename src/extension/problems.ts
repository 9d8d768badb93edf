import * as vscode from 'vscode';
import { type Problem, ProblemError, problem } from '../base/problem.ts';
import { problemText } from '../texts/problems.ts';
import type { App } from './app.ts';

/** Something that a message offers to do. */
export interface Offer {
  readonly title: string;
  readonly run: () => void;
}

/** The problem in whatever was thrown; undefined where it is none of ours. */
export function problemIn(reason: unknown): Problem | undefined {
  if (reason instanceof ProblemError) {
    return reason.problem;
  }
  return reason instanceof vscode.CancellationError ? problem('cancelled', {}) : undefined;
}

/** Shows a failure: what went wrong and what to do next. The one way in which the extension reports failures. */
export function showProblem(app: App, theProblem: Problem, offers: readonly Offer[] = []): void {
  const { text, next } = problemText(theProblem, app.language);
  const show = messageFor(theProblem);
  app.log.warn(`${theProblem.code}: ${text}`);
  ask(app, show(`${text} ${next}`, ...offers.map((offer) => offer.title)), offers);
}

/** Tells something that is no failure. */
export function inform(app: App, text: string, offers: readonly Offer[] = []): void {
  app.log.info(text);
  ask(app, vscode.window.showInformationMessage(text, ...offers.map((offer) => offer.title)), offers);
}

/** Shows whatever was thrown; what is none of our problems goes to the log with its stack. */
export function showFailure(app: App, reason: unknown): void {
  const known = problemIn(reason);
  if (known !== undefined) {
    showProblem(app, known);
    return;
  }
  app.log.error(reason instanceof Error ? reason : String(reason));
  const offer = { title: app.texts.showLog, run: () => app.log.show() };
  const text = app.texts.unexpected(reason instanceof Error ? reason.message : String(reason));
  ask(app, vscode.window.showErrorMessage(text, offer.title), [offer]);
}

/** Runs a command's body; whatever it throws is shown, nothing leaves it. */
export async function guarded(app: App, body: () => Promise<void>): Promise<void> {
  try {
    await body();
  } catch (reason) {
    showFailure(app, reason);
  }
}

type Show = (message: string, ...items: string[]) => Thenable<string | undefined>;

function messageFor(theProblem: Problem): Show {
  switch (theProblem.code) {
    case 'cancelled':
      return vscode.window.showInformationMessage;
    case 'already-running':
    case 'file-unreadable':
    case 'file-not-utf8':
    case 'file-missing-in-tree':
      return vscode.window.showWarningMessage;
    default:
      return vscode.window.showErrorMessage;
  }
}

/** Does what the user picks, without holding up whoever shows the message. */
function ask(app: App, answer: Thenable<string | undefined>, offers: readonly Offer[]): void {
  answer.then(
    (title) => offers.find((offer) => offer.title === title)?.run(),
    (reason: unknown) => app.log.error(String(reason)),
  );
}

import * as vscode from 'vscode';
import { LINK_LIMITS, linkedEvent, linkQuery, parseLink } from '../replay/link.ts';
import { MOMENT_TEXTS } from '../texts/moment.ts';
import type { App } from './app.ts';
import { inform } from './problems.ts';
import type { Replays } from './replays.ts';

/** The path of our links: `vscode://PUBLISHER.NAME/moment?...`. */
const MOMENT = '/moment';

/**
 * Links to a moment. What a link names is emulated: opening one runs a scenario and shows it, writes nothing, and reads
 * nothing but the source trees that are open anyway.
 */
export class DeepLinks {
  readonly #app: App;
  readonly #replays: Replays;

  constructor(app: App, replays: Replays) {
    this.#app = app;
    this.#replays = replays;
  }

  /** Copies a link to the moment at which the panel stands. */
  async copy(): Promise<void> {
    const { shown, panel } = this.#replays;
    const host = panel?.host;
    if (shown === undefined || host === undefined) {
      inform(this.#app, this.#app.texts.noReplay);
      return;
    }
    const { steps, parts } = shown.session;
    const query = await linkQuery({
      scenario: shown.wish.scenario,
      event: host.event,
      hash: shown.traced.run.hash,
      stage: parts.trace.stages[steps.stage[host.step] ?? 0]?.id ?? '',
    });
    if (query === undefined) {
      inform(this.#app, this.#texts.linkTooLong);
      return;
    }
    await vscode.env.clipboard.writeText(
      `${vscode.env.uriScheme}://${this.#app.context.extension.id}${MOMENT}?${query}`,
    );
    inform(this.#app, this.#texts.linkCopied);
  }

  /** Asks for a link and opens it. */
  async ask(): Promise<void> {
    const onClipboard = await vscode.env.clipboard.readText();
    const text = await vscode.window.showInputBox({
      title: this.#texts.askLink,
      prompt: this.#texts.askLinkPrompt,
      value: queryOf(onClipboard) === undefined ? '' : onClipboard.trim(),
      ignoreFocusOut: true,
      validateInput: (value) => (queryOf(value) === undefined ? this.#texts.noLink : undefined),
    });
    const query = text === undefined ? undefined : queryOf(text);
    if (query !== undefined) {
      await this.open(MOMENT, query);
    }
  }

  /** Runs the scenario of a link and shows its moment; where the run is another one, that is said. */
  async open(path: string, query: string): Promise<void> {
    const link = path === MOMENT ? await parseLink(query) : undefined;
    if (link === undefined || !link.ok) {
      const reason = link === undefined ? this.#texts.noLink : this.#texts.linkFaults[link.error];
      inform(this.#app, this.#texts.linkRefused(reason));
      return;
    }
    const { scenario, hash, stage } = link.value;
    await this.#replays.trace({ scenario }, (session, ran) => ({ event: linkedEvent(session, link.value, ran) }));
    const { shown } = this.#replays;
    if (shown?.wish.scenario === scenario && shown.traced.run.hash !== hash) {
      const known = shown.session.parts.trace.stages.find(({ id }) => id === stage);
      inform(this.#app, this.#texts.linkDiffers(known?.function ?? ''));
    }
  }

  get #texts(): (typeof MOMENT_TEXTS)['en'] {
    return MOMENT_TEXTS[this.#app.language];
  }
}

/** The query of a pasted link; undefined where it is none of ours. */
function queryOf(text: string): string | undefined {
  const trimmed = text.trim();
  if (trimmed.length > 2 * LINK_LIMITS.query) {
    return undefined;
  }
  return /^[\w.+-]+:\/\/[\w.-]+\/moment\?(.+)$/.exec(trimmed)?.[1];
}

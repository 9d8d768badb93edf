import * as vscode from 'vscode';
import { fromHex, printable, toHex } from '../base/bytes.ts';
import { type CancelSignal, neverCancelled } from '../base/cancel.ts';
import { type Disposable, MutableDisposable } from '../base/disposable.ts';
import { ProblemError, problem } from '../base/problem.ts';
import { parseKept } from '../protocol/kept.ts';
import { Session } from '../replay/session.ts';
import type { App } from './app.ts';
import { CodeView } from './code-view.ts';
import { keepRun, parseKeptRun } from './kept-run.ts';
import { guarded, inform, showFailure, showProblem } from './problems.ts';
import type { Wish } from './questions.ts';
import { firstPlace, ReplayPanel } from './replay-panel.ts';
import type { Traced, TraceService } from './trace-service.ts';
import { type FoundFolders, findFolders, keepFolders, rememberedFolders, rememberFolders } from './tree-folders.ts';
import { VIEW_TYPE } from './view-type.ts';

/** Bytes of the text that a title shows. */
const TITLE_BYTES = 32;

/** The one replay of a window: runs traces, opens and restores the panel. One trace runs at a time. */
export class Replays implements Disposable {
  readonly #app: App;
  readonly #service: TraceService;
  readonly #panel = new MutableDisposable<ReplayPanel>();
  #running = false;
  #last: Wish | undefined;

  constructor(app: App, service: TraceService) {
    this.#app = app;
    this.#service = service;
  }

  /** The panel, where there is one. */
  get panel(): ReplayPanel | undefined {
    return this.#panel.value;
  }

  /** Whether a trace is under way. */
  get running(): boolean {
    return this.#running;
  }

  /** Traces what the user wishes, with progress and cancel, and opens the replay. */
  async trace(wish: Wish): Promise<void> {
    const { texts } = this.#app;
    const options = { location: vscode.ProgressLocation.Notification, title: texts.tracing, cancellable: true };
    await vscode.window.withProgress(options, (progress, token) =>
      // A failure is shown from inside: VS Code writes one that leaves here into the extension host's log as an error.
      guarded(this.#app, async () => {
        const say = (message: string): void => progress.report({ message });
        say(texts.findingTrees);
        const found = await findFolders(this.#app);
        const session = await this.#run(wish, found, cancelOf(token), say);
        say(texts.showing);
        await this.#open(session, wish);
        await rememberFolders(this.#app, found);
        this.#tell(session, wish, found);
      }),
    );
  }

  /** Runs again what a reloaded window showed. */
  async restore(webviewPanel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const kept = parseKept(state);
    const run = kept.ok ? parseKeptRun(kept.value.keep) : undefined;
    const panel = this.#adopt(webviewPanel, new CodeView(this.#app));
    if (!kept.ok || run === undefined) {
      panel.say('error', this.#app.texts.restoreFailed);
      return;
    }
    panel.say('busy', this.#app.texts.restoring);
    const wish: Wish = { bytes: fromHex(run.hex) ?? new Uint8Array(), backend: run.backend };
    try {
      const found = rememberedFolders(this.#app) ?? (await findFolders(this.#app));
      const session = await this.#run(wish, found, neverCancelled, () => undefined);
      panel.show(session, kept.value.keep, kept.value.step);
    } catch (reason) {
      panel.say('error', this.#app.texts.restoreFailed);
      showFailure(this.#app, reason);
    }
  }

  /** Lets the user choose source folders, and traces again with them. */
  async chooseFolders(): Promise<void> {
    const { texts } = this.#app;
    const chosen = await vscode.window.showOpenDialog({
      title: texts.chooseTitle,
      openLabel: texts.chooseButton,
      canSelectFiles: false,
      canSelectFolders: true,
      canSelectMany: true,
    });
    if (chosen === undefined) {
      return;
    }
    const neither = await keepFolders(chosen.map((uri) => uri.fsPath));
    if (neither !== undefined) {
      inform(this.#app, texts.neitherTree(neither), [this.#offerFolders()]);
    } else if (this.#last !== undefined) {
      const { realFile: _written, ...again } = this.#last;
      await this.trace(again);
    }
  }

  dispose(): void {
    this.#panel.dispose();
  }

  async #run(wish: Wish, found: FoundFolders, cancel: CancelSignal, say: (message: string) => void): Promise<Session> {
    if (this.#running) {
      throw new ProblemError(problem('already-running', {}));
    }
    this.#running = true;
    try {
      const { texts } = this.#app;
      const traced = await this.#service.trace({ wish, folders: found.folders }, cancel, (stage) => say(texts[stage]));
      this.#last = wish;
      this.#note(traced);
      return new Session({
        trace: traced.run.trace,
        map: traced.map,
        title: texts.heading(shortText(wish.bytes)),
        language: this.#app.language,
        sample: found.sample.length > 0,
        canChooseFolders: true,
      });
    } finally {
      this.#running = false;
    }
  }

  /** Opens the code, then the panel beside it; a panel that is there already is used again. */
  async #open(session: Session, wish: Wish): Promise<void> {
    const keep = keepRun({ hex: toHex(wish.bytes), backend: wish.backend });
    const existing = this.#panel.value;
    if (existing !== undefined) {
      existing.show(session, keep);
      existing.reveal();
      return;
    }
    const code = new CodeView(this.#app);
    const first = firstPlace(session);
    if (first !== undefined) {
      await code.first(first);
    }
    const where = { viewColumn: first === undefined ? vscode.ViewColumn.One : vscode.ViewColumn.Beside };
    const panel = vscode.window.createWebviewPanel(VIEW_TYPE, this.#app.texts.panelTitle, where, {});
    this.#adopt(panel, code).show(session, keep);
  }

  #adopt(webviewPanel: vscode.WebviewPanel, code: CodeView): ReplayPanel {
    const panel = new ReplayPanel(this.#app, webviewPanel, code, {
      closed: () => {
        if (this.#panel.value === panel) {
          this.#panel.value = undefined;
        }
      },
      chooseFolders: () => this.#startChoosing(),
    });
    this.#panel.value = panel;
    return panel;
  }

  /** What there is to say about a run that went well. */
  #tell(session: Session, wish: Wish, found: FoundFolders): void {
    const { texts } = this.#app;
    const [only] = found.sample;
    if (only !== undefined) {
      const which = found.sample.length > 1 ? texts.both : only === 'acrn' ? 'ACRN' : 'Linux';
      inform(this.#app, texts.sampleUsed(which), [this.#offerFolders()]);
    }
    if (wish.realFile !== undefined) {
      const bytes = session.output.before(session.parts.trace.length).reduce((sum, one) => sum + one.total, 0);
      inform(this.#app, texts.wrote(bytes, wish.realFile));
    }
    // The sample lacks what no run of it needs: nobody can mend that.
    const [problemInTree, ...more] = found.sample.length > 0 ? [] : session.parts.map.problems;
    if (more.length > 0) {
      const offer = { title: texts.showLog, run: () => this.#app.log.show() };
      inform(this.#app, texts.treeProblems(1 + more.length), [offer]);
    } else if (problemInTree !== undefined) {
      showProblem(this.#app, problemInTree);
    }
  }

  /** Output and diagnostics of a run. */
  #note({ run, map }: Traced): void {
    const { log, output, texts } = this.#app;
    const stdio = run.output.get('stdio');
    if (stdio !== undefined) {
      output.append(new TextDecoder().decode(stdio));
    }
    if (run.end !== 'quiet') {
      log.warn(texts.notQuiet(run.end));
    }
    for (const one of map.problems) {
      log.warn(`${one.code}: ${JSON.stringify(one.args)}`);
    }
    log.info(
      `${run.trace.length} events, ${map.stages.length} stages, ${map.hops.length} hops, ${map.read.files} files`,
    );
  }

  #offerFolders(): { readonly title: string; readonly run: () => void } {
    return { title: this.#app.texts.chooseFolders, run: () => this.#startChoosing() };
  }

  #startChoosing(): void {
    this.chooseFolders().catch((reason: unknown) => showFailure(this.#app, reason));
  }
}

/** The beginning of what is written, for a title. */
const shortText = (bytes: Uint8Array): string =>
  `${printable(bytes.subarray(0, TITLE_BYTES))}${bytes.length > TITLE_BYTES ? '…' : ''}`;

function cancelOf(token: vscode.CancellationToken): CancelSignal {
  return {
    get cancelled() {
      return token.isCancellationRequested;
    },
  };
}

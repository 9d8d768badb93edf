import * as vscode from 'vscode';
import { printable } from '../base/bytes.ts';
import { type CancelSignal, neverCancelled } from '../base/cancel.ts';
import { type Disposable, MutableDisposable } from '../base/disposable.ts';
import { ProblemError, problem } from '../base/problem.ts';
import { type KeptMoves, parseKept } from '../protocol/kept.ts';
import type { ReplayHost, Start } from '../replay/host.ts';
import { Session } from '../replay/session.ts';
import { NAMED } from '../scenarios/named.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { ASKING_TEXTS } from '../texts/asking.ts';
import type { App } from './app.ts';
import { CodeView } from './code-view.ts';
import { keepMoves, movesFor } from './kept-moves.ts';
import { keepScenario, parseKeptScenario } from './kept-run.ts';
import { guarded, inform, showFailure, showProblem } from './problems.ts';
import { cancelOf } from './progress.ts';
import type { Wish } from './questions.ts';
import { firstPlace, ReplayPanel } from './replay-panel.ts';
import { textOf } from './scenario-texts.ts';
import type { Traced, TraceService } from './trace-service.ts';
import { type FoundFolders, findFolders, keepFolders, rememberedFolders, rememberFolders } from './tree-folders.ts';
import { VIEW_TYPE } from './view-type.ts';

/** Bytes of the text that a title shows. */
const TITLE_BYTES = 32;

/** What the panel shows: what was wished, what came of it, and the session that replays it. */
export interface ShownRun {
  readonly wish: Wish;
  readonly traced: Traced;
  readonly session: Session;
}

/** Where a replay starts, found once there is a session and the fingerprint of its run; its first step where undefined. */
export type StartAt = (session: Session, hash: string) => number | Pick<Start, 'step' | 'event'> | undefined;

/** The one replay of a window: runs traces, opens and restores the panel. One trace runs at a time. */
export class Replays implements Disposable {
  readonly #app: App;
  readonly #service: TraceService;
  readonly #panel = new MutableDisposable<ReplayPanel>();
  readonly #traced = new vscode.EventEmitter<ShownRun>();
  /** Told of every run that a user asked for and that went well. */
  readonly onDidTrace = this.#traced.event;
  readonly #moved = new vscode.EventEmitter<ReplayHost>();
  /** Told whenever the cursor of the replay stands somewhere else. */
  readonly onDidMove = this.#moved.event;
  readonly #copyLink = new vscode.EventEmitter<void>();
  /** Told when the user asks the panel for a link. */
  readonly onDidAskForLink = this.#copyLink.event;
  #running = false;
  #shown: ShownRun | undefined;
  #last: Wish | undefined;

  constructor(app: App, service: TraceService) {
    this.#app = app;
    this.#service = service;
  }

  /** The panel, where there is one. */
  get panel(): ReplayPanel | undefined {
    return this.#panel.value;
  }

  /** What the panel shows; undefined where there is no panel, or nothing in it yet. */
  get shown(): ShownRun | undefined {
    return this.#panel.value === undefined ? undefined : this.#shown;
  }

  /** Whether a trace is under way. */
  get running(): boolean {
    return this.#running;
  }

  /** Traces what the user wishes, with progress and cancel, and opens the replay where `at` says. */
  async trace(wish: Wish, at: StartAt = () => undefined): Promise<void> {
    const { texts } = this.#app;
    const options = { location: vscode.ProgressLocation.Notification, title: texts.tracing, cancellable: true };
    await vscode.window.withProgress(options, (progress, token) =>
      // A failure is shown from inside: VS Code writes one that leaves here into the extension host's log as an error.
      guarded(this.#app, async () => {
        const say = (message: string): void => progress.report({ message });
        say(texts.findingTrees);
        const found = await findFolders(this.#app);
        const shown = await this.#run(wish, found, cancelOf(token), say);
        say(texts.showing);
        await this.#open(shown, at(shown.session, shown.traced.run.hash));
        await rememberFolders(this.#app, found);
        this.#tell(shown, found);
        this.#traced.fire(shown);
      }),
    );
  }

  /** Runs again what a reloaded window showed. */
  async restore(webviewPanel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const kept = parseKept(state);
    const scenario = kept.ok ? parseKeptScenario(kept.value.keep) : undefined;
    const panel = this.#adopt(webviewPanel, new CodeView(this.#app));
    if (!kept.ok || scenario === undefined) {
      panel.say('error', this.#app.texts.restoreFailed);
      return;
    }
    panel.say('busy', this.#app.texts.restoring);
    try {
      const found = rememberedFolders(this.#app) ?? (await findFolders(this.#app));
      const shown = await this.#run({ scenario }, found, neverCancelled, () => undefined);
      this.#shown = shown;
      const { step, event, moves } = kept.value;
      panel.show(shown.session, kept.value.keep, { ...this.#moves(shown), ...moves, step, event });
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
    } else {
      await this.again();
    }
  }

  /** Runs the last trace again, on the trees of now. A real file is not written a second time. */
  async again(): Promise<void> {
    if (this.#last !== undefined) {
      await this.trace({ scenario: this.#last.scenario });
    }
  }

  dispose(): void {
    this.#panel.dispose();
    for (const emitter of [this.#traced, this.#moved, this.#copyLink]) {
      emitter.dispose();
    }
  }

  async #run(wish: Wish, found: FoundFolders, cancel: CancelSignal, say: (message: string) => void): Promise<ShownRun> {
    if (this.#running) {
      throw new ProblemError(problem('already-running', {}));
    }
    this.#running = true;
    try {
      const { texts } = this.#app;
      const traced = await this.#service.trace({ wish, folders: found.folders }, cancel, (stage) => say(texts[stage]));
      this.#last = wish;
      this.#note(traced);
      const session = new Session({
        trace: traced.run.trace,
        map: traced.map,
        title: headingOf(this.#app, wish.scenario),
        language: this.#app.language,
        sample: found.sample.length > 0,
        canChooseFolders: true,
      });
      return { wish, traced, session };
    } finally {
      this.#running = false;
    }
  }

  /** Opens the code, then the panel beside it; a panel that is there already is used again. */
  async #open(shown: ShownRun, at: ReturnType<StartAt>): Promise<void> {
    const { session, wish } = shown;
    const keep = keepScenario(wish.scenario);
    const start = { ...this.#moves(shown), ...(typeof at === 'number' ? { step: at } : at) };
    this.#shown = shown;
    const existing = this.#panel.value;
    if (existing !== undefined) {
      existing.show(session, keep, start);
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
    this.#adopt(panel, code).show(session, keep, start);
  }

  /** How the user moved through this run before. */
  #moves({ traced }: ShownRun): KeptMoves {
    return movesFor(this.#app, traced.run.hash);
  }

  #adopt(webviewPanel: vscode.WebviewPanel, code: CodeView): ReplayPanel {
    const panel = new ReplayPanel(this.#app, webviewPanel, code, {
      closed: () => {
        if (this.#panel.value === panel) {
          this.#panel.value = undefined;
          this.#shown = undefined;
        }
      },
      chooseFolders: () => this.#startChoosing(),
      copyLink: () => this.#copyLink.fire(),
      runScenario: (name) => this.#runNamed(name),
      moved: (host) => this.#moved.fire(host),
      moves: (kept) => this.#keepMoves(kept),
    });
    this.#panel.value = panel;
    return panel;
  }

  /** What there is to say about a run that went well. */
  #tell({ session, wish }: ShownRun, found: FoundFolders): void {
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
    const { dropped, length } = session.parts.trace;
    if (dropped > 0) {
      inform(this.#app, ASKING_TEXTS[this.#app.language].droppedEvents(dropped, length - dropped));
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

  #keepMoves(kept: KeptMoves): void {
    const hash = this.#shown?.traced.run.hash;
    if (hash !== undefined) {
      keepMoves(this.#app, hash, kept).catch((reason: unknown) => this.#app.log.warn(String(reason)));
    }
  }

  #offerFolders(): { readonly title: string; readonly run: () => void } {
    return { title: this.#app.texts.chooseFolders, run: () => this.#startChoosing() };
  }

  #startChoosing(): void {
    this.chooseFolders().catch((reason: unknown) => showFailure(this.#app, reason));
  }

  /** Traces a named scenario in place of what is shown. */
  #runNamed(name: string): void {
    const scenario = NAMED.get(name);
    if (scenario !== undefined) {
      this.trace({ scenario }).catch((reason: unknown) => showFailure(this.#app, reason));
    }
  }
}

/** What a run is called: the text where a scenario is the plain write, else its title. */
function headingOf({ texts, language }: App, scenario: Scenario): string {
  const text = textOf(scenario);
  return scenario.name === 'stock' && text !== undefined
    ? texts.heading(shortText(text.bytes))
    : scenario.title[language];
}

/** The beginning of what is written, for a title. */
const shortText = (bytes: Uint8Array): string =>
  `${printable(bytes.subarray(0, TITLE_BYTES))}${bytes.length > TITLE_BYTES ? '…' : ''}`;

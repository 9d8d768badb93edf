import * as vscode from 'vscode';
import { type Disposable, DisposableStore, MutableDisposable } from '../base/disposable.ts';
import { problem } from '../base/problem.ts';
import type { KeptMoves } from '../protocol/kept.ts';
import { type PlaceHead, PROTOCOL_VERSION, type ToView } from '../protocol/messages.ts';
import { parseFromView } from '../protocol/validate.ts';
import { ReplayHost, type ReplayPort, type Start } from '../replay/host.ts';
import { laneOfPlace, laneOfStep, placeOf, soughtAt } from '../replay/moment.ts';
import type { Session } from '../replay/session.ts';
import type { TreeRole } from '../sourcemap/map-types.ts';
import { problemText } from '../texts/problems.ts';
import { NO_STAGE } from '../trace/columns.ts';
import type { App } from './app.ts';
import type { CodePlace, CodeView } from './code-view.ts';
import { fileIn } from './places.ts';
import { webviewHtml } from './webview-html.ts';

/** True while there is a replay, for the commands that step it. */
const CONTEXT_KEY = 'virtioTrace.replaying';

/** The replay panel: a webview, the host of the session that it shows, and the code beside it. */
export class ReplayPanel implements Disposable {
  readonly #app: App;
  readonly #panel: vscode.WebviewPanel;
  readonly #code: CodeView;
  readonly #host = new MutableDisposable<ReplayHost>();
  readonly #store = new DisposableStore();
  readonly #actions: PanelActions;
  #notice: ToView | undefined;

  /** `closed` is called when the user has closed the panel. */
  constructor(app: App, panel: vscode.WebviewPanel, code: CodeView, actions: PanelActions) {
    this.#app = app;
    this.#panel = panel;
    this.#code = code;
    this.#actions = actions;
    this.#store.add(panel.onDidDispose(() => actions.closed()));
    this.#store.add(panel.webview.onDidReceiveMessage((message: unknown) => this.#receive(message)));
    panel.webview.options = { enableScripts: true, localResourceRoots: [app.file('dist')] };
    const { webview } = panel;
    webview.html = webviewHtml(webview, app.file('dist', 'webview.js'), app.file('dist', 'webview.css'), panel.title);
    setReplaying(app, true);
  }

  /** The host of what is shown; undefined while there is nothing to step. */
  get host(): ReplayHost | undefined {
    return this.#host.value;
  }

  /** Shows a session in place of what was shown. */
  show(session: Session, keep: string, start: Start = {}): void {
    this.#code.begin();
    this.#notice = undefined;
    this.#host.value = new ReplayHost(session, this.#port(session), keep, start);
    this.#host.value.receive({ t: 'ready', version: PROTOCOL_VERSION });
  }

  /** Shows a sentence in place of a session. */
  say(level: 'busy' | 'error', text: string): void {
    this.#host.value = undefined;
    this.#notice = { t: 'notice', level, text, next: '' };
    this.#post(this.#notice);
  }

  /** Brings the panel to the front, where it stands. */
  reveal(): void {
    this.#panel.reveal(undefined, false);
  }

  dispose(): void {
    setReplaying(this.#app, false);
    this.#host.dispose();
    this.#store.dispose();
    this.#code.dispose();
    this.#panel.dispose();
  }

  #receive(message: unknown): void {
    if (this.#host.value !== undefined) {
      this.#host.value.receive(message);
      return;
    }
    const parsed = parseFromView(message);
    if (!parsed.ok) {
      this.#refused(parsed.error);
    } else if (parsed.value.t !== 'ready') {
      this.#refused(`${parsed.value.t}: nothing is shown`);
    } else if (this.#notice !== undefined) {
      this.#post(this.#notice);
    }
  }

  #port(session: Session): ReplayPort {
    return {
      post: (message) => this.#post(message),
      arrived: (moment, following) => {
        const place = moment.place === undefined ? undefined : codePlace(session, moment.step, moment.place);
        if (following) {
          this.#code.follow(place);
        }
        this.#moved(session);
      },
      open: (place) => {
        const file = fileOf(session, place);
        if (file !== undefined) {
          const lane = laneOfPlace(session, place, this.host?.step ?? 0);
          this.#code.follow({ file, line: place.line, lane });
        }
      },
      chooseFolders: this.#actions.chooseFolders,
      copyLink: this.#actions.copyLink,
      runScenario: this.#actions.runScenario,
      moves: this.#actions.moves,
      refused: (reason) => this.#refused(reason),
      after: (milliseconds, action) => {
        const timer = setTimeout(action, milliseconds);
        return { dispose: () => clearTimeout(timer) };
      },
    };
  }

  #moved(session: Session): void {
    const { host } = this;
    if (host?.session === session) {
      this.#actions.moved(host);
    }
  }

  #post(message: ToView): void {
    this.#panel.webview.postMessage(message).then(undefined, (reason: unknown) => this.#app.log.warn(String(reason)));
  }

  #refused(reason: string): void {
    this.#app.log.warn(problemText(problem('bad-message', { reason }), 'en').text);
  }
}

/** What the panel asks of the rest of the extension. */
export interface PanelActions {
  readonly closed: () => void;
  readonly chooseFolders: () => void;
  readonly copyLink: () => void;
  /** Runs a named scenario in place of what is shown. */
  readonly runScenario: (name: string) => void;
  /** The cursor stands somewhere else. */
  readonly moved: (host: ReplayHost) => void;
  /** The user moves in another way, or has set a bookmark. */
  readonly moves: (kept: KeptMoves) => void;
}

/** The first place of a run that an editor can show. */
export function firstPlace(session: Session): CodePlace | undefined {
  const { from, to } = session.ranges.run;
  for (let step = from; step < to; step++) {
    const place = placeOf(session, step);
    if (place !== undefined) {
      return codePlace(session, step, place);
    }
  }
  return undefined;
}

function codePlace(session: Session, step: number, place: PlaceHead): CodePlace | undefined {
  const file = fileOf(session, place);
  return file === undefined
    ? undefined
    : {
        file,
        line: place.line,
        lane: laneOfStep(session, step),
        sought: soughtAt(session, step),
        function: session.proofs.placeOf(session.steps.stage[step] ?? NO_STAGE)?.function,
        head: place.role === 'head',
      };
}

/** Path of a place on disk. */
const fileOf = (session: Session, place: PlaceHead): string | undefined =>
  fileIn(session.parts.map.trees, place.tree as TreeRole, place.file)?.fsPath;

function setReplaying(app: App, on: boolean): void {
  vscode.commands.executeCommand('setContext', CONTEXT_KEY, on).then(undefined, (reason: unknown) => {
    app.log.warn(String(reason));
  });
}

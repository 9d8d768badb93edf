import { type Disposable, DisposableStore, MutableDisposable } from '../base/disposable.ts';
import type { ReplayHost } from '../replay/host.ts';
import { withTyped } from '../scenarios/typed.ts';
import { MOMENT_TEXTS } from '../texts/moment.ts';
import type { App } from './app.ts';
import { BackendTerminal } from './backend-terminal.ts';
import { showFailure } from './problems.ts';
import type { Replays } from './replays.ts';

/** The terminal of a run that was asked for with one: it follows the replay, and what is typed into it is run. */
export class TerminalRuns implements Disposable {
  readonly #app: App;
  readonly #replays: Replays;
  readonly #terminal = new MutableDisposable<BackendTerminal>();
  readonly #store = new DisposableStore();

  constructor(app: App, replays: Replays) {
    this.#app = app;
    this.#replays = replays;
    this.#store.add(this.#terminal);
    this.#store.add(replays.onDidTrace(({ wish }) => this.#traced(wish.terminal === true)));
    this.#store.add(replays.onDidMove((host) => this.#follow(host)));
  }

  dispose(): void {
    this.#store.dispose();
  }

  #traced(wanted: boolean): void {
    if (!wanted) {
      this.#terminal.value = undefined;
      return;
    }
    this.#terminal.value ??= new BackendTerminal(
      this.#app,
      (bytes) => this.#sent(bytes),
      () => {
        this.#terminal.value = undefined;
      },
    );
    const host = this.#replays.panel?.host;
    if (host !== undefined) {
      this.#follow(host);
    }
  }

  #follow({ session, event }: ReplayHost): void {
    this.#terminal.value?.show(session.output.before(event + 1));
  }

  /** Runs again with what was typed, and shows from where the guest receives it. */
  #sent(bytes: Uint8Array): void {
    const { shown, running } = this.#replays;
    const texts = MOMENT_TEXTS[this.#app.language];
    if (shown === undefined || running) {
      this.#terminal.value?.say(running ? texts.terminalBusy : this.#app.texts.noReplay);
      return;
    }
    const before = shown.traced.run.trace.length;
    const wish = { scenario: withTyped(shown.wish.scenario, bytes), terminal: true } as const;
    this.#replays
      .trace(wish, () => ({ event: before }))
      .then(
        () => this.#terminal.value?.say(texts.terminalSent),
        (reason: unknown) => showFailure(this.#app, reason),
      );
  }
}

import * as vscode from 'vscode';
import type { Disposable } from '../base/disposable.ts';
import type { OutputSoFar } from '../protocol/messages.ts';
import { MOMENT_TEXTS } from '../texts/moment.ts';
import type { App } from './app.ts';
import { aside, EMPTY_LINE, EMPTY_SCREEN, harmless, TypedLine } from './terminal-text.ts';

/** The backend whose far end the terminal is: what acrn-dm writes to its standard output. */
const ENDPOINT = 'stdio';

/**
 * A backend as a terminal of VS Code, emulated: what the guest has written up to the cursor of the replay stands in it, and
 * what the user types goes to the guest in a new run.
 */
export class BackendTerminal implements Disposable {
  readonly #app: App;
  readonly #terminal: vscode.Terminal;
  readonly #written = new vscode.EventEmitter<string>();
  readonly #line = new TypedLine();
  #shown = '';
  #wanted = '';
  #isOpen = false;

  /** `sent` gets each line that the user sends; `closed` is called when the user has closed the terminal. */
  constructor(app: App, sent: (bytes: Uint8Array) => void, closed: () => void) {
    this.#app = app;
    const pty: vscode.Pseudoterminal = {
      onDidWrite: this.#written.event,
      open: () => {
        this.#isOpen = true;
        this.#written.fire(aside(this.#texts.terminalHint));
        this.#draw();
      },
      close: closed,
      handleInput: (keys) => this.#typed(keys, sent),
    };
    this.#terminal = vscode.window.createTerminal({
      name: this.#texts.terminalName,
      iconPath: new vscode.ThemeIcon('terminal'),
      pty,
    });
    this.#terminal.show(true);
  }

  /** Shows what has left the machine so far. Behind it, nothing is left over from a later moment. */
  show(outputs: readonly OutputSoFar[]): void {
    const bytes = outputs.find(({ endpoint }) => endpoint === ENDPOINT)?.tail ?? new Uint8Array(0);
    this.#wanted = harmless(new TextDecoder().decode(bytes));
    this.#draw();
  }

  /** Says something between what the guest writes. */
  say(text: string): void {
    this.#written.fire(`${EMPTY_LINE}${aside(text)}${this.#line.text}`);
  }

  dispose(): void {
    this.#terminal.dispose();
    this.#written.dispose();
  }

  get #texts(): (typeof MOMENT_TEXTS)['en'] {
    return MOMENT_TEXTS[this.#app.language];
  }

  #draw(): void {
    if (!this.#isOpen || this.#shown === this.#wanted) {
      return;
    }
    const typed = this.#line.text;
    const goesOn = this.#wanted.startsWith(this.#shown);
    const more = goesOn ? this.#wanted.slice(this.#shown.length) : this.#wanted;
    const before = goesOn ? (typed === '' ? '' : EMPTY_LINE) : EMPTY_SCREEN;
    this.#written.fire(`${before}${more}${typed}`);
    this.#shown = this.#wanted;
  }

  #typed(keys: string, sent: (bytes: Uint8Array) => void): void {
    const bytes = this.#line.take(keys);
    // The guest echoes what it receives: of our own echo nothing stays.
    this.#written.fire(`${EMPTY_LINE}${lastLine(this.#shown)}${this.#line.text}`);
    if (bytes !== undefined) {
      sent(bytes);
    }
  }
}

/** What stands in the line of the cursor. */
const lastLine = (text: string): string => text.slice(text.lastIndexOf('\n') + 1);

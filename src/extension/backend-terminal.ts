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
  /** Bytes that stand in it, and the text of the last of them. */
  #total = 0;
  #shown = '';
  #decoder = new TextDecoder();
  #wanted: OutputSoFar | undefined;
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
    const nothing = { endpoint: ENDPOINT, total: 0, tail: new Uint8Array(0) };
    this.#wanted = outputs.find(({ endpoint }) => endpoint === ENDPOINT) ?? nothing;
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
    if (!this.#isOpen || this.#wanted === undefined || this.#wanted.total === this.#total) {
      return;
    }
    const { total, tail } = this.#wanted;
    const count = total - this.#total;
    const goesOn = count > 0 && count <= tail.length;
    if (!goesOn) {
      this.#decoder = new TextDecoder();
      this.#shown = '';
    }
    const bytes = goesOn ? tail.subarray(tail.length - count) : tail;
    const more = harmless(this.#decoder.decode(bytes, { stream: true }));
    const typed = this.#line.text;
    const before = goesOn ? (typed === '' ? '' : `${EMPTY_LINE}${lastLine(this.#shown)}`) : EMPTY_SCREEN;
    this.#written.fire(`${before}${more}${typed}`);
    this.#shown = `${this.#shown}${more}`.slice(-LAST);
    this.#total = total;
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

/** Characters of the shown text that are remembered: the line of the cursor is among them. */
const LAST = 4096;

/** What stands in the line of the cursor. */
const lastLine = (text: string): string => text.slice(text.lastIndexOf('\n') + 1);

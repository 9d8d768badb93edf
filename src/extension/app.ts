import * as vscode from 'vscode';
import type { Disposable } from '../base/disposable.ts';
import { EXTENSION_TEXTS, type ExtensionTexts } from '../texts/extension.ts';
import { type Language, languageOf } from '../texts/language.ts';
import type { LiveCode } from './intel/live-code.ts';

/** What every feature needs: where the extension stands, the user's language, and the two channels, made on first use. */
export class App implements Disposable {
  readonly context: vscode.ExtensionContext;
  readonly language: Language = languageOf(vscode.env.language);
  readonly texts: ExtensionTexts = EXTENSION_TEXTS[this.language];
  /** Where code stands in the texts on screen; undefined until the first C file of a tree is open. */
  live: LiveCode | undefined;
  #log: vscode.LogOutputChannel | undefined;
  #output: vscode.OutputChannel | undefined;

  constructor(context: vscode.ExtensionContext) {
    this.context = context;
  }

  /** Diagnostics. */
  get log(): vscode.LogOutputChannel {
    this.#log ??= vscode.window.createOutputChannel('Virtio Trace', { log: true });
    return this.#log;
  }

  /** What the guest writes through the stdio backend. */
  get output(): vscode.OutputChannel {
    this.#output ??= vscode.window.createOutputChannel('Virtio Trace output');
    return this.#output;
  }

  /** A file of the extension itself. */
  file(...parts: readonly string[]): vscode.Uri {
    return vscode.Uri.joinPath(this.context.extensionUri, ...parts);
  }

  dispose(): void {
    this.#log?.dispose();
    this.#output?.dispose();
  }
}

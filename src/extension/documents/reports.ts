import * as vscode from 'vscode';
import type { Disposable } from '../../base/disposable.ts';
import { DOCUMENT_TEXTS } from '../../texts/documents.ts';
import type { App } from '../app.ts';
import { documentColumn } from '../columns.ts';
import { type Going, withProgress } from '../progress.ts';
import { REPORT_SCHEME } from './register-reports.ts';
import type { Report } from './report.ts';

/** The documents of a window: each is made by its command, shown as text, and made anew when the command runs again. */
export class Reports implements Disposable {
  readonly #app: App;
  readonly #reports = new Map<string, Report>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;
  readonly #store: vscode.Disposable;

  constructor(app: App) {
    this.#app = app;
    const links = { provideDocumentLinks: (document: vscode.TextDocument) => this.#links(document) };
    this.#store = vscode.Disposable.from(
      vscode.languages.registerDocumentLinkProvider({ scheme: REPORT_SCHEME }, links),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#reports.delete(uri.toString())),
    );
  }

  /** Text of a document; that of one that was not made says so. */
  textOf(uri: vscode.Uri): string {
    return this.#reports.get(uri.toString())?.text ?? `${DOCUMENT_TEXTS[this.#app.language].notMade}\n`;
  }

  /** Makes a document with progress and cancel, and shows it. `file` is its name, whose ending tells its language. */
  async make(file: string, title: string, making: (going: Going) => Promise<Report>): Promise<void> {
    await withProgress(this.#app, title, async (going) => {
      await this.show(file, await making(going));
    });
  }

  /** Shows a document that is made already. */
  async show(file: string, report: Report): Promise<void> {
    const uri = vscode.Uri.from({ scheme: REPORT_SCHEME, path: `/${file.replaceAll('/', ' ')}` });
    this.#reports.set(uri.toString(), report);
    this.#changed.fire(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, { preview: false, viewColumn: documentColumn() });
  }

  dispose(): void {
    this.#store.dispose();
    this.#changed.dispose();
  }

  #links(document: vscode.TextDocument): vscode.DocumentLink[] {
    const links = this.#reports.get(document.uri.toString())?.links ?? [];
    return links.map(({ line, start, end, target }) => {
      return new vscode.DocumentLink(new vscode.Range(line, start, line, end), vscode.Uri.parse(target, true));
    });
  }
}

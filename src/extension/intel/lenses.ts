import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable.ts';
import { type LensAction, type LensData, lensesOf } from '../../sourcemap/intel/lens-model.ts';
import type { CDocument } from './c-document.ts';
import type { CDocuments } from './c-documents.ts';
import { LENS_COMMAND } from './command-ids.ts';
import { C_FILES, type IntelHost } from './intel-host.ts';

/** What a lens hands to its command. */
export interface LensCall {
  readonly uri: string;
  /** Line (1-based) that the lens spoke of when it was made. */
  readonly line: number;
  /** When that was: the text may have been edited since. */
  readonly moment: number;
  readonly action: LensAction;
}

/**
 * The lenses. While a text is edited they are the last ones, moved with their lines: the text is read again after a pause,
 * so that nothing flickers while somebody types.
 */
export class Lenses implements vscode.CodeLensProvider, Disposable {
  readonly #host: IntelHost;
  readonly #documents: CDocuments;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new vscode.EventEmitter<void>());
  readonly #made = new WeakMap<
    CDocument,
    { readonly from: readonly unknown[]; readonly lenses: readonly LensData[] }
  >();
  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(host: IntelHost, documents: CDocuments) {
    this.#host = host;
    this.#documents = documents;
    this.#store.add(documents.onDidChange(() => this.#changed.fire()));
    this.#store.add(host.onDidChangeSettings(() => this.#changed.fire()));
    this.#store.add(vscode.languages.registerCodeLensProvider(C_FILES, this));
  }

  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    const one = await this.#documents.of(document);
    if (one === undefined || this.#host.lensSettings() === undefined) {
      return [];
    }
    const intel = one.intel ?? (await one.read());
    if (one.settled) {
      void one.index();
    }
    return intel === undefined ? [] : this.now(one);
  }

  /** The lenses of a document at the lines where they stand now. */
  now(one: CDocument): vscode.CodeLens[] {
    const uri = one.document.uri.toString();
    const last = one.document.lineCount;
    return this.#dataOf(one).map(({ line, title, action, head }) => {
      const at = Math.min(one.lineNow(line), last) - 1;
      const row = head === true ? startOf(one.document, at) : at;
      const call: LensCall = { uri, line: at + 1, moment: one.moment, action };
      return new vscode.CodeLens(new vscode.Range(row, 0, row, 0), { title, command: LENS_COMMAND, arguments: [call] });
    });
  }

  dispose(): void {
    this.#store.dispose();
  }

  #dataOf(one: CDocument): readonly LensData[] {
    const { intel, indexed } = one;
    const settings = this.#host.lensSettings();
    if (intel === undefined || settings === undefined) {
      return [];
    }
    const from = [intel, indexed, JSON.stringify(settings)];
    const made = this.#made.get(one);
    if (made?.from.every((part, at) => part === from[at])) {
      return made.lenses;
    }
    const lenses = lensesOf(intel, indexed, settings);
    this.#made.set(one, { from, lenses });
    return lenses;
  }
}

/** The row where a definition starts: C often has the type on a line of its own above the name. */
function startOf(document: vscode.TextDocument, row: number): number {
  const above = row > 0 ? document.lineAt(row - 1).text : '';
  return /^[A-Za-z_][\w\s*]*$/.test(above) ? row - 1 : row;
}

import * as vscode from 'vscode';
import { type Disposable, MutableDisposable } from '../../base/disposable.ts';
import type { TreeFolders } from '../../host-node/open-trees.ts';
import type { QueryAnswer } from '../../sourcemap/query/query-types.ts';
import { inform, showProblem } from '../problems.ts';
import { cancelOf } from '../progress.ts';
import type { CDocuments } from './c-documents.ts';
import { type Row, RowTree, rowsOf } from './callers-tree.ts';
import { askedAt } from './hierarchy.ts';
import type { IntelHost } from './intel-host.ts';

/** As much as we use of the interface of VS Code's own `vscode.references-view`. */
interface ReferencesView {
  setInput(input: ReferencesInput): void;
}

interface ReferencesInput {
  readonly contextValue: string;
  readonly title: string;
  readonly location: vscode.Location;
  resolve(): Promise<ReferencesModel | undefined>;
  with(location: vscode.Location): ReferencesInput;
}

interface ReferencesModel {
  readonly message: string;
  readonly provider: vscode.TreeDataProvider<Row>;
  readonly navigation: {
    nearest(uri: vscode.Uri, position: vscode.Position): Row | undefined;
    next(from: Row): Row;
    previous(from: Row): Row;
    location(row: Row): vscode.Location | undefined;
  };
}

/** Our own view, where the editor has no References view. */
const FALLBACK = 'virtioTrace.callers';

/** Callers or callees of what the cursor stands on, in the References view. */
export class CallersView implements Disposable {
  readonly #host: IntelHost;
  readonly #documents: CDocuments;
  readonly #fallback = new MutableDisposable<vscode.TreeView<Row>>();

  constructor(host: IntelHost, documents: CDocuments) {
    this.#host = host;
    this.#documents = documents;
  }

  /** Asks, with progress and cancel, and shows the answer. */
  async show(which: 'callers' | 'callees'): Promise<void> {
    const { app, texts } = this.#host;
    const editor = vscode.window.activeTextEditor;
    const one = editor === undefined ? undefined : await this.#documents.of(editor.document);
    if (editor === undefined || one === undefined) {
      inform(app, texts.noFile);
      return;
    }
    const position = editor.selection.active;
    const asked = await askedAt(one, position);
    if (asked === undefined) {
      inform(app, texts.nothingHere);
      return;
    }
    const folders = await this.#host.folders(one.known);
    const options = { location: vscode.ProgressLocation.Notification, title: texts.asking, cancellable: true };
    const answer = await vscode.window.withProgress(options, async (_, token) => {
      const workspace = (vscode.workspace.workspaceFolders ?? []).map((folder) => folder.uri.fsPath);
      const found = await this.#host.ask('query', { which, query: asked.query, folders, workspace }, token);
      return cancelOf(token).cancelled ? undefined : found;
    });
    if (answer === undefined) {
      return;
    }
    if (!answer.ok) {
      showProblem(app, answer.error);
      return;
    }
    const title = which === 'callers' ? texts.callersOf(asked.name) : texts.calleesOf(asked.name);
    await this.#open(title, new vscode.Location(editor.document.uri, onWord(editor, position)), answer.value, folders);
  }

  dispose(): void {
    this.#fallback.dispose();
  }

  async #open(title: string, location: vscode.Location, answer: QueryAnswer, folders: TreeFolders): Promise<void> {
    const { texts } = this.#host;
    const rows = rowsOf(this.#host, answer, folders);
    const rests = texts.restsOn(answer.indexed.files, answer.indexed.folders.join(', '));
    const message = `${texts.found(answer.result.length, answer.unresolved.count)}. ${rests}`;
    const view = await referencesView();
    if (view === undefined) {
      await this.#openOwn(title, message, rows);
      return;
    }
    const input = (at: vscode.Location): ReferencesInput => ({
      contextValue: 'virtioTrace',
      title,
      location: at,
      resolve: () => Promise.resolve({ message, provider: new RowTree(rows), navigation: navigationOf(rows) }),
      with: input,
    });
    view.setInput(input(location));
  }

  async #openOwn(title: string, message: string, rows: readonly Row[]): Promise<void> {
    await vscode.commands.executeCommand('setContext', FALLBACK, true);
    const view = vscode.window.createTreeView(FALLBACK, { treeDataProvider: new RowTree(rows), showCollapseAll: true });
    view.title = title;
    view.message = message;
    this.#fallback.value = view;
    await vscode.commands.executeCommand(`${FALLBACK}.focus`);
  }
}

async function referencesView(): Promise<ReferencesView | undefined> {
  const extension = vscode.extensions.getExtension<Partial<ReferencesView>>('vscode.references-view');
  const api = await extension?.activate();
  return typeof api?.setInput === 'function' ? (api as ReferencesView) : undefined;
}

/** The view clears itself where its location is on no word. */
function onWord(editor: vscode.TextEditor, position: vscode.Position): vscode.Position {
  if (editor.document.getWordRangeAtPosition(position) !== undefined) {
    return position;
  }
  const { text } = editor.document.lineAt(position.line);
  const at = text.search(/\w/);
  return at < 0 ? position : new vscode.Position(position.line, at);
}

function navigationOf(rows: readonly Row[]): ReferencesModel['navigation'] {
  const [first] = rows;
  const step = (from: Row, by: number): Row => {
    const at = rows.indexOf(from);
    return rows[(at + by + rows.length) % rows.length] ?? from;
  };
  return {
    nearest: (uri) => rows.find((row) => row.location?.uri.toString() === uri.toString()) ?? first,
    next: (from) => step(from, 1),
    previous: (from) => step(from, -1),
    location: (row) => row.location,
  };
}

import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable.ts';
import { LineLog } from '../../sourcemap/intel/line-shift.ts';
import { CDocument } from './c-document.ts';
import type { IntelHost } from './intel-host.ts';

/** Every open C file of a tree. */
export class CDocuments implements Disposable {
  readonly #host: IntelHost;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new vscode.EventEmitter<CDocument>());
  readonly #open = new Map<string, Promise<CDocument | undefined>>();
  readonly #ready = new Map<string, CDocument>();
  /** Kept when a document closes: what was read elsewhere may still speak of its lines. */
  readonly #logs = new Map<string, LineLog>();

  constructor(host: IntelHost) {
    this.#host = host;
    const keep = (item: Disposable): void => {
      this.#store.add(item);
    };
    keep(vscode.workspace.onDidChangeTextDocument((event) => this.#edited(event)));
    keep(vscode.workspace.onDidSaveTextDocument((document) => this.#ready.get(keyOf(document))?.saved()));
    keep(vscode.workspace.onDidCloseTextDocument((document) => this.#close(document)));
    keep(host.onDidChangeTrees(() => this.#anew()));
  }

  /** Something is known of a document that was not known before, or was known otherwise. */
  get onDidChange(): vscode.Event<CDocument> {
    return this.#changed.event;
  }

  /** A document of a tree; undefined for any other, after one check of its path. */
  of(document: vscode.TextDocument): Promise<CDocument | undefined> {
    const key = keyOf(document);
    const known = this.#open.get(key) ?? this.#make(document);
    this.#open.set(key, known);
    return known;
  }

  /** A document of a tree that is open, by its path on disk. */
  at(path: string): CDocument | undefined {
    return this.#ready.get(vscode.Uri.file(path).toString());
  }

  /** How the lines of a file have moved since this window began to watch it; undefined for a file that it never did. */
  log(path: string): LineLog | undefined {
    return this.#logs.get(vscode.Uri.file(path).toString());
  }

  /** The present moment of every file that was ever open. */
  moments(): (path: string) => number {
    const now = new Map([...this.#logs].map(([key, log]) => [key, log.moment]));
    return (path) => now.get(vscode.Uri.file(path).toString()) ?? 0;
  }

  /** Every open one. */
  all(): readonly CDocument[] {
    return [...this.#ready.values()];
  }

  dispose(): void {
    for (const one of this.#ready.values()) {
      one.dispose();
    }
    this.#store.dispose();
  }

  async #make(document: vscode.TextDocument): Promise<CDocument | undefined> {
    const isC = document.languageId === 'c' || document.languageId === 'cpp';
    if (!isC || document.uri.scheme !== 'file' || document.isClosed) {
      return undefined;
    }
    const known = await this.#host.trees.treeOf(document.uri.fsPath);
    if (known === undefined) {
      return undefined;
    }
    const key = keyOf(document);
    const log = this.#logs.get(key) ?? new LineLog();
    this.#logs.set(key, log);
    const one = new CDocument(this.#host, document, known, log, () => this.#changed.fire(one));
    this.#ready.set(key, one);
    return one;
  }

  #edited({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    if (contentChanges.length > 0) {
      this.#ready.get(keyOf(document))?.edited(contentChanges);
    }
  }

  #close(document: vscode.TextDocument): void {
    const key = keyOf(document);
    this.#ready.get(key)?.dispose();
    this.#ready.delete(key);
    this.#open.delete(key);
  }

  /** Other trees: what was said of a path may no longer hold. */
  #anew(): void {
    for (const one of this.#ready.values()) {
      one.forgetIndex();
      this.#changed.fire(one);
    }
    for (const [key, open] of this.#open) {
      if (!this.#ready.has(key)) {
        void open.then((one) => (one === undefined ? this.#open.delete(key) : undefined));
      }
    }
  }
}

const keyOf = (document: vscode.TextDocument): string => document.uri.toString();

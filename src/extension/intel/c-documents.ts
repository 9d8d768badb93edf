import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable.ts';
import type { FileIntel } from '../../sourcemap/intel/file-intel.ts';
import type { IndexedFile } from '../../sourcemap/intel/indexed-file.ts';
import { LineLog, lineEnds, type TextChange } from '../../sourcemap/intel/line-shift.ts';
import type { KnownFile } from '../known-trees.ts';
import { problemIn } from '../problems.ts';
import type { IntelHost } from './intel-host.ts';

/** Milliseconds without typing after which a text is read again. */
const PAUSE = 400;

/** Something read of a text, and the moment of that text: its lines are found in the present one. */
interface Read<T> {
  readonly value: T;
  readonly moment: number;
}

/** One open C file of a tree: what was read of it, and how its lines have moved since. */
export class CDocument implements Disposable {
  readonly document: vscode.TextDocument;
  readonly known: KnownFile;
  readonly #host: IntelHost;
  readonly #changed: () => void;
  readonly #log: LineLog;
  #intel: Read<FileIntel> | undefined;
  #indexed: Read<IndexedFile> | undefined;
  #version = -1;
  #indexedVersion = -1;
  #reading: Promise<void> | undefined;
  #indexing: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(host: IntelHost, document: vscode.TextDocument, known: KnownFile, log: LineLog, changed: () => void) {
    this.#host = host;
    this.document = document;
    this.known = known;
    this.#log = log;
    this.#changed = changed;
  }

  /** Marks of the file; their lines are those of the moment at which it was read: see `lineNow`. */
  get intel(): FileIntel | undefined {
    return this.#intel?.value;
  }

  /** What the index knows of the file, in the lines of `intel`'s text; undefined until it was asked. */
  get indexed(): IndexedFile | undefined {
    const { value, moment } = this.#indexed ?? {};
    if (value === undefined || moment === undefined || moment === this.#intel?.moment) {
      return value;
    }
    // the index answered for an older text: its lines go along, so that nothing flickers until it answers again
    const until = this.#intel?.moment ?? moment;
    const move = <T extends { readonly line: number }>(one: T): T => ({
      ...one,
      line: this.#log.lineBetween(one.line, moment, until),
    });
    return { ...value, bindings: value.bindings.map(move), boundaries: value.boundaries.map(move) };
  }

  /** Where a line of `intel` stands in the text on screen. */
  lineNow(line: number): number {
    return this.#intel === undefined ? line : this.#log.lineNow(line, this.#intel.moment);
  }

  /** Whether what is known was read of the very text on screen. */
  get settled(): boolean {
    return this.#version === this.document.version;
  }

  /** The marks of the text on screen: read now where it has changed since. */
  async read(): Promise<FileIntel | undefined> {
    while (!this.settled && !this.#closed) {
      this.#reading ??= this.#readText().finally(() => {
        this.#reading = undefined;
      });
      await this.#reading;
    }
    return this.intel;
  }

  /** Takes the changes of the text at once, and reads it again after a pause. */
  edited(changes: readonly vscode.TextDocumentContentChangeEvent[]): void {
    this.#log.add(changes.map(changeOf));
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#paused(), PAUSE);
  }

  /** What is on disk is the text on screen again. */
  saved(): void {
    const { root, path } = this.known;
    this.#host.client.unsaved({ root, path, text: undefined });
  }

  /** Asks the index what the marks mean, once for each text; answers come with `changed`. */
  index(): Promise<void> {
    if (this.#indexedVersion === this.document.version || this.#closed) {
      return this.#indexing ?? Promise.resolve();
    }
    this.#indexedVersion = this.document.version;
    const job = this.#askIndex(this.#log.moment).catch((reason: unknown) => this.#failed(reason));
    this.#indexing = job;
    return job;
  }

  /** Asks the index again: other trees are in use. */
  forgetIndex(): void {
    this.#indexedVersion = -1;
  }

  dispose(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.saved();
  }

  async #readText(): Promise<void> {
    const { version } = this.document;
    const { moment } = this.#log;
    const text = this.document.getText();
    this.#tell(text);
    try {
      const value = await this.#host.ask('file', { ...this.known, text });
      this.#intel = { value, moment };
    } catch (reason) {
      this.#failed(reason);
    }
    this.#version = version;
  }

  async #askIndex(moment: number): Promise<void> {
    const folders = await this.#host.folders(this.known);
    const value = await this.#host.ask('indexed', { ...this.known, text: this.document.getText(), folders });
    if (value !== undefined && !this.#closed) {
      this.#indexed = { value, moment };
      this.#changed();
    }
  }

  #tell(text: string): void {
    const { root, path } = this.known;
    this.#host.client.unsaved({ root, path, text: this.document.isDirty ? text : undefined });
  }

  #paused(): void {
    this.read()
      .then(() => {
        this.#changed();
        return this.index();
      })
      .catch((reason: unknown) => this.#failed(reason));
  }

  #failed(reason: unknown): void {
    if (problemIn(reason)?.code !== 'cancelled') {
      this.#host.app.log.warn(String(reason));
    }
  }
}

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

/** A change as the core takes it. */
export const changeOf = ({ range, text }: vscode.TextDocumentContentChangeEvent): TextChange => ({
  start: range.start,
  end: range.end,
  added: lineEnds(text),
});

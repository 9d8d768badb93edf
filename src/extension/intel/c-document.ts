import type * as vscode from 'vscode';
import type { Disposable } from '../../base/disposable.ts';
import type { IntelAsks, UnsavedText } from '../../host-node/intel/intel-messages.ts';
import type { TreeFolders } from '../../host-node/open-trees.ts';
import type { FileIntel } from '../../sourcemap/intel/file-intel.ts';
import type { IndexedFile } from '../../sourcemap/intel/indexed-file.ts';
import { type LineLog, lineEnds, type TextChange } from '../../sourcemap/intel/line-shift.ts';
import type { KnownFile } from '../known-trees.ts';

/** Whom a document asks. */
export interface DocumentHost {
  ask<K extends 'file' | 'indexed'>(t: K, ask: IntelAsks[K]['ask']): Promise<IntelAsks[K]['answer']>;
  folders(known: KnownFile): Promise<TreeFolders>;
  unsaved(text: UnsavedText): void;
  /** Notes a failure that leaves the last answer standing. */
  failed(reason: unknown): void;
}

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
  readonly #host: DocumentHost;
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

  constructor(host: DocumentHost, document: vscode.TextDocument, known: KnownFile, log: LineLog, changed: () => void) {
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

  /** The present moment of the text: see `lineSince`. */
  get moment(): number {
    return this.#log.moment;
  }

  /** Where a line of an earlier moment stands in the text on screen. */
  lineSince(line: number, moment: number): number {
    return this.#log.lineNow(line, moment);
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
    this.#host.unsaved({ root, path, text: undefined });
  }

  /** Asks the index what the marks mean, once for each text; answers come with `changed`. */
  index(): Promise<void> {
    if (this.#indexedVersion === this.document.version || this.#closed) {
      return this.#indexing ?? Promise.resolve();
    }
    this.#indexedVersion = this.document.version;
    const job = this.#askIndex(this.#log.moment).catch((reason: unknown) => this.#host.failed(reason));
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
      this.#host.failed(reason);
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
    this.#host.unsaved({ root, path, text: this.document.isDirty ? text : undefined });
  }

  #paused(): void {
    this.read()
      .then(() => {
        this.#changed();
        return this.index();
      })
      .catch((reason: unknown) => this.#host.failed(reason));
  }
}

/** A change as the core takes it. */
export const changeOf = ({ range, text }: vscode.TextDocumentContentChangeEvent): TextChange => ({
  start: range.start,
  end: range.end,
  added: lineEnds(text),
});

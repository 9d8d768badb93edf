import * as vscode from 'vscode';
import type { Disposable } from '../../base/disposable.ts';
import { DisposableStore } from '../../base/disposable.ts';
import { IntelClient } from '../../host-node/intel/intel-client.ts';
import type { IntelAsks, UnsavedText } from '../../host-node/intel/intel-messages.ts';
import { withRoot } from '../../host-node/intel/with-root.ts';
import type { TreeFolders } from '../../host-node/open-trees.ts';
import type { LensSettings } from '../../sourcemap/intel/lens-model.ts';
import type { TreeName } from '../../sourcemap/query/parts.ts';
import { INTEL_TEXTS, type IntelTexts } from '../../texts/intel.ts';
import { problemText } from '../../texts/problems.ts';
import type { App } from '../app.ts';
import type { KnownFile, KnownTrees } from '../known-trees.ts';
import { problemIn } from '../problems.ts';
import { findFolders, onDidChangeTrees } from '../tree-folders.ts';

/** C, and headers: the editor takes those for C++. */
export const C_FILES: vscode.DocumentSelector = [
  { language: 'c', scheme: 'file' },
  { language: 'cpp', scheme: 'file', pattern: '**/*.h' },
];

/** A line of a tree. */
export interface TreeLine {
  readonly tree: TreeName;
  readonly file: string;
  /** 1-based. */
  readonly line: number;
}

/** What the providers share: who answers, which trees are in use, and the words. */
export class IntelHost implements Disposable {
  readonly app: App;
  readonly trees: KnownTrees;
  readonly texts: IntelTexts;
  readonly client: IntelClient;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new vscode.EventEmitter<void>());
  readonly #settings = this.#store.add(new vscode.EventEmitter<void>());
  #folders: Promise<TreeFolders> | undefined;
  #busy: (() => void) | undefined;
  #report: ((message: string) => void) | undefined;

  constructor(app: App, trees: KnownTrees) {
    this.app = app;
    this.trees = trees;
    this.texts = INTEL_TEXTS[app.language];
    const start = { cacheFolder: app.context.globalStorageUri.fsPath, routes: app.file('dist', 'routes.json').fsPath };
    this.client = this.#store.add(
      new IntelClient(start, {
        progress: (done, of) => this.#progress(done, of),
        problem: (one) => app.log.warn(problemText(one, app.language).text),
      }),
    );
    this.#store.add(
      onDidChangeTrees(() => {
        this.#folders = undefined;
        this.trees.forget();
        this.#changed.fire();
      }),
    );
    this.#store.add(
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (
          change.affectsConfiguration('virtioTrace.codeLens') ||
          change.affectsConfiguration('virtioTrace.diagnostics')
        ) {
          this.#settings.fire();
        }
      }),
    );
  }

  /** Other trees are in use. */
  get onDidChangeTrees(): vscode.Event<void> {
    return this.#changed.event;
  }

  /** Lenses or diagnostics are wanted otherwise. */
  get onDidChangeSettings(): vscode.Event<void> {
    return this.#settings.event;
  }

  /** The trees in use; those of a file hold its own tree. */
  async folders(known?: KnownFile): Promise<TreeFolders> {
    this.#folders ??= findFolders(this.app).then(({ folders }) => folders);
    const folders = await this.#folders;
    return known === undefined ? folders : withRoot(folders, known);
  }

  /** Which lenses are wanted; undefined where none are. */
  lensSettings(): LensSettings | undefined {
    const configuration = vscode.workspace.getConfiguration('virtioTrace.codeLens');
    const on = (name: string): boolean => configuration.get<unknown>(name) !== false;
    const bindings = configuration.get<unknown>('bindings');
    const routes = configuration.get<unknown>('routes');
    return on('enabled')
      ? {
          stages: on('stages'),
          routes: Array.isArray(routes) ? routes.filter((one) => typeof one === 'string') : [],
          bindings: bindings === 'route' || bindings === 'off' ? bindings : 'all',
          boundaries: on('boundaries'),
          language: this.app.language,
        }
      : undefined;
  }

  /** Asks, while the status bar tells how far the index is where one is built for it. */
  async ask<K extends keyof IntelAsks>(
    t: K,
    ask: IntelAsks[K]['ask'],
    token?: vscode.CancellationToken,
  ): Promise<IntelAsks[K]['answer']> {
    return this.client.ask(t, ask, {
      cancelled: token?.isCancellationRequested ?? false,
      onCancelled: (stop) => token?.onCancellationRequested(stop) ?? { dispose: () => undefined },
    });
  }

  /** Says what stands unsaved in an editor. */
  unsaved(text: UnsavedText): void {
    this.client.unsaved(text);
  }

  /** Notes a failure that leaves the user with less to see; what was cancelled is none. */
  failed(reason: unknown): void {
    if (problemIn(reason)?.code !== 'cancelled') {
      this.app.log.warn(String(reason));
    }
  }

  /** The address of a line's file. */
  uriOf({ tree, file }: Pick<TreeLine, 'tree' | 'file'>, folders: TreeFolders): vscode.Uri {
    const root =
      tree === 'acrn'
        ? folders.acrn
        : tree === 'serviceLinux'
          ? (folders.serviceLinux ?? folders.linux)
          : folders.linux;
    return vscode.Uri.joinPath(vscode.Uri.file(root), file);
  }

  /** A line as a location; the editor shows its beginning. */
  locationOf(place: TreeLine, folders: TreeFolders): vscode.Location {
    return new vscode.Location(this.uriOf(place, folders), new vscode.Position(Math.max(0, place.line - 1), 0));
  }

  dispose(): void {
    this.#busy?.();
    this.#store.dispose();
  }

  /** Indexing shows in the status bar from its second portion of files on, until it has caught up. */
  #progress(done: number, of: number): void {
    if (done >= of) {
      this.#busy?.();
      this.#busy = undefined;
      this.#report = undefined;
      return;
    }
    if (this.#busy === undefined) {
      void vscode.window.withProgress({ location: vscode.ProgressLocation.Window }, (progress) => {
        this.#report = (message) => progress.report({ message });
        return new Promise<void>((resolve) => {
          this.#busy = resolve;
        });
      });
    }
    this.#report?.(this.texts.indexing(done, of));
  }
}

import * as vscode from 'vscode';
import type { Disposable } from '../../base/disposable.ts';
import { FileTreeReader } from '../../host-node/tree-reader.ts';
import { openTree, type TreeKind } from '../../sourcemap/trees.ts';
import { SOURCE_TEXTS } from '../../texts/sources.ts';
import type { App } from '../app.ts';
import { type FoundFolders, findFolders, onDidChangeTrees } from '../tree-folders.ts';
import { rememberTree } from './known-list.ts';

/** Which trees are in use, in the status bar; a click switches them. It appears with the first feature that is used. */
export class TreeStatus implements Disposable {
  readonly #app: App;
  readonly #item: vscode.StatusBarItem;
  readonly #changes: vscode.Disposable;
  #asked = 0;

  constructor(app: App) {
    this.#app = app;
    this.#item = vscode.window.createStatusBarItem('trees', vscode.StatusBarAlignment.Right, 90);
    this.#item.name = 'Virtio Trace';
    this.#item.command = 'virtioTrace.switchTrees';
    this.#changes = onDidChangeTrees(() => this.update());
    this.update();
  }

  /** Looks again which trees are in use. */
  update(): void {
    this.#show().catch((reason: unknown) => this.#app.log.error(String(reason)));
  }

  dispose(): void {
    this.#changes.dispose();
    this.#item.dispose();
  }

  async #show(): Promise<void> {
    const asked = ++this.#asked;
    const found = await findFolders(this.#app);
    const parts = await this.#partsOf(found);
    if (asked !== this.#asked) {
      return;
    }
    const texts = SOURCE_TEXTS[this.#app.language];
    const all = parts.join(' · ');
    const sample = found.sample.length > 1;
    this.#item.text = `$(circuit-board) ${all}`;
    this.#item.accessibilityInformation = { label: texts.accessible(all), role: 'button' };
    this.#item.tooltip = `${sample ? texts.sampleInUse : texts.inUse(all)}\n${folderLines(found)}${texts.clickToSwitch}`;
    this.#item.show();
  }

  async #partsOf({ folders, sample }: FoundFolders): Promise<readonly string[]> {
    const texts = SOURCE_TEXTS[this.#app.language];
    if (sample.length > 1) {
      return [`Virtio Trace: ${texts.sampleShort}`];
    }
    const partOf = async (kind: TreeKind, folder: string): Promise<string> => {
      const version = sample.includes(kind) ? texts.sampleShort : await this.#version(kind, folder);
      return version === undefined ? texts.treeMissing(kind) : texts.treeOf(kind, version);
    };
    const service = folders.serviceLinux === undefined ? undefined : await this.#version('linux', folders.serviceLinux);
    return [
      await partOf('acrn', folders.acrn),
      await partOf('linux', folders.linux),
      ...(folders.serviceLinux === undefined
        ? []
        : [service === undefined ? texts.treeMissing('linux') : texts.serviceTree(service)]),
    ];
  }

  /** Version of a tree as it states it, which is then known for switching; undefined where there is no such tree. */
  async #version(kind: TreeKind, folder: string): Promise<string | undefined> {
    const tree = await openTree(kind, new FileTreeReader(folder));
    const { unknownVersion } = SOURCE_TEXTS[this.#app.language];
    if (!tree.ok) {
      return undefined;
    }
    await rememberTree(this.#app, kind, folder);
    return tree.value.info.version.replace(/^unknown$/, unknownVersion);
  }
}

/** One line for each folder that is not the sample. */
const folderLines = ({ folders, sample }: FoundFolders): string =>
  [
    ...(sample.includes('acrn') ? [] : [folders.acrn]),
    ...(sample.includes('linux') ? [] : [folders.linux]),
    ...(folders.serviceLinux === undefined ? [] : [folders.serviceLinux]),
  ]
    .map((folder) => `${folder}\n`)
    .join('');

import * as vscode from 'vscode';

/** A tree whose rows come from a feature that is loaded when the view is first shown. */
export class LazyTree<T> implements vscode.TreeDataProvider<T> {
  readonly #changed = new vscode.EventEmitter<T | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #load: () => Promise<TreeSource<T>>;
  #source: TreeSource<T> | undefined;

  constructor(load: () => Promise<TreeSource<T>>) {
    this.#load = load;
  }

  async getChildren(element?: T): Promise<T[]> {
    return [...(await (await this.#loaded()).children(element))];
  }

  async getTreeItem(element: T): Promise<vscode.TreeItem> {
    return (await this.#loaded()).item(element);
  }

  async #loaded(): Promise<TreeSource<T>> {
    if (this.#source === undefined) {
      this.#source = await this.#load();
      this.#source.onDidChange((element) => this.#changed.fire(element));
    }
    return this.#source;
  }
}

/** The rows of a view. */
export interface TreeSource<T> {
  /** Told what is to be shown anew; everything where undefined. */
  readonly onDidChange: vscode.Event<T | undefined>;
  children(element: T | undefined): readonly T[] | Promise<readonly T[]>;
  item(element: T): vscode.TreeItem | Promise<vscode.TreeItem>;
}

/** A row with its name for a screen reader. */
export function treeItem(
  label: string,
  accessible: string,
  collapsible: vscode.TreeItemCollapsibleState = vscode.TreeItemCollapsibleState.None,
): vscode.TreeItem {
  const item = new vscode.TreeItem(label, collapsible);
  item.accessibilityInformation = { label: accessible };
  return item;
}

/** A tooltip out of plain text: what comes from files or scenarios is never read as markup. */
export function plainTip(...paragraphs: readonly string[]): vscode.MarkdownString {
  const tip = new vscode.MarkdownString();
  for (const paragraph of paragraphs.filter((one) => one !== '')) {
    tip.appendText(paragraph);
    tip.appendMarkdown('\n\n');
  }
  return tip;
}

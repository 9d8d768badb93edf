import * as vscode from 'vscode';
import type { Disposable } from '../../base/disposable.ts';
import { FORCED } from '../../scenarios/forced.ts';
import { NAMED } from '../../scenarios/named.ts';
import type { Scenario } from '../../scenarios/scenario.ts';
import { problemText } from '../../texts/problems.ts';
import { VIEW_TEXTS } from '../../texts/views.ts';
import type { App } from '../app.ts';
import { SCENARIO_GLOB, type ScenarioFile, scenarioFiles } from '../scenario-files.ts';
import { plainTip, type TreeSource, treeItem } from './lazy-tree.ts';

/** A row of the Scenarios view. */
export type ScenarioNode =
  | { readonly is: 'group'; readonly group: 'workspace' | 'built-in' }
  | { readonly is: 'named'; readonly scenario: Scenario }
  | { readonly is: 'file'; readonly file: ScenarioFile };

const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;

/** The scenarios: those of the workspace's files, and the built-in ones. */
export class ScenariosView implements TreeSource<ScenarioNode>, Disposable {
  readonly #app: App;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #store: vscode.Disposable;
  readonly onDidChange = this.#changed.event;

  constructor(app: App) {
    this.#app = app;
    const again = (): void => this.#changed.fire(undefined);
    const watchers = (vscode.workspace.workspaceFolders ?? []).map((folder) =>
      vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, SCENARIO_GLOB)),
    );
    this.#store = vscode.Disposable.from(
      ...watchers,
      ...watchers.flatMap((watcher) => [
        watcher.onDidCreate(again),
        watcher.onDidChange(again),
        watcher.onDidDelete(again),
      ]),
      vscode.workspace.onDidChangeWorkspaceFolders(again),
    );
  }

  async children(node: ScenarioNode | undefined): Promise<readonly ScenarioNode[]> {
    if (node?.is === 'group' && node.group === 'built-in') {
      return [...NAMED.values()].map((scenario) => ({ is: 'named', scenario }));
    }
    const files = (await scenarioFiles()).map((file): ScenarioNode => ({ is: 'file', file }));
    if (node === undefined) {
      const builtIn: ScenarioNode = { is: 'group', group: 'built-in' };
      return files.length === 0 ? [builtIn] : [{ is: 'group', group: 'workspace' }, builtIn];
    }
    return node.is === 'group' ? files : [];
  }

  item(node: ScenarioNode): vscode.TreeItem {
    switch (node.is) {
      case 'group':
        return this.#group(node.group);
      case 'named':
        return this.#scenario(node.scenario, undefined);
      case 'file':
        return node.file.scenario.ok
          ? this.#scenario(node.file.scenario.value, node.file.uri)
          : this.#wrong(node.file.uri, problemText(node.file.scenario.error, this.#app.language));
    }
  }

  dispose(): void {
    this.#store.dispose();
    this.#changed.dispose();
  }

  #group(group: 'workspace' | 'built-in'): vscode.TreeItem {
    const texts = VIEW_TEXTS[this.#app.language];
    const name = group === 'workspace' ? texts.inWorkspace : texts.builtIn;
    const item = treeItem(name, name, group === 'workspace' ? Expanded : Collapsed);
    item.id = group;
    item.iconPath = new vscode.ThemeIcon(group === 'workspace' ? 'root-folder' : 'package');
    item.contextValue = 'group';
    return item;
  }

  #scenario(scenario: Scenario, uri: vscode.Uri | undefined): vscode.TreeItem {
    const { language } = this.#app;
    const texts = VIEW_TEXTS[language];
    const title = scenario.title[language];
    const summary = scenario.summary[language];
    const item = treeItem(title, [title, scenario.name, summary].join(', '), None);
    item.description = uri === undefined ? scenario.route : vscode.workspace.asRelativePath(uri);
    const meanings = scenario.forced.map((name) => FORCED[name].meaning[language]).join('; ');
    const forced = meanings === '' ? '' : texts.forced(meanings);
    item.tooltip = plainTip(...texts.scenarioTip(title, summary, scenario.route, forced).split('\n\n'));
    const hazards = (scenario.expected?.hazards?.length ?? 0) > 0;
    item.iconPath = new vscode.ThemeIcon(uri !== undefined ? 'file-code' : hazards ? 'warning' : 'beaker');
    item.contextValue = uri === undefined ? 'builtInScenario' : 'scenarioFile';
    if (uri !== undefined) {
      item.command = { command: 'vscode.open', title: texts.openPlace, arguments: [uri] };
    }
    return item;
  }

  #wrong(uri: vscode.Uri, { text, next }: ReturnType<typeof problemText>): vscode.TreeItem {
    const name = vscode.workspace.asRelativePath(uri);
    const item = treeItem(name, `${name}, ${text}`, None);
    item.description = text;
    item.tooltip = plainTip(text, next);
    item.iconPath = new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground'));
    item.contextValue = 'wrongScenario';
    item.command = { command: 'vscode.open', title: VIEW_TEXTS[this.#app.language].openPlace, arguments: [uri] };
    return item;
  }
}

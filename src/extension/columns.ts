import * as vscode from 'vscode';
import { VIEW_TYPE } from './view-type.ts';

/** The column for a document beside the replay: never the panel's own, for there it would cover the panel. */
export function documentColumn(): vscode.ViewColumn {
  const holdsPanel = (group: vscode.TabGroup): boolean =>
    group.tabs.some((tab) => tab.input instanceof vscode.TabInputWebview && tab.input.viewType.endsWith(VIEW_TYPE));
  const { activeTabGroup, all } = vscode.window.tabGroups;
  if (!holdsPanel(activeTabGroup)) {
    return vscode.ViewColumn.Active;
  }
  return all.find((group) => !holdsPanel(group))?.viewColumn ?? vscode.ViewColumn.Beside;
}

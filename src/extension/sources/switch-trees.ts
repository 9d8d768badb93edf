import * as vscode from 'vscode';
import type { TreeKind } from '../../sourcemap/trees.ts';
import { SOURCE_TEXTS, type SourceTexts } from '../../texts/sources.ts';
import type { App } from '../app.ts';
import { keepSetting, SAMPLE, SETTING_OF, setting, type TreeSetting } from '../tree-folders.ts';
import { type KnownTree, knownTrees } from './known-list.ts';

/** What a choice does. */
export type SwitchAction =
  | { readonly do: 'set'; readonly setting: TreeSetting; readonly value: string }
  | { readonly do: 'choose' }
  | { readonly do: 'get' };

interface Item extends vscode.QuickPickItem {
  readonly action?: SwitchAction;
}

/**
 * Asks which tree to use from now on, of those that are known. A choice of a tree is kept in the settings; whatever else is
 * chosen is the answer.
 */
export async function switchTrees(app: App): Promise<'set' | 'choose' | 'get' | undefined> {
  const texts = SOURCE_TEXTS[app.language];
  const items = knownTrees(app).then((known) => switchItems(texts, known, setting));
  const picked = await vscode.window.showQuickPick<Item>(items, {
    title: texts.switchTitle,
    placeHolder: texts.switchPlaceholder,
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (picked?.action?.do === 'set') {
    await keepSetting(picked.action.setting, picked.action.value);
  }
  return picked?.action?.do;
}

/** The choices: for each tree the known ones, the sample, and to leave it to us; then where to get others. */
export function switchItems(
  texts: SourceTexts,
  known: readonly KnownTree[],
  isSet: (name: TreeSetting) => string | undefined,
): Item[] {
  const group = (label: string): Item => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const choice = (name: TreeSetting, value: string, item: vscode.QuickPickItem): Item => ({
    ...item,
    label: `${(isSet(name) ?? '') === value ? '$(check)' : '$(blank)'} ${item.label}`,
    action: { do: 'set', setting: name, value },
  });
  const trees = (name: TreeSetting, kind: TreeKind): Item[] =>
    known
      .filter((tree) => tree.kind === kind)
      .map(({ folder, version }) =>
        choice(name, folder, { label: texts.treeOf(kind, version ?? texts.gone), description: folder }),
      );
  const both = (kind: TreeKind): Item[] => [
    ...trees(SETTING_OF[kind], kind),
    choice(SETTING_OF[kind], '', { label: texts.automatic, detail: texts.automaticDetail }),
    choice(SETTING_OF[kind], SAMPLE, { label: texts.sampleItem, detail: texts.sampleItemDetail }),
  ];
  return [
    group(texts.acrnGroup),
    ...both('acrn'),
    group(texts.linuxGroup),
    ...both('linux'),
    group(texts.serviceGroup),
    choice('serviceLinuxPath', '', { label: texts.sameAsGuest }),
    ...trees('serviceLinuxPath', 'linux'),
    group(texts.otherGroup),
    { label: `$(folder-opened) ${texts.chooseFolders}`, action: { do: 'choose' } },
    { label: `$(cloud-download) ${texts.getSources}`, action: { do: 'get' } },
  ];
}

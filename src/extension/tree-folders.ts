import * as vscode from 'vscode';
import type { TreeFolders } from '../host-node/open-trees.ts';
import { FileTreeReader } from '../host-node/tree-reader.ts';
import { identifyTree, type TreeKind } from '../sourcemap/trees.ts';
import type { App } from './app.ts';
import { type FoundTree, findTrees, type Look } from './sources/find-trees.ts';

/** Folders that will be read, and which of them are the built-in sample. */
export interface FoundFolders {
  readonly folders: TreeFolders;
  readonly sample: readonly TreeKind[];
}

/** Settings that name a tree; that of the Service VM stands for its kernel alone. */
export const TREE_SETTINGS = ['acrnPath', 'linuxPath', 'serviceLinuxPath'] as const;

/** A setting that names a tree. */
export type TreeSetting = (typeof TREE_SETTINGS)[number];

/** The setting for a tree of each kind. */
export const SETTING_OF = { acrn: 'acrnPath', linux: 'linuxPath' } as const satisfies Readonly<
  Record<TreeKind, TreeSetting>
>;

/** Value of a setting that stands for the built-in sample, whatever is open. */
export const SAMPLE = 'sample';

/** Entries of one folder that are looked at. */
const MOST_CHILDREN = 200;
/** A folder that holds many folders and no checkout. */
const NO_CHECKOUT = 'node_modules';

/**
 * The trees to use: what the settings name, else what stands in or around the open workspace folders, else the built-in
 * sample. A named folder is taken as it is; whether it is a tree is checked when it is opened.
 */
export async function findFolders(app: App): Promise<FoundFolders> {
  const named = { acrn: setting('acrnPath'), linux: setting('linuxPath') };
  const open = named.acrn === undefined || named.linux === undefined ? await treesInWorkspace(app) : [];
  const sample: TreeKind[] = [];
  const folderOf = (kind: TreeKind): string => {
    const wanted = named[kind];
    const found = wanted ?? open.find((tree) => tree.kind === kind)?.folder;
    if (found === undefined || found === SAMPLE) {
      sample.push(kind);
      return app.file('sample', kind).fsPath;
    }
    return found;
  };
  const folders = { acrn: folderOf('acrn'), linux: folderOf('linux') };
  const serviceLinux = setting('serviceLinuxPath');
  return { folders: serviceLinux === undefined ? folders : { ...folders, serviceLinux }, sample };
}

/** The trees in and around the open workspace folders, the nearest first. The search is bounded. */
export async function treesInWorkspace(app: App): Promise<readonly FoundTree[]> {
  const roots = (vscode.workspace.workspaceFolders ?? []).filter((folder) => folder.uri.scheme === 'file');
  const look: Look = {
    kindOf: (folder) => identifyTree(new FileTreeReader(folder)),
    children: (folder) => childFolders(app, vscode.Uri.file(folder)),
    parent: (folder) => {
      const { fsPath } = vscode.Uri.joinPath(vscode.Uri.file(folder), '..');
      return fsPath === folder ? undefined : fsPath;
    },
  };
  return findTrees(
    roots.map((folder) => folder.uri.fsPath),
    look,
  );
}

/** Tells when other trees may be in use: a setting that names one or the open folders have changed. */
export function onDidChangeTrees(listener: () => void): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (TREE_SETTINGS.some((name) => change.affectsConfiguration(`virtioTrace.${name}`))) {
        listener();
      }
    }),
    vscode.workspace.onDidChangeWorkspaceFolders(listener),
  );
}

/** Where the folders of the last trace of this workspace are remembered. */
const REMEMBERED = 'virtioTrace.folders';

/** Remembers the folders of a trace, so that a reloaded window shows the same sources: its settings may come late. */
export async function rememberFolders(app: App, found: FoundFolders): Promise<void> {
  const { acrn, linux, serviceLinux } = found.folders;
  await app.context.workspaceState.update(REMEMBERED, {
    ...(found.sample.includes('acrn') ? {} : { acrn }),
    ...(found.sample.includes('linux') ? {} : { linux }),
    ...(serviceLinux === undefined ? {} : { serviceLinux }),
  });
}

/** The folders of the last trace of this workspace, the sample for those that it did not name. */
export function rememberedFolders(app: App): FoundFolders | undefined {
  const known = app.context.workspaceState.get<Readonly<Record<string, unknown>>>(REMEMBERED);
  const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
  if (known === undefined) {
    return undefined;
  }
  const named = { acrn: text(known['acrn']), linux: text(known['linux']) };
  const serviceLinux = text(known['serviceLinux']);
  const folders = {
    acrn: named.acrn ?? app.file('sample', 'acrn').fsPath,
    linux: named.linux ?? app.file('sample', 'linux').fsPath,
  };
  return {
    folders: serviceLinux === undefined ? folders : { ...folders, serviceLinux },
    sample: (['acrn', 'linux'] as const).filter((kind) => named[kind] === undefined),
  };
}

/** Keeps chosen folders in the settings; the answer names one that is neither tree. */
export async function keepFolders(folders: readonly string[]): Promise<string | undefined> {
  for (const folder of folders) {
    const kind = await identifyTree(new FileTreeReader(folder));
    if (kind === undefined) {
      return folder;
    }
    await keepSetting(SETTING_OF[kind], folder);
  }
  return undefined;
}

/**
 * Keeps one tree in the settings, where the setting stands already: else in the user's, so that it holds in every
 * workspace. An empty value takes the setting away.
 */
export async function keepSetting(name: TreeSetting, value: string): Promise<void> {
  const configuration = vscode.workspace.getConfiguration('virtioTrace');
  const inWorkspace = configuration.inspect(name)?.workspaceValue !== undefined && vscode.workspace.isTrusted;
  const target = inWorkspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global;
  await configuration.update(name, value === '' ? undefined : value, target);
}

/** What a setting names; undefined where it is empty. */
export function setting(name: TreeSetting): string | undefined {
  const value = vscode.workspace.getConfiguration('virtioTrace').get<unknown>(name);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

async function childFolders(app: App, uri: vscode.Uri): Promise<readonly string[]> {
  try {
    const entries = await vscode.workspace.fs.readDirectory(uri);
    return entries
      .filter(
        ([name, type]) => (type & vscode.FileType.Directory) !== 0 && !name.startsWith('.') && name !== NO_CHECKOUT,
      )
      .slice(0, MOST_CHILDREN)
      .map(([name]) => vscode.Uri.joinPath(uri, name).fsPath);
  } catch (reason) {
    app.log.warn(`${uri.fsPath}: ${String(reason)}`);
    return [];
  }
}

import * as vscode from 'vscode';
import type { TreeFolders } from '../host-node/open-trees.ts';
import { FileTreeReader } from '../host-node/tree-reader.ts';
import { identifyTree, type TreeKind } from '../sourcemap/trees.ts';
import type { App } from './app.ts';

/** Folders that will be read, and which of them are the built-in sample. */
export interface FoundFolders {
  readonly folders: TreeFolders;
  readonly sample: readonly TreeKind[];
}

/** Folders inside a workspace folder that are looked at. */
const MOST_CHILDREN = 200;

const SETTING = { acrn: 'acrnPath', linux: 'linuxPath' } as const;

/**
 * The trees to use: what the settings name, else what stands in the open workspace folders, else the built-in sample. A
 * named folder is taken as it is; whether it is a tree is checked when it is opened.
 */
export async function findFolders(app: App): Promise<FoundFolders> {
  const open = await openFolders(app);
  const sample: TreeKind[] = [];
  const folderOf = (kind: TreeKind): string => {
    const found = setting(SETTING[kind]) ?? open.get(kind);
    if (found === undefined) {
      sample.push(kind);
    }
    return found ?? app.file('sample', kind).fsPath;
  };
  const folders = { acrn: folderOf('acrn'), linux: folderOf('linux') };
  const serviceLinux = setting('serviceLinuxPath');
  return { folders: serviceLinux === undefined ? folders : { ...folders, serviceLinux }, sample };
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

/** Keeps chosen folders in the user's settings; the answer names one that is neither tree. */
export async function keepFolders(folders: readonly string[]): Promise<string | undefined> {
  const configuration = vscode.workspace.getConfiguration('virtioTrace');
  for (const folder of folders) {
    const kind = await identifyTree(new FileTreeReader(folder));
    if (kind === undefined) {
      return folder;
    }
    await configuration.update(SETTING[kind], folder, vscode.ConfigurationTarget.Global);
  }
  return undefined;
}

function setting(name: 'acrnPath' | 'linuxPath' | 'serviceLinuxPath'): string | undefined {
  const value = vscode.workspace.getConfiguration('virtioTrace').get<unknown>(name);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

/** Trees among the open workspace folders and the folders directly inside them; the first of each kind. */
async function openFolders(app: App): Promise<ReadonlyMap<TreeKind, string>> {
  const found = new Map<TreeKind, string>();
  const roots = (vscode.workspace.workspaceFolders ?? []).filter((folder) => folder.uri.scheme === 'file');
  const look = async (uri: vscode.Uri): Promise<void> => {
    const kind = await identifyTree(new FileTreeReader(uri.fsPath));
    if (kind !== undefined && !found.has(kind)) {
      found.set(kind, uri.fsPath);
    }
  };
  for (const root of roots) {
    await look(root.uri);
  }
  for (const root of roots) {
    if (found.size < 2) {
      await Promise.all((await childFolders(app, root.uri)).map(look));
    }
  }
  return found;
}

async function childFolders(app: App, uri: vscode.Uri): Promise<readonly vscode.Uri[]> {
  try {
    const entries = await vscode.workspace.fs.readDirectory(uri);
    return entries
      .filter(([name, type]) => (type & vscode.FileType.Directory) !== 0 && !name.startsWith('.'))
      .slice(0, MOST_CHILDREN)
      .map(([name]) => vscode.Uri.joinPath(uri, name));
  } catch (reason) {
    app.log.warn(`${uri.fsPath}: ${String(reason)}`);
    return [];
  }
}

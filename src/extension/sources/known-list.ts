import { FileTreeReader } from '../../host-node/tree-reader.ts';
import { openTree, type TreeKind } from '../../sourcemap/trees.ts';
import type { App } from '../app.ts';
import { SAMPLE, setting, TREE_SETTINGS, treesInWorkspace } from '../tree-folders.ts';

/** A tree that the user has met. `version` is undefined where it is not there any more. */
export interface KnownTree {
  readonly kind: TreeKind;
  readonly folder: string;
  readonly version: string | undefined;
}

/** Where folders that were once used are kept, over all workspaces. */
const KEPT = 'virtioTrace.knownTrees';
/** Folders that are kept. */
const MOST = 20;

/** Keeps a folder among those that were used, the newest first. */
export async function rememberTree(app: App, kind: TreeKind, folder: string): Promise<void> {
  const kept = keptFolders(app);
  const others = kept.filter((one) => one.folder !== folder);
  if (kept[0]?.folder === folder) {
    return;
  }
  await app.context.globalState.update(KEPT, [{ kind, folder }, ...others].slice(0, MOST));
}

/** Every tree that is set, open, or was used before, each once. */
export async function knownTrees(app: App): Promise<readonly KnownTree[]> {
  const set = TREE_SETTINGS.flatMap((name) => {
    const folder = setting(name);
    const kind: TreeKind = name === 'acrnPath' ? 'acrn' : 'linux';
    return folder === undefined || folder === SAMPLE ? [] : [{ kind, folder }];
  });
  const all = [...set, ...(await treesInWorkspace(app)), ...keptFolders(app)];
  const distinct = [...new Map(all.map((tree) => [`${tree.kind} ${tree.folder}`, tree] as const)).values()];
  return Promise.all(
    distinct.map(async ({ kind, folder }) => {
      const tree = await openTree(kind, new FileTreeReader(folder));
      return { kind, folder, version: tree.ok ? tree.value.info.version : undefined };
    }),
  );
}

/** What was kept, as far as it is what we keep. */
function keptFolders(app: App): readonly { readonly kind: TreeKind; readonly folder: string }[] {
  const kept = app.context.globalState.get<unknown>(KEPT);
  return (Array.isArray(kept) ? kept : []).flatMap((one: unknown) => {
    const { kind, folder } = (one ?? {}) as { readonly kind?: unknown; readonly folder?: unknown };
    return (kind === 'acrn' || kind === 'linux') && typeof folder === 'string' ? [{ kind, folder }] : [];
  });
}

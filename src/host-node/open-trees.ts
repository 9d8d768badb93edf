import type { Problem } from '../base/problem.ts';
import { err, ok, type Result } from '../base/result.ts';
import type { TreeKind } from '../sourcemap/dialects/landmarks.ts';
import { openTree, type Tree, type Trees } from '../sourcemap/trees.ts';
import { FileTreeReader } from './tree-reader.ts';

/** Folders of source, as the user names them. `serviceLinux` overrides `linux` for the Service VM. */
export interface TreeFolders {
  readonly acrn: string;
  readonly linux: string;
  readonly serviceLinux?: string;
}

/** Opens and checks the trees; the first folder that is no tree of its kind is the problem. */
export async function openTrees(folders: TreeFolders): Promise<Result<Trees, Problem>> {
  const acrn = await open('acrn', folders.acrn);
  const guestLinux = await open('linux', folders.linux);
  const serviceLinux = folders.serviceLinux === undefined ? guestLinux : await open('linux', folders.serviceLinux);
  for (const tree of [acrn, guestLinux, serviceLinux]) {
    if (!tree.ok) {
      return err(tree.error);
    }
  }
  return ok({ ...part('acrn', acrn), ...part('guestLinux', guestLinux), ...part('serviceLinux', serviceLinux) });
}

const open = (kind: TreeKind, folder: string): Promise<Result<Tree, Problem>> =>
  openTree(kind, new FileTreeReader(folder));

const part = (role: keyof Trees, tree: Result<Tree, Problem>): Trees => (tree.ok ? { [role]: tree.value } : {});

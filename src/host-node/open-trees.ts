import type { Problem } from '../base/problem.ts';
import { err, ok, type Result } from '../base/result.ts';
import { openTree, type Tree, type TreeReader, type Trees } from '../sourcemap/trees.ts';
import { FileTreeReader } from './tree-reader.ts';

/** Folders of source, as the user names them. `serviceLinux` overrides `linux` for the Service VM. */
export interface TreeFolders {
  readonly acrn: string;
  readonly linux: string;
  readonly serviceLinux?: string;
}

/** Who reads a folder: the files on disk, unless the host knows better (an editor's unsaved buffers). */
export type ReaderOf = (folder: string) => TreeReader;

const fromDisk: ReaderOf = (folder) => new FileTreeReader(folder);

/** Opens and checks the trees; the first folder that is no tree of its kind is the problem. */
export async function openTrees(folders: TreeFolders, readerOf: ReaderOf = fromDisk): Promise<Result<Trees, Problem>> {
  const acrn = await openTree('acrn', readerOf(folders.acrn));
  const guestLinux = await openTree('linux', readerOf(folders.linux));
  const other = folders.serviceLinux;
  const serviceLinux = other === undefined ? guestLinux : await openTree('linux', readerOf(other));
  for (const tree of [acrn, guestLinux, serviceLinux]) {
    if (!tree.ok) {
      return err(tree.error);
    }
  }
  return ok({ ...part('acrn', acrn), ...part('guestLinux', guestLinux), ...part('serviceLinux', serviceLinux) });
}

const part = (role: keyof Trees, tree: Result<Tree, Problem>): Trees => (tree.ok ? { [role]: tree.value } : {});

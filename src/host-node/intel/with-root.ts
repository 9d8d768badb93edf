import type { TreeFolders } from '../open-trees.ts';
import type { TreePath } from './intel-messages.ts';

/** The folders with the tree of a file in place of the one of its kind. */
export function withRoot(folders: TreeFolders, { kind, root }: Pick<TreePath, 'kind' | 'root'>): TreeFolders {
  if (kind === 'acrn') {
    return { ...folders, acrn: root };
  }
  return folders.serviceLinux === root || folders.linux === root ? folders : { acrn: folders.acrn, linux: root };
}

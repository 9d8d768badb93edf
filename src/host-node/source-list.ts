import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { RouteFolder } from '../sourcemap/dialects/route-folders.ts';
import type { SourceList } from '../sourcemap/query/parts.ts';
import type { Tree } from '../sourcemap/trees.ts';

const SOURCE = /\.(?:[chS]|tbl)$/;

/** The sources of a tree on disk. Links to files are followed, links to folders are not: they may lead in circles. */
export const fileSources: SourceList = {
  async list(tree: Tree, folders: readonly RouteFolder[]): Promise<readonly string[]> {
    const found = await Promise.all(folders.map((folder) => below(tree.info.path, folder)));
    return [...new Set(found.flat())].toSorted();
  },
};

async function below(root: string, { path: place, deep }: RouteFolder): Promise<readonly string[]> {
  if (SOURCE.test(place)) {
    return (await isFile(root, place)) ? [place] : [];
  }
  const parts = await Promise.all((await entriesOf(root, place)).map((entry) => within(root, place, entry, deep)));
  return parts.flat();
}

async function within(root: string, folder: string, entry: Dirent, deep: boolean): Promise<readonly string[]> {
  const place = path.posix.join(folder, entry.name);
  if (entry.isDirectory()) {
    return deep ? below(root, { path: place, deep }) : [];
  }
  const there = SOURCE.test(entry.name) && (entry.isFile() || (entry.isSymbolicLink() && (await isFile(root, place))));
  return there ? [place] : [];
}

/** A folder that cannot be read is one without files. */
async function entriesOf(root: string, folder: string): Promise<readonly Dirent[]> {
  try {
    return await readdir(path.join(root, folder), { withFileTypes: true });
  } catch {
    return [];
  }
}

async function isFile(root: string, place: string): Promise<boolean> {
  try {
    return (await stat(path.join(root, place))).isFile();
  } catch {
    return false;
  }
}

import type { TreeKind } from '../../sourcemap/trees.ts';

/** How far a search goes. */
export interface SearchBounds {
  /** Levels below a root. */
  readonly depth: number;
  /** Folders looked at in all. */
  readonly folders: number;
  /** Levels above a root: a folder inside a tree may be what is open. */
  readonly above: number;
}

/** Bounds of the search in a workspace: a folder of checkouts, of folders of checkouts, or a part of one. */
export const SEARCH_BOUNDS: SearchBounds = { depth: 3, folders: 600, above: 4 };

/** What the search asks of a file system. */
export interface Look {
  /** Which tree stands in a folder, by its landmarks. */
  kindOf(folder: string): Promise<TreeKind | undefined>;
  /** Folders directly inside a folder, in order. */
  children(folder: string): Promise<readonly string[]>;
  /** The folder around a folder; undefined at the top. */
  parent(folder: string): string | undefined;
}

/** A tree that was found. */
export interface FoundTree {
  readonly kind: TreeKind;
  readonly folder: string;
}

/** Folders looked at at the same time. */
const AT_ONCE = 16;

/**
 * The trees in and around some folders, the nearest first: each root itself, then the folders around it, then those inside,
 * level by level. It does not look inside a tree, and stops at its bounds.
 */
export async function findTrees(
  roots: readonly string[],
  look: Look,
  bounds: SearchBounds = SEARCH_BOUNDS,
): Promise<readonly FoundTree[]> {
  const found = new Map<string, FoundTree>();
  const isTree = async (folder: string): Promise<boolean> => {
    const kind = await look.kindOf(folder);
    if (kind !== undefined) {
      found.set(folder, { kind, folder });
    }
    return kind !== undefined;
  };
  const open: string[] = [];
  for (const root of roots) {
    if (!(await isTree(root)) && !(await isInside(root, look, bounds.above, isTree))) {
      open.push(root);
    }
  }
  let left = bounds.folders;
  let level: readonly string[] = open;
  for (let depth = 0; depth < bounds.depth && level.length > 0 && left > 0; depth++) {
    const children = (await inTurns(level, look.children)).flat().slice(0, left);
    left -= children.length;
    const trees = await inTurns(children, isTree);
    level = children.filter((_, at) => trees[at] === false);
  }
  return [...found.values()];
}

/** Whether a folder is part of a tree: the nearest one around it. */
async function isInside(
  root: string,
  look: Look,
  above: number,
  isTree: (folder: string) => Promise<boolean>,
): Promise<boolean> {
  let folder = look.parent(root);
  for (let level = 0; level < above && folder !== undefined; level++) {
    if (await isTree(folder)) {
      return true;
    }
    folder = look.parent(folder);
  }
  return false;
}

/** The answers for all items, some at a time, in the order of the items. */
async function inTurns<T, R>(items: readonly T[], ask: (item: T) => Promise<R>): Promise<R[]> {
  const answers: R[] = [];
  for (let at = 0; at < items.length; at += AT_ONCE) {
    answers.push(...(await Promise.all(items.slice(at, at + AT_ONCE).map(ask))));
  }
  return answers;
}

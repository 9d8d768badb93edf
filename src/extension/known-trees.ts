import { FileTreeReader } from '../host-node/tree-reader.ts';
import { identifyTree, type TreeKind } from '../sourcemap/trees.ts';

/** A file of a source tree. */
export interface KnownFile {
  readonly kind: TreeKind;
  /** Folder of the tree. */
  readonly root: string;
  /** Relative to it, with forward slashes. */
  readonly path: string;
}

/** Folders at the top of a tree that hold C which a route may pass. */
const TOPS = [
  'devicemodel',
  'hypervisor',
  'misc',
  'drivers',
  'fs',
  'kernel',
  'arch',
  'include',
  'lib',
  'mm',
  'virt',
  'block',
];
const TOP = new RegExp(`/(?:${TOPS.join('|')})(?=/)`, 'g');

/**
 * Tells which tree a C file belongs to. The path alone says where its tree would begin; whether one begins there is looked
 * up once for each such folder, and remembered. A file whose path cannot be that of a tree costs no look at all.
 */
export class KnownTrees {
  readonly #kinds = new Map<string, Promise<TreeKind | undefined>>();
  readonly #identify: (folder: string) => Promise<TreeKind | undefined>;

  /** `identify` looks at a folder; the landmarks of the trees are the default. */
  constructor(identify = (folder: string) => identifyTree(new FileTreeReader(folder))) {
    this.#identify = identify;
  }

  /** The tree of a file; undefined for a file outside of every tree. */
  async treeOf(file: string): Promise<KnownFile | undefined> {
    const path = file.replaceAll('\\', '/');
    for (const root of rootsOf(path)) {
      const kind = await this.#kindOf(root);
      if (kind !== undefined) {
        return { kind, root, path: path.slice(root.length + 1) };
      }
    }
    return undefined;
  }

  /** Forgets what was found: folders have come or gone. */
  forget(): void {
    this.#kinds.clear();
  }

  #kindOf(root: string): Promise<TreeKind | undefined> {
    const kind = this.#kinds.get(root) ?? this.#identify(root);
    this.#kinds.set(root, kind);
    return kind;
  }
}

/** Folders at which a tree may begin, the innermost first. */
function rootsOf(path: string): readonly string[] {
  const roots = [...path.matchAll(TOP)].map((match) => path.slice(0, match.index));
  return [...new Set(roots)].filter((root) => root !== '').reverse();
}

import { type Dirent, lstatSync, readdirSync, realpathSync, type Stats, statSync } from 'node:fs';
import path from 'node:path';
import { type CancelSignal, neverCancelled } from '../base/cancel.ts';
import { type Problem, ProblemError, problem } from '../base/problem.ts';

/** A C, header or assembler file of a tree; `size` in bytes. */
export interface TreeFile {
  readonly path: string;
  readonly size: number;
}

/** The files of a tree in the order of their paths, and the folders that could not be read. */
export interface TreeFiles {
  readonly files: readonly TreeFile[];
  readonly problems: readonly Problem[];
}

/** File names that facts are read from. */
const SOURCE = /\.[chS]$/;
/** Milliseconds of work after which others get their turn. */
const TURN = 10;

/**
 * Lists the C, header and assembler files below a folder. Links to folders are not followed, so no loop can hold it up;
 * links to files are, once for each file outside the folder: one inside is met under its own name. Rejects with
 * `no-such-folder`, `cannot-read` or `cancelled`.
 */
export async function listTreeFiles(root: string, cancel: CancelSignal = neverCancelled): Promise<TreeFiles> {
  const walk = new Walk(root);
  const waiting = [''];
  let started = performance.now();
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    waiting.push(...walk.folder(folder));
    if (performance.now() - started > TURN) {
      await new Promise<void>((resume) => setImmediate(resume));
      started = performance.now();
    }
    if (cancel.cancelled) {
      throw new ProblemError(problem('cancelled', {}));
    }
  }
  walk.files.sort((a, b) => (a.path < b.path ? -1 : 1));
  return walk;
}

class Walk implements TreeFiles {
  readonly files: TreeFile[] = [];
  readonly problems: Problem[] = [];
  readonly #root: string;
  readonly #linked = new Set<string>();

  constructor(root: string) {
    this.#root = realFolder(root);
  }

  /** Files the sources of one folder and returns the folders in it. */
  folder(folder: string): string[] {
    const inner: string[] = [];
    for (const entry of this.#entries(folder)) {
      const place = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory() && entry.name !== '.git') {
        inner.push(place);
      } else if (SOURCE.test(entry.name)) {
        this.#file(place, entry);
      }
    }
    return inner;
  }

  #entries(folder: string): readonly Dirent[] {
    try {
      return readdirSync(path.join(this.#root, folder), { withFileTypes: true });
    } catch (error) {
      this.problems.push(problem('file-unreadable', { path: folder === '' ? '.' : folder, reason: codeOf(error) }));
      return [];
    }
  }

  #file(place: string, entry: Dirent): void {
    const absolute = path.join(this.#root, place);
    try {
      const stat = entry.isSymbolicLink() ? this.#outside(absolute) : lstatSync(absolute);
      if (stat?.isFile() === true) {
        this.files.push({ path: place, size: stat.size });
      }
    } catch (error) {
      this.problems.push(problem('file-unreadable', { path: place, reason: codeOf(error) }));
    }
  }

  /** What a link leads to, where that stands outside the tree and no other link led there before. */
  #outside(absolute: string): Stats | undefined {
    const target = realpathSync(absolute);
    const inside = !path.relative(this.#root, target).startsWith('..');
    if (inside || this.#linked.has(target)) {
      return undefined;
    }
    this.#linked.add(target);
    return statSync(target);
  }
}

function realFolder(root: string): string {
  try {
    const real = realpathSync(root);
    if (statSync(real).isDirectory()) {
      return real;
    }
  } catch (error) {
    if (codeOf(error) !== 'ENOENT' && codeOf(error) !== 'ENOTDIR') {
      throw new ProblemError(problem('cannot-read', { path: root, reason: codeOf(error) }));
    }
  }
  throw new ProblemError(problem('no-such-folder', { path: root }));
}

/** The system's name of an error (`EACCES`), else its message. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : String(error);

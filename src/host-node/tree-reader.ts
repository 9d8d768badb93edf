import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { type Problem, problem } from '../base/problem.ts';
import { err, ok, type Result } from '../base/result.ts';
import type { SourceText, TreeReader } from '../sourcemap/trees.ts';
import { isSame } from './read-source.ts';

/** Largest file that is read as source, in bytes: generated headers of some trees reach 20 MB. */
const MAX_BYTES = 64 * 1024 * 1024;

/** How often a file is read anew that changed while it was read. */
const ATTEMPTS = 3;

/** Error codes that say that there is no such file. */
const NOT_THERE: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR']);

/** A folder of the file system, read only. Symbolic links are followed, as ACRN's own header links need. */
export class FileTreeReader implements TreeReader {
  readonly path: string;
  readonly #read: (place: string) => Promise<Uint8Array>;

  /** `read` gives the bytes of a file; rejects as `node:fs` does. */
  constructor(folder: string, read: (place: string) => Promise<Uint8Array> = readFile) {
    this.path = folder;
    this.#read = read;
  }

  async readText(file: string): Promise<Result<SourceText, Problem>> {
    try {
      return await this.#readSteady(file);
    } catch (error) {
      return err(this.#problemOf(file, error));
    }
  }

  /** Asked at once: the system answers sooner than another thread would. */
  exists(file: string): Promise<boolean> {
    return Promise.resolve(existsSync(path.join(this.path, file)));
  }

  /** The file as it stood at one moment: read again where its size or time changed meanwhile. */
  async #readSteady(file: string): Promise<Result<SourceText, Problem>> {
    const place = path.join(this.path, file);
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const before = await stat(place);
      if (!before.isFile()) {
        return err(unreadable(file, 'ENOTFILE'));
      }
      if (before.size > MAX_BYTES) {
        return err(problem('file-too-large', { path: file, bytes: before.size, limit: MAX_BYTES }));
      }
      const bytes = await this.#read(place);
      if (isSame(before, await stat(place))) {
        return ok(decode(file, bytes));
      }
    }
    return err(problem('file-changing', { path: file }));
  }

  #problemOf(file: string, error: unknown): Problem {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return NOT_THERE.has(code)
      ? problem('file-missing-in-tree', { path: file, tree: this.path })
      : unreadable(file, code);
  }
}

const unreadable = (file: string, reason: string): Problem => problem('file-unreadable', { path: file, reason });

/** UTF-8 text; where it is none, the invalid bytes are replaced, which moves no line, and a warning says so. */
function decode(file: string, bytes: Uint8Array): SourceText {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  if (!text.includes('\ufffd')) {
    return { text };
  }
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return { text };
  } catch {
    return { text, warning: problem('file-not-utf8', { path: file }) };
  }
}

import { constants } from 'node:fs';
import { access, readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Problem, problem } from '../base/problem.ts';
import { err, ok, type Result } from '../base/result.ts';
import type { SourceText, TreeReader } from '../sourcemap/trees.ts';

/** Largest file that is read as source, in bytes: generated headers of some trees reach 20 MB. */
const MAX_BYTES = 64 * 1024 * 1024;

/** Error codes that say that there is no such file. */
const NOT_THERE: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR']);

/** A folder of the file system, read only. Symbolic links are followed, as ACRN's own header links need. */
export class FileTreeReader implements TreeReader {
  readonly path: string;

  constructor(folder: string) {
    this.path = folder;
  }

  async readText(file: string): Promise<Result<SourceText, Problem>> {
    try {
      const bytes = await readFile(path.join(this.path, file));
      return bytes.length > MAX_BYTES ? err(unreadable(file, `${bytes.length} bytes`)) : ok(decode(file, bytes));
    } catch (error) {
      return err(this.#problemOf(file, error));
    }
  }

  async exists(file: string): Promise<boolean> {
    try {
      await access(path.join(this.path, file), constants.F_OK);
      return true;
    } catch {
      return false;
    }
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

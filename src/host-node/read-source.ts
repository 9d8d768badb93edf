import { readFileSync, type Stats, statSync } from 'node:fs';
import { type Problem, problem } from '../base/problem.ts';
import { err, ok, type Result } from '../base/result.ts';
import { MAX_TEXT } from '../indexer/index-text.ts';
import { codeOf } from './tree-files.ts';

/** How often a file is read anew that changed while it was read. */
const ATTEMPTS = 3;

/**
 * The bytes of a file as they stood at one moment: where its size or time changed while it was read, it is read again.
 * Never waits on a pipe. Problems: `file-unreadable`, `file-too-large`, `file-changing`; they name `file`.
 */
export function readSource(
  place: string,
  file: string,
  read: (place: string) => Uint8Array = readFileSync,
): Result<Uint8Array, Problem> {
  try {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const before = statSync(place);
      if (!before.isFile()) {
        return err(problem('file-unreadable', { path: file, reason: 'ENOTFILE' }));
      }
      if (before.size > MAX_TEXT) {
        return err(problem('file-too-large', { path: file, bytes: before.size, limit: MAX_TEXT }));
      }
      const bytes = read(place);
      if (isSame(before, statSync(place)) && bytes.length === before.size) {
        return ok(bytes);
      }
    }
    return err(problem('file-changing', { path: file }));
  } catch (error) {
    return err(problem('file-unreadable', { path: file, reason: codeOf(error) }));
  }
}

/** True where nothing was written between the two looks at a file. */
export const isSame = (a: Stats, b: Stats): boolean => a.size === b.size && a.mtimeMs === b.mtimeMs && a.ino === b.ino;

/** Text of UTF-8 bytes. What is no UTF-8 is replaced, which moves no line, and `onReplaced` is told. */
export function decodeSource(bytes: Uint8Array, onReplaced: () => void): string {
  try {
    return STRICT.decode(bytes);
  } catch {
    onReplaced();
    return LENIENT.decode(bytes);
  }
}

const STRICT = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const LENIENT = new TextDecoder('utf-8', { ignoreBOM: true });

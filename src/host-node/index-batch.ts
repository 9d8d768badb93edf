import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { type Problem, problem } from '../base/problem.ts';
import type { Dialect } from '../indexer/dialect.ts';
import type { ParseEngine } from '../indexer/engine.ts';
import type { FileFacts } from '../indexer/facts.ts';
import { indexText, MAX_TEXT } from '../indexer/index-text.ts';
import type { BatchResult, FileJob } from './index-messages.ts';

/** Indexes some files; never throws: what cannot be read comes back as a problem, what is no UTF-8 is read all the same. */
export function indexBatch(
  id: number,
  root: string,
  files: readonly FileJob[],
  engine: ParseEngine,
  dialect: Dialect,
): BatchResult {
  const facts: FileFacts[] = [];
  const problems: Problem[] = [];
  for (const file of files) {
    const text = file.text ?? readSource(root, file.path, problems);
    if (text !== undefined) {
      indexOne(file.path, text, engine, dialect, facts, problems);
    }
  }
  return { id, facts, problems };
}

function indexOne(
  file: string,
  text: string,
  engine: ParseEngine,
  dialect: Dialect,
  facts: FileFacts[],
  problems: Problem[],
): void {
  if (text.length > MAX_TEXT) {
    problems.push(tooLarge(file, text.length));
    return;
  }
  try {
    facts.push(indexText(file, text, engine, dialect));
  } catch (error) {
    problems.push(problem('file-unreadable', { path: file, reason: messageOf(error) }));
  }
}

function readSource(root: string, file: string, problems: Problem[]): string | undefined {
  const place = path.join(root, file);
  try {
    const stat = statSync(place);
    if (!stat.isFile()) {
      problems.push(problem('file-unreadable', { path: file, reason: 'ENOTFILE' }));
      return undefined;
    }
    if (stat.size > MAX_TEXT) {
      problems.push(tooLarge(file, stat.size));
      return undefined;
    }
    return decode(file, readFileSync(place), problems);
  } catch (error) {
    problems.push(problem('file-unreadable', { path: file, reason: messageOf(error) }));
    return undefined;
  }
}

function decode(file: string, bytes: Uint8Array, problems: Problem[]): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    problems.push(problem('file-not-utf8', { path: file }));
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  }
}

const tooLarge = (file: string, size: number): Problem =>
  problem('file-unreadable', { path: file, reason: `${size} > ${MAX_TEXT} bytes` });

function messageOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}

import path from 'node:path';
import { type Problem, problem } from '../base/problem.ts';
import type { Dialect } from '../indexer/dialect.ts';
import type { ParseEngine } from '../indexer/engine.ts';
import type { FileFacts } from '../indexer/facts.ts';
import { indexText, MAX_TEXT } from '../indexer/index-text.ts';
import type { FactCache } from './fact-cache.ts';
import { addCounts, countsOf, type FunctionRow, functionRows, type IndexCounts, NO_COUNTS } from './index-counts.ts';
import type { Batch, BatchResult, FileJob } from './index-messages.ts';
import { decodeSource, readSource } from './read-source.ts';
import { codeOf } from './tree-files.ts';

/** What a batch is indexed with. */
export interface IndexTools {
  readonly engine: ParseEngine;
  readonly dialect: Dialect;
  readonly cache: FactCache | undefined;
}

/** Indexes some files; never throws: what cannot be read comes back as a problem, what is no UTF-8 is read all the same. */
export function indexBatch(batch: Batch, tools: IndexTools): BatchResult {
  const facts: FileFacts[] = [];
  const functions: FunctionRow[] = [];
  const problems: Problem[] = [];
  const keptBefore = tools.cache?.writtenBytes ?? 0;
  let counts: IndexCounts = NO_COUNTS;
  for (const job of batch.files) {
    const content = job.text ?? contentOf(batch.root, job, problems);
    const found = content === undefined ? undefined : indexOne(job.path, content, tools, problems);
    if (found !== undefined && content !== undefined) {
      counts = addCounts(counts, countsOf(found, Buffer.byteLength(content)));
      if (batch.want === 'facts') {
        facts.push(found);
      } else if (batch.want === 'functions') {
        functions.push(...functionRows(found));
      }
    }
  }
  const keptBytes = (tools.cache?.writtenBytes ?? 0) - keptBefore;
  return { id: batch.id, engine: tools.engine.name, facts, functions, counts, problems, keptBytes };
}

function contentOf(root: string, { path: file }: FileJob, problems: Problem[]): Uint8Array | undefined {
  const read = readSource(path.join(root, file), file);
  if (!read.ok) {
    problems.push(read.error);
    return undefined;
  }
  return read.value;
}

function indexOne(
  file: string,
  content: string | Uint8Array,
  { engine, dialect, cache }: IndexTools,
  problems: Problem[],
): FileFacts | undefined {
  if (content.length > MAX_TEXT) {
    problems.push(problem('file-too-large', { path: file, bytes: content.length, limit: MAX_TEXT }));
    return undefined;
  }
  const text = typeof content === 'string' ? content : decodeSource(content, () => problems.push(notUtf8(file)));
  const key = cache?.keyOf(file, content, dialect) ?? '';
  const kept = cache?.get(key, file);
  if (kept !== undefined) {
    return kept;
  }
  try {
    const facts = indexText(file, text, engine, dialect);
    cache?.put(key, facts);
    return facts;
  } catch (error) {
    problems.push(problem('file-unreadable', { path: file, reason: codeOf(error) }));
    return undefined;
  }
}

const notUtf8 = (file: string): Problem => problem('file-not-utf8', { path: file });

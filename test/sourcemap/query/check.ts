import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { neverCancelled } from '../../../src/base/cancel.ts';
import { fileSources } from '../../../src/host-node/source-list.ts';
import { FileTreeReader } from '../../../src/host-node/tree-reader.ts';
import { Parts } from '../../../src/sourcemap/query/parts.ts';
import { callers } from '../../../src/sourcemap/query/query.ts';
import { openTree } from '../../../src/sourcemap/trees.ts';
import { testFacts } from '../fixture-trees.ts';

const FOLDER = path.join(import.meta.dirname, 'boundaries');

/** The parts of the two small trees of marked C. */
export async function fixtureParts(): Promise<Parts> {
  const [acrn, linux] = await Promise.all([
    openTree('acrn', new FileTreeReader(path.join(FOLDER, 'acrn'))),
    openTree('linux', new FileTreeReader(path.join(FOLDER, 'linux'))),
  ]);
  if (!acrn.ok || !linux.ok) {
    throw new Error('the fixtures are no trees');
  }
  const trees = { acrn: acrn.value, guestLinux: linux.value, serviceLinux: linux.value };
  return new Parts(trees, fileSources, await testFacts(), neverCancelled);
}

/**
 * Compares who reaches each function with the mark behind its head: `= by KIND FUNCTION, by KIND FUNCTION` lists all of them.
 * A function without a mark is reached by nobody. Each line of evidence must show what it claims.
 */
export async function check(parts: Parts): Promise<void> {
  const all = await Promise.all(parts.plans.map((plan) => parts.part(plan)));
  const wrong: unknown[] = [];
  for (const part of all) {
    for (const { path: file, functions } of part.links.allFiles()) {
      for (const fn of functions.filter((one) => one.origin !== 'function-like-macro')) {
        const answer = await callers(`${file}:${fn.line}`, { parts, userEdges: [] });
        const result = answer.ok ? answer.value.result : [];
        const found = result.map((edge) => `by ${edge.kind} ${edge.function}`);
        const unique = [...new Set(found)].toSorted();
        const expected = marksAt(path.join(part.tree.info.path, file), fn.line);
        if (JSON.stringify(unique) !== JSON.stringify(expected)) {
          wrong.push({ file, function: fn.name, unique, expected });
        }
        wrong.push(...result.flatMap((edge) => edge.evidence).filter((one) => !shows(one)));
      }
    }
  }
  expect(wrong).toEqual([]);
}

const shows = (one: { readonly tree: string; readonly file: string; readonly line: number; readonly shows: string }) =>
  (lines(path.join(FOLDER, one.tree, one.file))[one.line - 1] ?? '').includes(one.shows);

function marksAt(file: string, line: number): readonly string[] {
  const mark = /\/\*= (.*?) \*\//.exec(lines(file)[line - 1] ?? '')?.[1];
  return mark === undefined ? [] : mark.split(', ').toSorted();
}

const lines = (file: string): readonly string[] => readFileSync(file, 'utf8').split('\n');

/** Every mark of the fixtures, to tell that none is passed over. */
export function markCount(): number {
  return readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.[ch]$/.test(file))
    .reduce((sum, file) => sum + lines(path.join(FOLDER, file)).filter((text) => text.includes('/*= ')).length, 0);
}

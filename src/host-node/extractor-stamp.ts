import { hash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { besideProgram, wasmPath } from './grammar.ts';

let stamp: string | undefined;

/**
 * Changes with everything that decides which facts come out of a text, the dialect aside: the program that reads them
 * (run from source: the indexer's files) and the grammar. Facts kept under another stamp are never read.
 */
export function extractorStamp(): string {
  stamp ??= hash('sha256', [...programFiles(), wasmPath('tree-sitter-c.wasm')].map(hashOf).join('\n'));
  return stamp;
}

const hashOf = (file: string): string => hash('sha256', readFileSync(file));

function programFiles(): string[] {
  const program = besideProgram('index-worker.cjs');
  if (existsSync(program)) {
    return [program];
  }
  const folder = fileURLToPath(new URL('../indexer', import.meta.url));
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  return names.toSorted().map((name) => path.join(folder, name));
}

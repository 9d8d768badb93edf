import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { WasmBytes } from '../indexer/wasm-engine.ts';

/** A file beside this program: the build puts the modules and the worker there. */
export const besideProgram = (name: string): string => fileURLToPath(new URL(`./${name}`, import.meta.url));

/** The parser's modules, and the packages that have them. */
const MODULES = {
  'web-tree-sitter.wasm': 'web-tree-sitter/web-tree-sitter.wasm',
  'tree-sitter-c.wasm': 'tree-sitter-c/tree-sitter-c.wasm',
} as const;

/** The parser's two modules. Rejects where neither stands beside the program nor in an installed package. */
export async function readWasm(): Promise<WasmBytes> {
  const [runtime, grammar] = await Promise.all([
    readFile(wasmPath('web-tree-sitter.wasm')),
    readFile(wasmPath('tree-sitter-c.wasm')),
  ]);
  return { runtime, grammar };
}

/** A module of the parser: the one beside the program, else (run from source) that of the installed package. */
export function wasmPath(name: keyof typeof MODULES): string {
  const beside = besideProgram(name);
  return existsSync(beside) ? beside : createRequire(import.meta.url).resolve(MODULES[name]);
}

/** Every core, for a command that the user waits for. */
export const allCores = (): number => availableParallelism();

/** Worker threads to index with behind an editor: all cores but one, at least one. */
export const defaultWorkers = (): number => Math.max(1, availableParallelism() - 1);

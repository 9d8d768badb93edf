import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { WasmBytes } from '../indexer/wasm-engine.ts';

/** A file beside this program: the build puts the modules and the worker there. */
export const besideProgram = (name: string): string => fileURLToPath(new URL(`./${name}`, import.meta.url));

/** The parser's two modules: those beside the program, else (run from source) those of the installed packages. */
export async function readWasm(): Promise<WasmBytes> {
  const [runtime, grammar] = await Promise.all([
    readFile(wasmPath('web-tree-sitter.wasm', 'web-tree-sitter/web-tree-sitter.wasm')),
    readFile(wasmPath('tree-sitter-c.wasm', 'tree-sitter-c/tree-sitter-c.wasm')),
  ]);
  return { runtime, grammar };
}

function wasmPath(name: string, inPackage: string): string {
  const beside = besideProgram(name);
  return existsSync(beside) ? beside : createRequire(import.meta.url).resolve(inPackage);
}

/** Worker threads to index with: all cores but one, at least one. */
export const defaultWorkers = (): number => Math.max(1, availableParallelism() - 1);

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { ParseEngine } from '../../src/indexer/engine.ts';
import { createWasmEngine } from '../../src/indexer/wasm-engine.ts';

const bytes = (name: string): Uint8Array => readFileSync(createRequire(import.meta.url).resolve(name));

/** The WebAssembly engine, from the installed packages. */
export const testEngine = (): Promise<ParseEngine> =>
  createWasmEngine({
    runtime: bytes('web-tree-sitter/web-tree-sitter.wasm'),
    grammar: bytes('tree-sitter-c/tree-sitter-c.wasm'),
  });

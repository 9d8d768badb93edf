import type { ParseEngine } from '../indexer/engine.ts';
import { createWasmEngine, type WasmBytes } from '../indexer/wasm-engine.ts';
import { readWasm } from './grammar.ts';
import { createNativeEngine, findNative, type NativePaths } from './native-engine.ts';

/** What a thread needs to have a parser: the native one where it loads, else WebAssembly. Both give the same facts. */
export type EngineSource = { readonly native: NativePaths } | { readonly wasm: WasmBytes };

/** Which parser: the fastest that loads here, or the one that runs everywhere. */
export type EngineChoice = 'fastest' | 'web-tree-sitter';

/** Finds the parser to use in this process. Rejects where neither is installed. */
export async function findEngine(choice: EngineChoice = 'fastest'): Promise<EngineSource> {
  const native = choice === 'fastest' ? findNative() : undefined;
  return native !== undefined && createNativeEngine(native) !== undefined ? { native } : { wasm: await readWasm() };
}

/** The parser itself, in the thread that asks. Rejects where it cannot be loaded. */
export async function createEngine(source: EngineSource): Promise<ParseEngine> {
  if ('wasm' in source) {
    return createWasmEngine(source.wasm);
  }
  return createNativeEngine(source.native) ?? createWasmEngine(await readWasm());
}

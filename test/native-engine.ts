import { it } from 'vitest';
import { createNativeEngine, findNative } from '../src/host-node/native-engine.ts';

const paths = findNative();

/** Whether the native parser loads on this machine: its prebuilt binary wants a newer C++ library than some systems have. */
export const nativeLoads = paths !== undefined && createNativeEngine(paths) !== undefined;

/** Declares tests that need the native parser. Where it does not load they are not declared, and one line says how many. */
export function onNativeEngine(tests: Readonly<Record<string, () => void | Promise<void>>>): void {
  if (!nativeLoads) {
    const count = Object.keys(tests).length;
    console.log(`${count} not run (no native tree-sitter here: npm rebuild tree-sitter --ignore-scripts=false)`);
    return;
  }
  for (const [title, run] of Object.entries(tests)) {
    it(title, run);
  }
}

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { createEngine, findEngine } from '../../src/host-node/engines.ts';
import { createNativeEngine, findNative } from '../../src/host-node/native-engine.ts';
import { listTreeFiles } from '../../src/host-node/tree-files.ts';
import type { Dialect } from '../../src/indexer/dialect.ts';
import type { ParseEngine } from '../../src/indexer/engine.ts';
import { indexText } from '../../src/indexer/index-text.ts';
import { acrnDialect } from '../../src/sourcemap/dialects/acrn-masks.ts';
import { linuxDialect } from '../../src/sourcemap/dialects/linux-masks.ts';
import { testDialect } from '../indexer/test-dialect.ts';
import { onNativeEngine } from '../native-engine.ts';
import { onRealTree } from '../real-trees.ts';

let native: ParseEngine;
let wasm: ParseEngine;
beforeAll(async () => {
  native = await createEngine(await findEngine());
  wasm = await createEngine(await findEngine('web-tree-sitter'));
});

/** Files below a folder whose facts differ between the two engines, and how many files were compared. */
async function compare(root: string, dialect: Dialect): Promise<{ files: number; different: string[] }> {
  const { files } = await listTreeFiles(root);
  const different = files.filter(({ path: file }) => {
    const text = readFileSync(path.join(root, file), 'utf8');
    const [a, b] = [native, wasm].map((engine) => JSON.stringify(indexText(file, text, engine, dialect)));
    return a !== b;
  });
  return { files: files.length, different: different.map((file) => file.path) };
}

describe('the two engines', () => {
  onNativeEngine({
    'are two: the native one where it is installed, and the one that runs everywhere': () => {
      expect([native.name, wasm.name]).toEqual(['tree-sitter', 'web-tree-sitter']);
    },

    'give the same facts on the fixtures and on the sample': async () => {
      for (const [root, dialect] of [
        ['test/indexer/fixtures', testDialect],
        ['sample/acrn', acrnDialect],
        ['sample/linux', linuxDialect],
      ] as const) {
        const { files, different } = await compare(root, dialect);
        expect(files).toBeGreaterThan(9);
        expect(different).toEqual([]);
      }
    },

    'give the same on texts of every length around the native one’s longest string, and on text that is no ASCII':
      () => {
        const line = 'int f(void) { return g("é 字 \u{1f600}"); }\n';
        for (const length of [0, 1, 16_383, 16_384, 16_385, 32_767, 32_768, 65_535, 65_536, 65_537, 131_073]) {
          const text = line.repeat(Math.ceil(length / line.length)).slice(0, length);
          expect(native.parse(text)).toEqual(wasm.parse(text));
        }
      },
  });

  it('fall back to the one that runs everywhere where the native one is not there or does not load', async () => {
    expect(findNative(new URL('file:///nowhere/at/all.js').href)).toBeUndefined();
    const broken = { parser: path.resolve('package.json'), grammar: path.resolve('package.json') };
    expect(createNativeEngine(broken)).toBeUndefined();
    expect((await createEngine({ native: broken })).name).toBe('web-tree-sitter');
  });
});

onRealTree('ACRN_SRC', {
  'both engines give the same facts on all of it': async (root) => {
    const { files, different } = await compare(root, acrnDialect);
    expect(files).toBeGreaterThan(500);
    expect(different).toEqual([]);
  },
});

onRealTree('LINUX_SRC', {
  'both engines give the same facts on the folders of the routes': async (root) => {
    for (const folder of [
      'drivers/tty',
      'drivers/virt',
      'drivers/virtio',
      'kernel/irq',
      'kernel/sched',
      'include/linux',
    ]) {
      const { files, different } = await compare(path.join(root, folder), linuxDialect);
      expect(files).toBeGreaterThan(5);
      expect(different).toEqual([]);
    }
  },
});

import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { FileTreeReader } from '../../src/host-node/tree-reader.ts';
import { indexText } from '../../src/indexer/index-text.ts';
import { createWasmEngine } from '../../src/indexer/wasm-engine.ts';
import { DIALECTS } from '../../src/sourcemap/dialects/dialects.ts';
import type { FactsSource } from '../../src/sourcemap/facts-source.ts';
import { openTree, type Trees } from '../../src/sourcemap/trees.ts';

const FIXTURES = fileURLToPath(new URL('fixtures', import.meta.url));

/** The two small trees of our own C. */
export async function fixtureTrees(): Promise<Trees> {
  const [acrn, linux] = await Promise.all([
    openTree('acrn', new FileTreeReader(path.join(FIXTURES, 'acrn'))),
    openTree('linux', new FileTreeReader(path.join(FIXTURES, 'linux'))),
  ]);
  if (!acrn.ok || !linux.ok) {
    throw new Error('the fixtures are no trees');
  }
  return { acrn: acrn.value, guestLinux: linux.value, serviceLinux: linux.value };
}

let marks: ReadonlyMap<string, string> | undefined;

/** Marks of the fixtures: `file:line` of each comment `#mark`, and of the lines that cannot hold a comment. */
export function fixtureMarks(): ReadonlyMap<string, string> {
  marks ??= new Map(['acrn', 'linux'].flatMap((tree) => [...marksOf(tree), ...UNMARKABLE]));
  return marks;
}

/** Lines that end in a backslash, or that a call begins on: where they stand. */
const UNMARKABLE: readonly (readonly [string, string])[] = [
  ['drivers/char/virtio_console.c:10', 'feature-macro'],
  ['arch/x86/entry/syscalls/syscall_64.tbl:2', 'nr-write'],
  ['arch/x86/entry/syscalls/syscall_64.tbl:3', 'nr-writev'],
  ['arch/x86/include/asm/shared/io.h:4', 'out-instruction'],
  ['devicemodel/core/main.c:31', 'pthread-create'],
  ['devicemodel/include/public/hsm_ioctl_defs.h:2', 'dm-attach'],
  ['include/uapi/linux/acrn.h:2', 'uapi-attach'],
];

function* marksOf(tree: string): Iterable<readonly [string, string]> {
  const top = path.join(FIXTURES, tree);
  for (const file of readdirSync(top, { recursive: true, encoding: 'utf8' })) {
    if (/\.[chS]$/.test(file)) {
      const lines = readFileSync(path.join(top, file), 'utf8').split('\n');
      for (const [row, text] of lines.entries()) {
        const mark = /\/\* #([\w-]+) \*\//.exec(text)?.[1];
        if (mark !== undefined) {
          yield [`${file}:${row + 1}`, mark];
        }
      }
    }
  }
}

/** Facts by the engine that every host has, in this thread. */
export async function testFacts(): Promise<FactsSource> {
  const find = createRequire(import.meta.url).resolve;
  const engine = await createWasmEngine({
    runtime: readFileSync(find('web-tree-sitter/web-tree-sitter.wasm')),
    grammar: readFileSync(find('tree-sitter-c/tree-sitter-c.wasm')),
  });
  return {
    factsOf: (kind, files) =>
      Promise.resolve(files.map(({ path: name, text }) => indexText(name, text, engine, DIALECTS[kind]))),
  };
}

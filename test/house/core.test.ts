import { readFileSync } from 'node:fs';
import { Visitor } from 'rolldown/utils';
import { describe, expect, it } from 'vitest';
import { layerOf } from './layers.ts';
import { filesUnder, parse, type SourceFile, sourceFiles } from './source-files.ts';

/** Folders that may ask the machine they run on: the hosts, and the view, which plays in real time. */
const HOSTS = ['host-node', 'cli', 'extension', 'webview', 'standalone'];

/** What would make a run depend on when, where or by whom it is run. */
const AMBIENT = ['Date', 'performance', 'process', 'crypto', 'Buffer', 'globalThis', 'navigator', 'fetch', 'Intl'];

/** A stage list named at all, or a recording named in a string: what a program would need to play back instead of run. */
const RECITED = /stages\.json|routes\.md|['"`][^'"`\n]*recorded\//;

/** Uses of clock, chance and surroundings in a file, as `file name`. A name that the file gives to a thing of its own is none. */
function ambientUses(file: SourceFile): string[] {
  const uses: string[] = [];
  const own = new Set<string>();
  const keys = new Set<number>();
  const isKey = (node: { readonly computed: boolean; readonly key: { readonly start: number } }): void => {
    if (!node.computed) keys.add(node.key.start);
  };
  const declares = (node: { readonly type: string; readonly name?: unknown } | null): void => {
    if (node?.type === 'Identifier' && typeof node.name === 'string') own.add(node.name);
  };
  const declaresAll = (node: { readonly params: readonly { readonly type: string }[] }): void =>
    node.params.forEach(declares);
  new Visitor({
    VariableDeclarator: (node) => declares(node.id),
    FunctionDeclaration: declaresAll,
    FunctionExpression: declaresAll,
    ArrowFunctionExpression: declaresAll,
    Property: (node) => {
      if (!node.shorthand) isKey(node);
    },
    PropertyDefinition: isKey,
    MethodDefinition: isKey,
    TSPropertySignature: isKey,
    TSMethodSignature: isKey,
    MemberExpression: (node) => {
      if (!node.computed) keys.add(node.property.start);
      if (file.text.slice(node.start, node.end) === 'Math.random') uses.push('Math.random');
    },
    Identifier: (node) => {
      if (AMBIENT.includes(node.name) && !keys.has(node.start)) uses.push(node.name);
    },
  }).visit(file.parsed.program);
  return uses.filter((name) => !own.has(name)).map((name) => `${file.path} ${name}`);
}

describe('the core', () => {
  const core = sourceFiles().filter((file) => !HOSTS.includes(layerOf(file.path)));

  it('has no clock, no chance and no surroundings: the same input gives the same bytes', () => {
    expect(core.length).toBeGreaterThan(0);
    expect(core.flatMap(ambientUses)).toEqual([]);
  });

  it('does not recite: no stage list and no recording is named in src/', () => {
    const naming = sourceFiles().filter((file) => RECITED.test(file.text));
    expect(naming.map((file) => file.path)).toEqual([]);
  });

  it('has an indexer that never heard of the programs whose code it reads', () => {
    const files = filesUnder('src/indexer', '');
    expect(files.length).toBeGreaterThan(0);
    const knowing = files.filter((file) => /acrn|virtio|linux|hypercall/i.test(file + readFileSync(file, 'utf8')));
    expect(knowing).toEqual([]);
  });

  it('is really searched: a planted clock is found, a property of that name is not', () => {
    const planted = parse(
      'x.ts',
      'const t = { Date: 1, at: Date.now(), r: Math.random() }; class P { process = t.Date; }',
    );
    expect(ambientUses(planted)).toEqual(['x.ts Date', 'x.ts Math.random']);
  });
});

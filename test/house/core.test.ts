import { readFileSync } from 'node:fs';
import { Visitor } from 'rolldown/utils';
import { describe, expect, it } from 'vitest';
import { layerOf } from './layers.ts';
import { filesUnder, parse, type SourceFile, sourceFiles } from './source-files.ts';

/** Folders that may ask the machine they run on: the hosts, and the view, which plays in real time. */
const HOSTS = ['host-node', 'cli', 'extension', 'webview', 'standalone'];

/** What would make a run depend on when, where or by whom it is run. */
const AMBIENT = ['Date', 'performance', 'process', 'crypto', 'Buffer', 'globalThis', 'navigator', 'fetch', 'Intl'];

/** Uses of clock, chance and surroundings in a file, as `file:offset name`. A type alone is no use. */
function ambientUses(file: SourceFile): string[] {
  const found: string[] = [];
  const properties = new Set<number>();
  new Visitor({
    MemberExpression: (node) => {
      if (!node.computed) properties.add(node.property.start);
      const text = file.text.slice(node.start, node.end);
      if (text === 'Math.random') found.push(`${file.path} ${text}`);
    },
    Property: (node) => {
      if (!node.shorthand && !node.computed) properties.add(node.key.start);
    },
    Identifier: (node) => {
      if (AMBIENT.includes(node.name) && !properties.has(node.start)) found.push(`${file.path} ${node.name}`);
    },
  }).visit(file.parsed.program);
  return found;
}

describe('the core', () => {
  const core = sourceFiles().filter((file) => !HOSTS.includes(layerOf(file.path)));

  it('has no clock, no chance and no surroundings: the same input gives the same bytes', () => {
    expect(core.length).toBeGreaterThan(0);
    expect(core.flatMap(ambientUses)).toEqual([]);
  });

  it('does not recite: no stage list and no recording is named in src/', () => {
    const naming = sourceFiles().filter((file) => /stages\.json|routes\.md|recorded\//.test(file.text));
    expect(naming.map((file) => file.path)).toEqual([]);
  });

  it('has an indexer that never heard of the programs whose code it reads', () => {
    const files = filesUnder('src/indexer', '');
    expect(files.length).toBeGreaterThan(0);
    const knowing = files.filter((file) => /acrn|virtio|linux|hypercall/i.test(file + readFileSync(file, 'utf8')));
    expect(knowing).toEqual([]);
  });

  it('is really searched: a planted clock is found, a property of that name is not', () => {
    const planted = parse('x.ts', 'const t = { Date: 1, at: Date.now(), r: Math.random() }; export const p = t.Date;');
    expect(ambientUses(planted)).toEqual(['x.ts Date', 'x.ts Math.random']);
  });
});

import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { breach, circles, DEBTS, LAYERS, reachable, runtimeEdges, smuggled } from './layers.ts';
import { importsOf, parse, sourceFiles } from './source-files.ts';

const imports = sourceFiles().flatMap(importsOf);

describe('imports point one way', () => {
  it('every folder of src/ is listed', () => {
    const folders = readdirSync('src', { withFileTypes: true });
    expect(
      folders.filter((entry) => !entry.isDirectory() || !(entry.name in LAYERS)).map((entry) => entry.name),
    ).toEqual([]);
  });

  it('no import breaks the list, and nothing is owed', () => {
    const breaches = imports.flatMap((it) => {
      const reason = breach(it);
      return reason === undefined ? [] : [`${it.from} -> ${it.wanted}: ${reason}`];
    });
    expect(imports.length).toBeGreaterThan(0);
    expect(breaches).toEqual([]);
    expect(DEBTS).toEqual([]);
  });

  it('no files need each other in a circle', () => {
    expect(circles(runtimeEdges(imports))).toEqual([]);
  });

  it('no emulated program reaches another one, not even by way of a shared file', () => {
    expect(smuggled(runtimeEdges(imports))).toEqual([]);
  });
});

describe('the rules themselves', () => {
  const wish = (from: string, wanted: string) => breach({ from, wanted });

  it('keep the view on base and protocol', () => {
    expect([...reachable('webview')].sort()).toEqual(['base', 'protocol', 'webview']);
    expect(wish('src/webview/main.ts', '../replay/session.ts')).toBe('webview may not import replay');
  });

  it('keep the editor and Node.js where they belong', () => {
    expect(wish('src/extension/main.ts', 'vscode')).toBeUndefined();
    expect(wish('src/replay/session.ts', 'vscode')).toBe('vscode is only for extension');
    expect(wish('src/extension/main.ts', 'node:fs')).toBe('node: is only for host-node, cli');
    expect(wish('src/base/result.ts', 'fs')).toBe('fs is not a listed package');
  });

  it('keep the four programs apart', () => {
    const from = 'src/emulator/guest/virtio-ring.ts';
    expect(wish(from, '../memory.ts')).toBeUndefined();
    expect(wish(from, '../hypervisor/io-req.ts')).toBe('the programs guest and hypervisor share no code');
    const edges = new Map([
      [from, ['src/emulator/machine.ts']],
      ['src/emulator/machine.ts', ['src/emulator/hypervisor/io-req.ts']],
    ]);
    expect(smuggled(edges)).toEqual([`${from} -> src/emulator/hypervisor/io-req.ts`]);
  });

  it('keep the indexer away from the map, and paths inside src/ with their ending', () => {
    expect(wish('src/indexer/links.ts', '../sourcemap/trees.ts')).toBe('indexer may not import sourcemap');
    expect(wish('src/base/a.ts', './b')).toBe('a relative import ends with .ts (or .css)');
    expect(wish('src/base/a.ts', '../../test/b.ts')).toBe('it leaves src/');
  });

  it('see every kind of import', () => {
    const text = `import type { A } from './a.ts'; import { b } from './b.ts'; export * from './c.ts';
      export type { D } from './d.ts'; import './e.css'; export const f = () => import('./f.ts');`;
    const found = importsOf(parse('x.ts', text)).map((it) => `${it.wanted}${it.typeOnly ? ' type' : ''}`);
    expect(found.sort()).toEqual(['./a.ts type', './b.ts', './c.ts', './d.ts type', './e.css', './f.ts']);
  });

  it('find circles', () => {
    expect(circles(new Map(Object.entries({ a: ['b'], b: ['c'], c: ['b'] })))).toEqual([['b', 'c', 'b']]);
    const [one, two] = ['src/emulator/guest/a.ts', 'src/emulator/guest/b.ts'];
    expect(circles(new Map(Object.entries({ [one]: [two], [two]: [one] })))).toEqual([]);
    const shared = 'src/emulator/c.ts';
    expect(circles(new Map(Object.entries({ [one]: [shared], [shared]: [one] })))).toHaveLength(1);
  });
});

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Node } from 'web-tree-sitter';
import { FileTreeReader } from '../../src/host-node/tree-reader.ts';
import type { FileFacts } from '../../src/indexer/facts.ts';
import type { TreeKind } from '../../src/sourcemap/dialects/landmarks.ts';
import { openTree } from '../../src/sourcemap/trees.ts';
import { type CText, factsByName, plainParser, SAMPLE, sampleCode } from './sample-files.ts';

/** Functions of all routes but virtio-blk's own, by tree and file, with what is called in each; `''` is file scope. */
const ROUTE_FACTS: Readonly<Record<TreeKind, Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>>> =
  JSON.parse(readFileSync(new URL('route-facts.json', import.meta.url), 'utf8'));

const files = sampleCode();
let facts: ReadonlyMap<string, FileFacts> = new Map();
const nameOf = (file: Pick<CText, 'tree' | 'path'>): string => `${file.tree}/${file.path}`;
const folded = (text: string): string => text.replace(/\s+/g, '');

beforeAll(async () => {
  facts = await factsByName(files);
});

/** Lines, from 1, on which a node stands that the grammar does not know. */
function errorLines(node: Node): number[] {
  if (!node.hasError) return [];
  const own = node.isError || node.isMissing ? [node.startPosition.row + 1] : [];
  return [...own, ...node.children.flatMap((child) => (child === null ? [] : errorLines(child)))];
}

describe('the sample as C', () => {
  it('is read by the indexer without an error', () => {
    expect(files.length).toBeGreaterThan(100);
    const bad = [...facts.values()].filter((it) => it.errorLines.length > 0);
    expect(bad.map((it) => `${it.path}:${it.errorLines.join()}`)).toEqual([]);
    expect(facts.size).toBe(files.length);
  });

  it('is C for the bare grammar too, but for macros that make functions', async () => {
    const parser = await plainParser();
    const bad = files
      .filter((file) => file.path.endsWith('.c') || file.path.endsWith('.h'))
      .flatMap((file) => {
        const lines = file.text.split('\n');
        const root = parser.parse(file.text)?.rootNode;
        expect(root, nameOf(file)).toBeDefined();
        const rows = root === undefined ? [] : errorLines(root);
        return rows
          .filter((row) => !/^SYSCALL_DEFINE\d\(/.test(lines[row - 1] ?? ''))
          .map((row) => [nameOf(file), row]);
      });
    expect(bad).toEqual([]);
  });

  it('says on each first line what the file is and that it is MIT', () => {
    const without = files.filter(({ path: file, text }) => {
      const [first = ''] = text.split('\n', 1);
      const name = file.slice(file.lastIndexOf('/') + 1);
      return !(first.startsWith(`/* ${name}: `) && first.endsWith('. SPDX-License-Identifier: MIT */'));
    });
    expect(without.map(nameOf)).toEqual([]);
  });

  it('is known as trees of ACRN and Linux, with versions that say what they are', async () => {
    const versions = await Promise.all(
      (['acrn', 'linux'] as const).map(async (tree) => {
        const opened = await openTree(tree, new FileTreeReader(path.join(SAMPLE, tree)));
        return opened.ok ? opened.value.info.version : opened.error.code;
      }),
    );
    expect(versions).toEqual(['3.4-sample', '6.12.0-sample']);
  });
});

describe('the routes in the sample', () => {
  const wanted = (['acrn', 'linux'] as const).flatMap((tree) =>
    Object.entries(ROUTE_FACTS[tree]).flatMap(([file, functions]) =>
      Object.entries(functions).map(([name, calls]) => ({ tree, path: file, name, calls })),
    ),
  );

  /** The text of a function; of the whole file for file scope and for a function that a macro of the file makes. */
  function bodyOf(tree: TreeKind, file: string, name: string): string | undefined {
    const found = facts.get(`${tree}/${file}`)?.functions.filter((it) => it.name === name) ?? [];
    const text = files.find((it) => it.tree === tree && it.path === file)?.text;
    const [one] = found;
    if (name === '' || one === undefined || text === undefined) return name === '' ? text : undefined;
    return one.line === one.endLine
      ? text
      : text
          .split('\n')
          .slice(one.line - 1, one.endLine)
          .join('\n');
  }

  it('has every function of the routes in the file where the real trees have it', () => {
    expect(wanted.filter(({ name }) => name !== '').length).toBe(236);
    const missing = wanted.filter(({ tree, path: file, name }) => bodyOf(tree, file, name) === undefined);
    expect(missing.map((it) => `${nameOf(it)} ${it.name}`)).toEqual([]);
  });

  it('has each call of the routes, as the real trees write it', () => {
    expect(wanted.flatMap(({ calls }) => calls).length).toBe(298);
    const missing = wanted.flatMap(({ tree, path: file, name, calls }) => {
      const body = folded(bodyOf(tree, file, name) ?? '');
      return calls.filter((call) => !body.includes(folded(call))).map((call) => `${tree}/${file} ${name}: ${call}`);
    });
    expect(missing).toEqual([]);
  });
});

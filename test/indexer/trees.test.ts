import { beforeAll, describe, expect, it } from 'vitest';
import type { ParseEngine } from '../../src/indexer/engine.ts';
import type { FileFacts } from '../../src/indexer/facts.ts';
import { indexText, MAX_TEXT } from '../../src/indexer/index-text.ts';
import { acrnDialect } from '../../src/sourcemap/dialects/acrn-masks.ts';
import { linuxDialect } from '../../src/sourcemap/dialects/linux-masks.ts';
import { onRealTree } from '../real-trees.ts';
import { testEngine } from './engine.ts';
import { ACRN_SITES, LINUX_FOLDERS, LINUX_SITES, MADE_FUNCTIONS } from './real-sites.ts';
import { testDialect } from './test-dialect.ts';
import { treeFacts, wrongSites } from './tree-links.ts';

let engine: ParseEngine;
beforeAll(async () => {
  engine = await testEngine();
});

const withErrors = (facts: readonly FileFacts[]): string[] =>
  facts.filter((file) => file.errorLines.length > 0).map((file) => `${file.path}:${file.errorLines[0]}`);

describe('any text', () => {
  it('gives facts: empty, without a line end, with NULs, longer than the bound', () => {
    const facts = (text: string): FileFacts => indexText('x.c', text, engine, testDialect);
    expect(facts('').functions).toEqual([]);
    expect(facts('int f(void) { return 1; }').functions.map((f) => f.name)).toEqual(['f']);
    expect(facts('int f(void) { g("\0"); }\n\0\nint h(void) {}').functions.map((f) => f.name)).toContain('h');
    expect(facts(' '.repeat(MAX_TEXT + 1))).toMatchObject({ functions: [], errorLines: [1] });
  });

  it('has its lines counted alike with and without carriage returns', () => {
    const text = '#define A 1 \\\n  + 2\nint x;\n\nint f(void)\n{\n\treturn g(x);\n}\n';
    const unix = indexText('x.c', text, engine, testDialect);
    const other = indexText('x.c', text.replaceAll('\n', '\r\n'), engine, testDialect);
    expect(other).toEqual(unix);
    expect(unix.calls[0]?.line).toBe(7);
  });
});

describe('the masks of the real dialects', () => {
  it('each have a reason, and no name twice', () => {
    for (const dialect of [acrnDialect, linuxDialect]) {
      const rules = [...dialect.masks, ...dialect.makers, ...dialect.registrars, ...dialect.runners];
      expect(rules.filter((rule) => rule.reason.length < 10 || rule.name === '')).toEqual([]);
      const names = [...dialect.masks, ...dialect.makers].map((rule) => rule.name);
      expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
    }
  });
});

onRealTree('ACRN_SRC', {
  'parses with at most 2 % of the files in error, and the calls through pointers are right': (root) => {
    const facts = treeFacts(engine, acrnDialect, root, ['devicemodel', 'hypervisor', 'misc']);
    expect(facts.length).toBeGreaterThan(400);
    expect(withErrors(facts).length).toBeLessThanOrEqual(facts.length * 0.02);
    expect(wrongSites(facts, acrnDialect, ACRN_SITES)).toEqual([]);
    const label = facts.find((file) => file.path.endsWith('vmx_asm.S'))?.functions.find((f) => f.name === 'vm_exit');
    expect(label?.origin).toBe('label');
  },
});

onRealTree('LINUX_SRC', {
  'the files of the routes parse without an error, and the calls through pointers are right': (root) => {
    const facts = treeFacts(engine, linuxDialect, root, LINUX_FOLDERS);
    expect(withErrors(facts)).toEqual([]);
    expect(wrongSites(facts, linuxDialect, LINUX_SITES)).toEqual([]);
    const missing = MADE_FUNCTIONS.filter(
      ([path, name]) => !facts.find((file) => file.path === path)?.functions.some((f) => f.name === name),
    );
    expect(missing).toEqual([]);
  },
});

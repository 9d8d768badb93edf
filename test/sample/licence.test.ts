import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Parser } from 'web-tree-sitter';
import { type Comparison, compare, likenesses } from './licence.ts';
import { type CText, factsByName, plainParser, sampleCode } from './sample-files.ts';

const { ACRN_SRC, LINUX_SRC } = process.env;

/** Functions of fewer lines say little about who wrote them. */
const SMALL = 6;
/** Share of a function's lines that may stand in the file that it mirrors. */
const SHARE = 0.65;

/** What the routes call, white space left out. */
const routeExpressions = (): Set<string> => {
  const facts: unknown = JSON.parse(readFileSync(new URL('route-facts.json', import.meta.url), 'utf8'));
  const all = JSON.stringify(facts).match(/"(?:[^"\\]|\\.)*"/g) ?? [];
  return new Set(all.map((text) => String(JSON.parse(text)).replace(/\s+/g, '')));
};

let parser: Parser;

beforeAll(async () => {
  parser = await plainParser();
});

describe('the comparison', () => {
  let real = '';
  beforeEach(() => {
    real = mkdtempSync(path.join(tmpdir(), 'real-'));
  });
  afterEach(() => {
    rmSync(real, { recursive: true, force: true });
  });

  const REAL = `#include <linux/virtio_config_of_theirs.h>
#define THE_NUMBER_OF_THEIRS	0x1234
/* A sentence that they have written about it. */
static int their_function_name(struct device *dev)
{
	if (dev->first_member > 0 && dev->second_member)
		return their_other_function(dev, NULL);
	for (index_of_it = 0; index_of_it < 10; index_of_it++)
		dev->first_member = dev->second_member + 1;
	dev->callback_of_theirs = the_callback;
	their_single_call(dev, dev->first_member, 5);
	return 0;
}
`;

  const compared = (text: string): Comparison => {
    writeFileSync(path.join(real, 'a.c'), REAL);
    return compare([{ tree: 'linux', path: 'a.c', text }], [real], parser, new Set());
  };

  it('finds every longer line of a copy, and excuses what is a fact', () => {
    const { compared: count, equal } = compared(REAL);
    expect(count).toBe(10);
    expect(equal.map(({ at, excuse }) => `${at.slice('linux/a.c:'.length)} ${excuse ?? '-'}`)).toEqual([
      '1 include',
      '2 number',
      '3 -',
      '4 prototype',
      '6 -',
      '7 call',
      '8 -',
      '9 -',
      '10 binding',
      '11 call',
    ]);
  });

  it('takes other white space and another comment for the same line', () => {
    const text = `int f(struct device *dev)
{
    if ( dev->first_member>0 && dev->second_member ) /* ours */
        return 1;
    return 0;
}
`;
    expect(compared(text).equal.map(({ at, excuse }) => [at, excuse])).toEqual([['linux/a.c:3', undefined]]);
  });

  it('counts what a function has in common with its model', () => {
    const file: CText = { tree: 'linux', path: 'a.c', text: REAL };
    const functions = [{ name: 'their_function_name', line: 4, endLine: 13 }];
    expect(likenesses(file, REAL, functions)).toEqual([{ at: 'linux/a.c: their_function_name', lines: 6, equal: 6 }]);
    expect(likenesses(file, 'int other;\n', functions)[0]?.equal).toBe(0);
  });
});

if (ACRN_SRC !== undefined && LINUX_SRC !== undefined) {
  describe('the sample beside the real trees', () => {
    it('has no longer line of theirs, facts apart', { timeout: 900_000 }, () => {
      const { compared, equal } = compare(sampleCode(), [ACRN_SRC, LINUX_SRC], parser, routeExpressions());
      const counts = new Map<string, number>();
      for (const { excuse = 'none' } of equal) counts.set(excuse, (counts.get(excuse) ?? 0) + 1);
      const said = [...counts].map(([excuse, count]) => `${excuse} ${count}`).sort();
      console.log(`${compared} longer lines compared, ${equal.length} equal: ${said.join(', ')}`);
      const without = equal.filter((line) => line.excuse === undefined);
      expect(without.map(({ at, text, real }) => `${at}: ${text} (${real})`)).toEqual([]);
    });

    it('has no function that is written off', async () => {
      const facts = await factsByName(sampleCode());
      const trees = { acrn: ACRN_SRC, linux: LINUX_SRC };
      const found = [];
      for (const file of sampleCode()) {
        const model = path.join(trees[file.tree], file.path);
        const known = facts.get(`${file.tree}/${file.path}`)?.functions ?? [];
        const functions = known.filter((it) => it.line < it.endLine);
        if (existsSync(model)) found.push(...likenesses(file, readFileSync(model, 'latin1'), functions));
      }
      const lines = found.reduce((sum, it) => sum + it.lines, 0);
      const equal = found.reduce((sum, it) => sum + it.equal, 0);
      console.log(`${found.length} functions, ${lines} lines, ${equal} of them in the file of the real tree`);
      const like = found.filter((it) => it.lines >= SMALL && it.equal > it.lines * SHARE);
      expect(like.map((it) => `${it.at}: ${it.equal} of ${it.lines}`)).toEqual([]);
    });
  });
}

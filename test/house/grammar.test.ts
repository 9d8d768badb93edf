import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../src/texts/language.ts';
import { HOP_NAMES, PROGRAM_NAMES } from '../../src/texts/words.ts';

interface Rule {
  readonly match?: string;
  readonly begin?: string;
}

const grammar = JSON.parse(readFileSync(new URL('../../syntaxes/vtrace.tmLanguage.json', import.meta.url), 'utf8')) as {
  readonly repository: Readonly<Record<string, Rule>>;
};

const found = (rule: string, text: string): string | undefined => {
  const { match, begin } = grammar.repository[rule] ?? {};
  return new RegExp(match ?? begin ?? '(?!)').exec(text)?.[0];
};

describe.each(LANGUAGES)('the grammar of exported runs (%s)', (language) => {
  it('knows every program by the name that the text gives it', () => {
    for (const name of Object.values(PROGRAM_NAMES[language])) {
      expect(found('heading', `${name} · some context`)).toBe(`${name} · some context`);
    }
  });

  it('knows every kind of hop, and none by the beginning of another', () => {
    for (const name of Object.values(HOP_NAMES[language])) {
      expect(found('hop', `  12 f  a/b.c:1  ${name} x->y`)).toBe(name);
    }
  });
});

describe('the grammar of exported runs', () => {
  it.each([
    ['    2   SYSCALL_DEFINE3(write)    fs/read_write.c:81', 'stage'],
    ['    1 write(2)', 'stage'],
    ['   90     DEFINE_IDTENTRY_SYSVEC(sysvec_acrn_hv_callback)  arch/x86/kernel/cpu/acrn.c:5', 'stage'],
    ['ACRN: some/where (version 3.4)', 'tree'],
    ['Linux（Service VM）：some/where（版本 6.12）', 'tree'],
    ['      hazard (refused, sv-asyncio-missing) in f', 'note'],
    [' hazard (refused, x)', 'hazard'],
    [' 隐患（拒绝，x）', 'hazard'],
  ])('reads %j as %s', (text, rule) => {
    expect(found(rule, text)).toBeDefined();
  });
});

import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { maskFile, maskMacroBodies } from '../../src/indexer/mask.ts';
import { fixture } from './check.ts';
import { testDialect } from './test-dialect.ts';

const FIXTURES = readdirSync(path.join(import.meta.dirname, 'fixtures')).filter((file) => /\.[ch]$/.test(file));

const masked = (text: string): string => maskFile(text, testDialect).masked;

/** Offsets of the line ends of a text. */
const lineEnds = (text: string): number[] => [...text.matchAll(/\n/g)].map((match) => match.index);

function expectSameShape(text: string): void {
  for (const result of [maskFile(text, testDialect), maskMacroBodies(text, testDialect)]) {
    for (const masked of [result.masked, result.clean]) {
      expect(masked.length).toBe(text.length);
      expect(lineEnds(masked)).toEqual(lineEnds(text));
    }
  }
}

/** A fixed sequence of numbers below `limit`: the same in every run. */
function numbers(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state % limit;
  };
}

const NOISE = [
  '(',
  ')',
  '{',
  '}',
  '"',
  "'",
  '/*',
  '*/',
  '#if X\n',
  '\n#else\n',
  '\n#endif\n',
  '\\\n',
  ';',
  ',',
  '\u00e9',
  '\0',
];

/** The text with a few pieces cut out and some noise put in. */
function damaged(text: string, next: (limit: number) => number): string {
  let result = text;
  for (let i = 0; i < 6; i++) {
    const at = next(result.length);
    result = result.slice(0, at) + (NOISE[next(NOISE.length)] ?? '') + result.slice(at + next(12));
  }
  return result;
}

describe('masking', () => {
  for (const file of FIXTURES) {
    it(`${file}: moves no byte and no line`, () => expectSameShape(fixture(file)));
  }

  it('moves no byte of damaged text either, and ends', () => {
    const next = numbers(7);
    for (const file of FIXTURES) {
      for (let i = 0; i < 40; i++) {
        expectSameShape(damaged(fixture(file), next));
      }
    }
  });

  it('takes time in proportion to the text, however deep its brackets are', () => {
    const deep = `void f(void) {${'('.repeat(60_000)}`;
    const start = performance.now();
    expectSameShape(deep);
    expectSameShape('static A(B('.repeat(20_000));
    expectSameShape('#if X\n'.repeat(20_000));
    expect(performance.now() - start).toBeLessThan(20_000);
  });

  it('blanks annotations and their arguments', () => {
    expect(masked('int __user *p;')).toBe('int        *p;');
    expect(masked('int n[] __counted_by(x(1), y);')).toBe('int n[]                      ;');
    expect(masked('__attribute__((packed)) int a;')).toBe('                        int a;');
  });

  it('makes loop heads of macros in front of a statement or a block', () => {
    expect(masked('void f() { each_of(a, b) g(); }')).toBe('void f() { while  (a, b) g(); }');
    expect(masked('void f() { each_of(a, b) { } }')).toBe('void f() { while  (a, b) { } }');
    expect(masked('void f() { each_of(a, b); }')).toBe('void f() { each_of(a, b); }');
    expect(masked('void f() { if (x) each_of(a) { } }')).toBe('void f() { if (x) while  (a) { } }');
  });

  it('puts a name where a macro takes a type', () => {
    expect(masked('x = container_of(p, struct s *, m);')).toBe('x = container_of(p, T         , m);');
    expect(masked('x = max_t(unsigned int, a, b);')).toBe('x = max_t(T           , a, b);');
    expect(masked('x = (struct s *)p;')).toBe('x = (struct s *)p;');
    expect(masked('int f(struct s *p, int);')).toBe('int f(struct s *p, T  );');
  });

  it('makes functions of macros that a body follows', () => {
    const { masked: text, made } = maskFile('ENTRY2(go, int, a, char *, b) { }', testDialect);
    expect(text).toBe('T TRY2(                     ) { }');
    expect([...made.values()]).toEqual([
      {
        name: 'ENTRY2(go)',
        start: 0,
        params: [
          { type: 'int', name: 'a' },
          { type: 'char *', name: 'b' },
        ],
      },
    ]);
  });

  it('takes macros invoked at file scope out of the text and keeps them', () => {
    const text = 'module_init(start)\nstatic DECLARE_WORK(w, f);\nint x;';
    const result = maskFile(text, testDialect);
    expect(result.masked.trim()).toBe(';\nint x;');
    expect(result.invocations.map(({ at, open }) => text.slice(at, open))).toEqual(['module_init', 'DECLARE_WORK']);
  });

  it('reads directives and blanks them', () => {
    const {
      masked: text,
      defines,
      includes,
    } = maskFile('#include "a/b.h"\n#define F(a, b...) g(a) \\\n  + 1\nint x;', testDialect);
    expect(text.trim()).toBe('int x;');
    expect(includes).toEqual(['a/b.h']);
    expect(defines.map(({ name, params }) => ({ name, params }))).toEqual([{ name: 'F', params: ['a', 'b...'] }]);
  });
});

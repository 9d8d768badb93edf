import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ParserText } from '../../src/indexer/mask/parser-text.ts';
import { maskFile, maskMacroBodies } from '../../src/indexer/mask.ts';
import { fixture } from './check.ts';
import { testDialect } from './test-dialect.ts';

const FIXTURES = readdirSync(path.join(import.meta.dirname, 'fixtures')).filter((file) => /\.[ch]$/.test(file));

/** What the parser gets, without the blanks that only say where a line ends. */
const masked = (text: string): string => maskFile(text, testDialect).parsed.text;

/** Offsets of the line ends of a text. */
const lineEnds = (text: string): number[] => [...text.matchAll(/\n/g)].map((match) => match.index);

/** What the parser gets stands in the file in the same order, each line end at one of the file's blanks. */
function expectInOrder({ text, offsets }: ParserText, file: string): void {
  for (let i = 1; i <= text.length; i++) {
    if ((offsets[i] ?? 0) <= (offsets[i - 1] ?? 0) && i < text.length) {
      expect.fail(`${i}: ${offsets[i - 1]} and then ${offsets[i]}`);
    }
  }
  expect(offsets[text.length]).toBe(file.length);
}

function expectSameShape(text: string): void {
  for (const result of [maskFile(text, testDialect), maskMacroBodies(text, testDialect)]) {
    expect(result.clean.length).toBe(text.length);
    expect(lineEnds(result.clean)).toEqual(lineEnds(text));
    expectInOrder(result.parsed, text);
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
    expect(masked('int __user *p;')).toBe('int *p;');
    expect(masked('int n[] __counted_by(x(1), y);')).toBe('int n[];');
    expect(masked('__attribute__((packed)) int a;')).toBe(' int a;');
  });

  it('makes loop heads of macros in front of a statement or a block', () => {
    expect(masked('void f() { each_of(a, b) g(); }')).toBe('void f(){while(0)g();}');
    expect(masked('void f() { each_of(a, b) { } }')).toBe('void f(){while(0){}}');
    expect(masked('void f() { each_of(a, b); }')).toBe('void f(){each_of();}');
    expect(masked('void f() { if (x) each_of(a) { } }')).toBe('void f(){if(0)while(0){}}');
  });

  it('puts a name where a macro takes a type', () => {
    expect(masked('x = container_of(p(), struct s *, m);')).toBe('x = container_of(p(),T,m);');
    expect(masked('x = max_t(unsigned int, a(), b);')).toBe('x = max_t(T,a(),b);');
    expect(masked('x = (struct s *)p;')).toBe('x = 0;');
    expect(masked('int f(struct s *p, int (*g)(void));')).toBe('int f(struct s *p,int(*g)(void));');
  });

  it('leaves out what no fact needs the parser for', () => {
    expect(masked('x = f(a->b, "s", (T)c[2]);')).toBe('x = f();');
    expect(masked('void f() { if (a == b && (c | d)) e(); }')).toBe('void f(){if(0)e();}');
    expect(masked('struct s { int a; void (*f)(int); };')).toBe('struct s{};');
    expect(masked('enum e { A, B = (1 << 2) };')).toBe('enum e{};');
    expect(masked('struct s t[] = { { 1, .f = g }, { 2 } };')).toBe('struct s t[]= 0;');
    expect(masked('char *s = "a \\n b";')).toBe('char *s = "";');
    expect(masked('void f() { x = y = a->b + c; return a ? b : c; }')).toBe('void f(){x = y = 0;return 0;}');
    expect(masked('int f() { return(a | b); }')).toBe('int f(){return 0;}');
  });

  it('keeps calls, assignments, bodies, nested structs and what may be a type', () => {
    for (const text of [
      'x = f(g());',
      'while(a = next)b();',
      'for(i = 0;i < n;i++)f();',
      'struct s t = {.a = f()};',
      'x = f((T){});',
      'x = f(({y;}));',
      'struct s{struct{}u;int b;};',
      'struct s{int a[f()];int b;};',
      'T(*f)(int);',
      'return(T)(a);',
      'x = (*f)(a);',
      'p ? *p = a + b:c;',
      'x = y = f(a ? g():1);',
      'return;',
      'if((a <<= 1)> b)f();',
    ]) {
      const wrapped = `void h(){${text}}`;
      expect(masked(wrapped).replaceAll(' ', '')).toBe(wrapped.replaceAll(' ', ''));
    }
  });

  it('takes blanks together, but for one at each line’s end', () => {
    const { text, offsets } = maskFile('int  a ; /* b */\n\n  int c;', testDialect).parsed;
    expect(text).toBe('int a;\nint c;');
    expect([...offsets.slice(0, text.length + 1)]).toEqual([0, 1, 2, 3, 5, 7, 8, 20, 21, 22, 23, 24, 25, 26]);
  });

  it('makes functions of macros that a body follows', () => {
    const { parsed, made } = maskFile('ENTRY2(go, int, a, char *, b) { }', testDialect);
    expect(parsed.text).toBe('T TRY2(){}');
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
    expect(result.parsed.text).toBe(';\nint x;');
    expect(result.invocations.map(({ at, open }) => text.slice(at, open))).toEqual(['module_init', 'DECLARE_WORK']);
  });

  it('reads directives and blanks them', () => {
    const { parsed, defines, includes } = maskFile(
      '#include "a/b.h"\n#define F(a, b...) g(a) \\\n  + 1\nint x;',
      testDialect,
    );
    expect(parsed.text).toBe('int x;');
    expect(includes).toEqual(['a/b.h']);
    expect(defines.map(({ name, params }) => ({ name, params }))).toEqual([{ name: 'F', params: ['a', 'b...'] }]);
  });
});

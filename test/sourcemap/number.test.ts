import { describe, expect, it } from 'vitest';
import { evaluate, numberOf, sameNumber } from '../../src/sourcemap/evidence/number.ts';
import { facts, macro, view } from './facts-by-hand.ts';

const tree = (...macros: readonly string[]) =>
  view('acrn', facts('a.h', { macros: macros.map((text, i) => macro(text, i + 1)) }));

const value = (text: string, ...macros: readonly string[]) => evaluate(tree(...macros), text)?.value;

describe('constants of C headers', () => {
  it.each([
    ['0xF3U', 0xf3n],
    ['0x80UL << 24', 0x80000000n],
    ['(1 + 2) * 3 - 4 / 2', 7n],
    ['1 | 2 ^ 2 & 7', 1n],
    ['~0 & 0xff', 0xffn],
    ['-(2) + 5 % 3', 0n],
    ['(uint32_t)7', 7n],
    ['(unsigned)7 >> 1', 3n],
    ['0x10 /* base */ + 1', 0x11n],
  ])('%s', (text, expected) => {
    expect(value(text)).toBe(expected);
  });

  it('follows macros, with and without arguments', () => {
    const macros = ['ID(x, y) (((x) << 24) | (y))', 'TYPE 0x80UL', 'BASE 0x20UL', 'MSI ID(TYPE, BASE + 0x03UL)'];
    expect(numberOf(tree(...macros), 'MSI')?.constant.value).toBe(0x80000023n);
    expect(value('IDX(MSI)', ...macros, 'IDX(id) ((id) & (0xFFUL))')).toBe(0x23n);
  });

  it('takes the first definition that is a constant', () => {
    const found = numberOf(tree('N some_function()', 'N 5'), 'N');
    expect(found?.constant.value).toBe(5n);
    expect(found?.macro.fact.line).toBe(2);
  });

  it.each(['', 'x', '1 +', 'f(1)', '1 ? 2 : 3', '"text"', '1 / 0', '1 2'])('is no constant: %j', (text) => {
    expect(value(text)).toBeUndefined();
  });

  it('gives up on a macro that names itself', () => {
    expect(value('A', 'A B', 'B A')).toBeUndefined();
  });
});

describe('ioctl numbers', () => {
  it('computes direction, type, number and the size of scalars', () => {
    expect(value('_IO(0xA2, 0x12)')).toBe(0xa212n);
    expect(value('_IOW(0xA2, 0x25, __u64)')).toBe(0x4008a225n);
    expect(value('_IOWR(T, 0x60, unsigned long)', 'T 0xA2')).toBe(0xc008a260n);
  });

  it('compares without the size where a type was not read, and with it where both were', () => {
    const one = evaluate(tree(), '_IOW(0xA2, 0x31, struct notify)');
    const other = evaluate(tree(), '_IOW(0xA2, 0x31, struct request)');
    const next = evaluate(tree(), '_IOW(0xA2, 0x32, struct notify)');
    const plain = evaluate(tree(), '_IO(0xA2, 0x31)');
    expect(one && other && sameNumber(one, other)).toBe(true);
    expect(one && next && sameNumber(one, next)).toBe(false);
    expect(one && plain && sameNumber(one, plain)).toBe(false);
    const wide = evaluate(tree(), '_IOW(1, 2, __u64)');
    const narrow = evaluate(tree(), '_IOW(1, 2, __u32)');
    expect(wide && narrow && sameNumber(wide, narrow)).toBe(false);
  });
});

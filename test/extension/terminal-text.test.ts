import { describe, expect, it } from 'vitest';
import { harmless, TypedLine } from '../../src/extension/terminal-text.ts';

describe('what a guest writes into a terminal', () => {
  it.each([
    ['hello\r\n\tworld\x07\b', 'hello\r\n\tworld\x07\b'],
    ['你好', '你好'],
    ['\x1b]52;c;aGk=\x07', '\u241b]52;c;aGk=\x07'],
    ['\x1b[2J', '\u241b[2J'],
    ['\x9b2J\x7f\x00', '\ufffd2J\u2421\u2400'],
  ])('%j cannot steer it', (written, shown) => {
    expect(harmless(written)).toBe(shown);
  });
});

describe('what a user types into a terminal', () => {
  const sent = (...keys: string[]): string[] => {
    const line = new TypedLine();
    return keys.map((key) => new TextDecoder().decode(line.take(key)));
  };

  it('goes line by line, as it was typed', () => {
    expect(sent('h', 'i', '\r')).toEqual(['', '', 'hi\r']);
    expect(sent('ab\rcd\ref')).toEqual(['ab\rcd\r']);
    expect(sent('x', '\x04')).toEqual(['', 'x\x04']);
    expect(sent('\r')).toEqual(['\r']);
  });

  it('can be taken back, and forgotten', () => {
    const line = new TypedLine();
    line.take('ab😀\x7f');
    expect(line.text).toBe('ab');
    line.take('\x7f\x7f\x7f');
    expect(line.text).toBe('');
    line.take('abc\x03d\x15e');
    expect(line.text).toBe('e');
  });

  it('knows no cursor keys and is bounded', () => {
    const line = new TypedLine();
    line.take('a\x1b[A\x1b[1;5Cb\x1bOPc\x1b');
    expect(line.text).toBe('abc');
    line.take('x'.repeat(5000));
    expect(line.text.length).toBe(1024);
  });
});

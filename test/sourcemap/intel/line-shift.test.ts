import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LineLog, lineEnds, shifted, type TextChange } from '../../../src/sourcemap/intel/line-shift.ts';

/** Lines typed, removed or replaced whole, as a position in front of line `row` (0-based). */
const lineChange = (row: number, removed: number, added: number): TextChange => ({
  start: { line: row, character: 0 },
  end: { line: row + removed, character: 0 },
  added,
});

describe('a line while its text is edited', () => {
  it('goes down by what is typed above it, and stays for what is typed below', () => {
    expect(shifted(10, lineChange(3, 0, 2))).toBe(12);
    expect(shifted(10, lineChange(10, 0, 2))).toBe(10);
  });

  it('stays where Enter is pressed at its end, and goes down where text is put in front of it', () => {
    const enter = { start: { line: 9, character: 30 }, end: { line: 9, character: 30 }, added: 1 };
    expect(shifted(10, enter)).toBe(10);
    expect(shifted(10, lineChange(9, 0, 1))).toBe(11);
  });

  it('does not move for a keystroke', () => {
    const key = { start: { line: 9, character: 0 }, end: { line: 9, character: 0 }, added: 0 };
    expect(shifted(10, key)).toBe(10);
  });

  it('stands with what took its place where it was replaced', () => {
    const all = { start: { line: 0, character: 0 }, end: { line: 100, character: 0 }, added: 100 };
    expect(shifted(40, all)).toBe(40);
    expect(shifted(40, { ...all, added: 5 })).toBe(6);
  });

  it('is the same line as in the text itself, whatever whole lines are typed and removed around it', () => {
    const edit = fc.record({ at: fc.nat(40), removed: fc.nat(5), added: fc.nat(5) });
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 30 }), (edits) => {
        let lines = Array.from({ length: 30 }, (_, row) => `line ${row}`);
        const log = new LineLog();
        for (const [number, { at, removed, added }] of edits.entries()) {
          const row = Math.min(at, lines.length);
          const gone = Math.min(removed, lines.length - row);
          const fresh = Array.from({ length: added }, (__, one) => `typed ${number} ${one}`);
          log.add([lineChange(row, gone, added)]);
          lines = [...lines.slice(0, row), ...fresh, ...lines.slice(row + gone)];
        }
        for (const [row, text] of lines.entries()) {
          const old = /^line (\d+)$/.exec(text)?.[1];
          if (old !== undefined) {
            expect(log.lineNow(Number(old) + 1, 0)).toBe(row + 1);
          }
        }
      }),
    );
  });
});

describe('a log of changes', () => {
  it('finds a line of any earlier moment, and of one moment at another', () => {
    const log = new LineLog();
    log.add([lineChange(0, 0, 10)]);
    const { moment } = log;
    log.add([lineChange(0, 0, 1)]);
    expect(log.lineNow(5, 0)).toBe(16);
    expect(log.lineNow(5, moment)).toBe(6);
    expect(log.lineBetween(5, 0, moment)).toBe(15);
  });

  it('keeps nothing of keystrokes', () => {
    const log = new LineLog();
    log.add([{ start: { line: 3, character: 2 }, end: { line: 3, character: 4 }, added: 0 }]);
    expect(log.moment).toBe(0);
  });

  it('counts line ends', () => {
    expect(['', 'a', 'a\n', '\r\n\r\n'].map(lineEnds)).toEqual([0, 0, 1, 2]);
  });
});

import { describe, expect, it } from 'vitest';
import { ROW_KINDS, type RowKind, type RunRows } from '../../src/protocol/compare.ts';
import { nextDifference, shownRows } from '../../src/webview/compare/difference-rows.ts';
import { delta } from '../../src/webview/compare/figures-table.ts';

const rowsOf = (...kinds: readonly RowKind[]): RunRows => ({
  kind: Uint8Array.from(kinds, (kind) => ROW_KINDS.indexOf(kind)),
  stage: new Uint16Array(kinds.length),
  depth: new Uint8Array(kinds.length),
  leftHop: new Uint8Array(kinds.length),
  rightHop: new Uint8Array(kinds.length),
});

const rows = rowsOf('same', 'left', 'left', 'same', 'other-way', 'same', 'right');

describe('rows of two runs', () => {
  it('are all shown, or those that differ', () => {
    expect([...shownRows(rows, false)]).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect([...shownRows(rows, true)]).toEqual([1, 2, 4, 6]);
  });

  it('are gone through difference by difference, forward and back', () => {
    const all = shownRows(rows, false);
    const walk = (start: number, direction: 1 | -1): readonly number[] => {
      const seen: number[] = [];
      for (let at = nextDifference(rows.kind, all, start, direction); at >= 0; ) {
        seen.push(at);
        at = nextDifference(rows.kind, all, at, direction);
      }
      return seen;
    };
    expect(walk(-1, 1)).toEqual([1, 4, 6]);
    expect(walk(6, -1)).toEqual([4, 1]);
  });

  it('begin another difference where rows between them are hidden', () => {
    const only = shownRows(rows, true);
    expect(nextDifference(rows.kind, only, 0, 1)).toBe(2);
    expect(nextDifference(rows.kind, only, 3, 1)).toBe(-1);
  });
});

describe('a difference of two counts', () => {
  it('has a sign, and none where there is none', () => {
    expect([delta(1, 4), delta(4, 1), delta(2, 2)]).toEqual(['+3', '−3', '=']);
  });
});

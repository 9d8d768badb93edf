import { describe, expect, it } from 'vitest';
import { ROW, railPath, railsWidth, railX, scrollFor, visibleRows } from '../../src/webview/layout.ts';

describe('a list of which only what can be seen exists', () => {
  it('draws a bounded number of rows, however long it is', () => {
    for (const top of [0, 1000, 12_345_678, 26_000_000]) {
      const { from, to } = visibleRows(top, 600, 1_000_000);
      expect(to - from).toBeLessThanOrEqual(Math.ceil(600 / ROW) + 18);
      expect(from * ROW).toBeLessThanOrEqual(top);
    }
    expect(visibleRows(0, 600, 5)).toEqual({ from: 0, to: 5 });
    expect(visibleRows(9999, 600, 5)).toEqual({ from: 5, to: 5 });
  });

  it('scrolls only where the row would stand at an edge', () => {
    expect(scrollFor(10, 0, 600)).toBeUndefined();
    const top = scrollFor(100, 0, 600);
    expect(top).toBeGreaterThan(100 * ROW - 600);
    expect(scrollFor(100, top ?? 0, 600)).toBeUndefined();
    expect(scrollFor(0, 500, 600)).toBe(0);
    expect(scrollFor(3, 0, 20)).toBeGreaterThan(0);
  });
});

describe('the rails', () => {
  it('keep every lane inside their width', () => {
    expect(railX(3)).toBeLessThan(railsWidth(4));
  });

  it('draw one unbroken line from row to row', () => {
    expect(railPath(undefined, 0, false)).toBe(`M${railX(0)} ${ROW / 2}V${ROW}`);
    expect(railPath(1, 1, true)).toBe(`M${railX(1)} 0V${ROW / 2}`);
    expect(railPath(0, 3, false)).toMatch(new RegExp(`^M${railX(0)} 0C.* ${railX(3)} ${ROW / 2}M`));
  });
});

import { describe, expect, it } from 'vitest';
import { hexLines, LINE_BYTES } from '../../src/webview/inspectors/hex-lines.ts';

describe('a dump of bytes', () => {
  const bytes = Uint8Array.from({ length: 18 }, (_, at) => at + 0x30);

  it('has lines of sixteen bytes, as digits and as text', () => {
    const lines = hexLines(bytes, () => false);
    expect(lines.map(({ offset }) => offset)).toEqual(['0000', '0010']);
    expect(lines[0]?.bytes).toHaveLength(LINE_BYTES);
    expect(lines[1]?.bytes.map(({ digits }) => digits)).toEqual(['40', '41']);
    expect(lines[1]?.bytes.map(({ char }) => char)).toEqual(['@', 'A']);
  });

  it('shows what is no letter as a dot, and marks what is asked for', () => {
    const [line] = hexLines(Uint8Array.of(0, 10, 0x7f, 0xff, 0x41), (at) => at === 4);
    expect(line?.bytes.map(({ char }) => char).join('')).toBe('····A');
    expect(line?.bytes.map(({ marked }) => marked)).toEqual([false, false, false, false, true]);
  });

  it('counts on from where the bytes begin', () => {
    expect(hexLines(bytes, () => false, 0x12345).map(({ offset }) => offset)).toEqual(['12345', '12355']);
    expect(hexLines(new Uint8Array(0), () => false)).toEqual([]);
  });
});

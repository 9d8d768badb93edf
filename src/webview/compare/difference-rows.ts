import { ROW_KINDS, type RunRows } from '../../protocol/compare.ts';

const SAME = ROW_KINDS.indexOf('same');

/** The rows that are shown: all, or those that differ. */
export function shownRows({ kind }: RunRows, onlyDifferences: boolean): Uint32Array {
  const rows: number[] = [];
  for (let at = 0; at < kind.length; at++) {
    if (!onlyDifferences || kind[at] !== SAME) {
      rows.push(at);
    }
  }
  return Uint32Array.from(rows);
}

/** Where the next difference begins, from a shown row on in a direction; -1 where there is none. */
export function nextDifference(kind: Uint8Array, shown: Uint32Array, from: number, direction: 1 | -1): number {
  const differs = (at: number): boolean => kind[shown[at] ?? -1] !== SAME;
  for (let at = from + direction; at >= 0 && at < shown.length; at += direction) {
    // Rows that differ one after the other are one difference; its first row is where it begins.
    if (differs(at) && (at === 0 || !differs(at - 1) || (shown[at] ?? 0) !== (shown[at - 1] ?? 0) + 1)) {
      return at;
    }
  }
  return -1;
}

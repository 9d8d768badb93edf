import { type Line, lineOfRow } from '../../base/brand.ts';

/** Offsets of a text to its lines. */
export class LineTable {
  readonly #starts: Int32Array;

  constructor(text: string) {
    const starts = [0];
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
      starts.push(at + 1);
    }
    this.#starts = Int32Array.from(starts);
  }

  /** The line that holds the offset. */
  lineAt(offset: number): Line {
    let low = 0;
    let high = this.#starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return lineOfRow(low);
  }
}

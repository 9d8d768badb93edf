/**
 * A change of a text as editors tell it: the lines from `start` to `end` (0-based, both with their columns) are replaced by
 * text of `added` line ends.
 */
export interface TextChange {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
  /** Line ends in the new text. */
  readonly added: number;
}

/** Lines that are removed by a change, less those that it adds. */
const delta = ({ start, end, added }: TextChange): number => added - (end.line - start.line);

/**
 * Where a line (1-based) stands after a change. A line whose own text is replaced stays with what took its place: whether
 * it still means the same is told by reading the text again.
 */
export function shifted(line: number, change: TextChange): number {
  const row = line - 1;
  const { start, end, added } = change;
  if (row < start.line || (row === start.line && start.character > 0)) {
    return line;
  }
  if (row > end.line || row === end.line) {
    return line + delta(change);
  }
  return Math.min(line, start.line + added + 1);
}

/** Whether a change moves any line. */
export const movesLines = (change: TextChange): boolean => delta(change) !== 0;

/** Line ends in a text. */
export function lineEnds(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
    count++;
  }
  return count;
}

/** Changes that are kept before the oldest are forgotten: nobody holds a line that long without reading again. */
const MOST = 20_000;

/** The changes of one text that move lines, so that a line of any earlier moment is found in the present text. */
export class LineLog {
  #changes: TextChange[] = [];
  #forgotten = 0;

  /** The present moment: what `lineNow` takes. */
  get moment(): number {
    return this.#forgotten + this.#changes.length;
  }

  /** Keeps changes in the order in which they apply. */
  add(changes: readonly TextChange[]): void {
    for (const change of changes) {
      if (movesLines(change)) {
        this.#changes.push(change);
      }
    }
    if (this.#changes.length > MOST) {
      const drop = this.#changes.length - MOST;
      this.#changes = this.#changes.slice(drop);
      this.#forgotten += drop;
    }
  }

  /** Where a line of an earlier moment stands now. */
  lineNow(line: number, moment: number): number {
    return this.lineBetween(line, moment, this.moment);
  }

  /** Where a line of one moment stood at a later one. */
  lineBetween(line: number, moment: number, until: number): number {
    let now = line;
    for (let at = Math.max(0, moment - this.#forgotten); at < until - this.#forgotten; at++) {
      const change = this.#changes[at];
      now = change === undefined ? now : shifted(now, change);
    }
    return now;
  }
}

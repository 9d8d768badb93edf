/** Height of a row of the stage list, in pixels. The style sheet has the same number. */
export const ROW = 26;

/** Rows drawn above and below what can be seen. */
const MARGIN = 8;

/** Rows `from` to `to` (not included). */
export interface Rows {
  readonly from: number;
  readonly to: number;
}

/** The rows of a list that must be drawn. */
export function visibleRows(scrollTop: number, height: number, count: number): Rows {
  const from = Math.max(0, Math.floor(scrollTop / ROW) - MARGIN);
  const to = Math.min(count, Math.ceil((scrollTop + height) / ROW) + MARGIN);
  return { from: Math.min(from, to), to };
}

/** Where to scroll so that a row stands clear of the edges; undefined where it already does. */
export function scrollFor(row: number, scrollTop: number, height: number): number | undefined {
  const clear = Math.min(3 * ROW, Math.max(0, (height - ROW) / 2));
  const top = row * ROW;
  if (top < scrollTop + clear || top + ROW > scrollTop + height - clear) {
    return Math.max(0, top - Math.round((height - ROW) / 2));
  }
  return undefined;
}

/** X of a lane's rail, in pixels. */
export const railX = (lane: number): number => 10 + 16 * lane;

/** Width of all rails. */
export const railsWidth = (lanes: number): number => railX(lanes - 1) + 10;

/** The line of control inside one row: from where the row above stood, to this row's point, and down. */
export function railPath(before: number | undefined, lane: number, last: boolean): string {
  const x = railX(lane);
  const middle = ROW / 2;
  const start = before === undefined ? '' : comingFrom(railX(before), x, middle);
  return `${start}${last ? '' : `M${x} ${middle}V${ROW}`}`;
}

function comingFrom(from: number, to: number, middle: number): string {
  return from === to ? `M${to} 0V${middle}` : `M${from} 0C${from} ${middle} ${to} 0 ${to} ${middle}`;
}

import type { RingEntry } from '../../protocol/inspect.ts';
import { shape } from '../dom.ts';

/** Width of a cell and of the gap behind it, in the strip's own units. */
const CELL = 8;
const GAP = 2;
const HEIGHT = 10;
/** Cells of one line. */
const PER_LINE = 64;

/** All entries of a ring at a glance: one cell each, coloured by whose turn it is. The table below says the same in words. */
export function ringStrip(entries: readonly RingEntry[], label: string): SVGElement {
  const perLine = Math.min(PER_LINE, entries.length);
  const lines = Math.ceil(entries.length / PER_LINE);
  const cells = entries.map(({ slot, mark, changed }) =>
    shape('rect', {
      class: `cell is-${mark}${changed ? ' is-changed' : ''}`,
      x: String((slot % PER_LINE) * (CELL + GAP)),
      y: String(Math.floor(slot / PER_LINE) * (HEIGHT + GAP)),
      width: String(CELL),
      height: String(HEIGHT),
    }),
  );
  const box = `0 0 ${perLine * (CELL + GAP) - GAP} ${lines * (HEIGHT + GAP) - GAP}`;
  return shape('svg', { class: 'strip', viewBox: box, role: 'img', 'aria-label': label }, cells);
}

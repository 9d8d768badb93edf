import type { SliceColumns } from '../../protocol/timeline.ts';
import { inStrip } from './draw-calls.ts';
import { type Arrow, pointOf } from './draw-hops.ts';
import { MARK, type Mark } from './draw-marks.ts';
import { holds } from './places.ts';
import { type Band, HEIGHTS } from './rows.ts';
import { floorOf, type Scene, topOf } from './scene.ts';
import { positionAt } from './viewport.ts';

/** What stands under a point of the plot: a number in the window's columns of that name. */
export type Hit =
  | { readonly what: 'mark'; readonly at: number }
  | { readonly what: 'hop'; readonly at: number }
  | { readonly what: 'call'; readonly at: number }
  /** `call` is the innermost call there; -1 where the window does not tell of it. */
  | { readonly what: 'run'; readonly at: number; readonly call: number }
  | { readonly what: 'wait'; readonly at: number };

/** Points at which an arrow is compared with the pointer, and how far it may be away. */
const SAMPLES = 24;
const NEAR = 4;

/** What stands under a point; undefined where there is nothing. */
export function hitAt(
  scene: Scene,
  arrows: readonly Arrow[],
  marks: readonly Mark[],
  x: number,
  y: number,
): Hit | undefined {
  const mark = marks.find((one) => Math.abs(one.x - x) <= MARK + 1 && Math.abs(one.y - y) <= MARK + 1);
  if (mark !== undefined) {
    return { what: 'mark', at: mark.at };
  }
  const labelled = arrows.find(({ label }) => label !== undefined && holds(label, x, y));
  const near = labelled ?? arrows.find((arrow) => isNear(arrow, x, y));
  return near === undefined ? hitInBand(scene, x, y) : { what: 'hop', at: near.at };
}

/** Whether a point lies on an arrow, or nearly so. */
export function isNear(arrow: Arrow, x: number, y: number): boolean {
  const [left, right] = [Math.min(arrow.x1, arrow.x2) - NEAR, Math.max(arrow.x1, arrow.x2) + NEAR];
  const [top, bottom] = [Math.min(arrow.y1, arrow.y2) - NEAR, Math.max(arrow.y1, arrow.y2) + NEAR];
  if (x < left || x > right || y < top || y > bottom) {
    return false;
  }
  for (let at = 0; at < SAMPLES; at++) {
    const [ax, ay] = pointOf(arrow, at / SAMPLES);
    const [bx, by] = pointOf(arrow, (at + 1) / SAMPLES);
    if (distance(x, y, ax, ay, bx, by) <= NEAR) {
      return true;
    }
  }
  return false;
}

/** Distance of a point from a piece of a line. */
function distance(x: number, y: number, ax: number, ay: number, bx: number, by: number): number {
  const length = (bx - ax) ** 2 + (by - ay) ** 2;
  const share = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length));
  return Math.hypot(x - ax - share * (bx - ax), y - ay - share * (by - ay));
}

/** The band under a y. */
export const bandAt = (scene: Scene, y: number): Band | undefined =>
  scene.bands.find((band) => y >= topOf(scene, band) && y < topOf(scene, band) + band.height);

function hitInBand(scene: Scene, x: number, y: number): Hit | undefined {
  const band = bandAt(scene, y);
  if (band === undefined || band.lanes.length === 0) {
    return undefined;
  }
  const position = positionAt(scene.span, scene.width, x);
  const contexts = new Set(band.lanes.map((lane) => lane.context));
  if (inStrip(scene, band, y)) {
    const run = spanAt(scene.window.runs, contexts, position);
    const wait = run < 0 ? spanAt(scene.window.waits, contexts, position) : -1;
    if (run >= 0) {
      const context = new Set([scene.window.runs.context[run] ?? 0]);
      return { what: 'run', at: run, call: innermost(scene.window.slices, context, position) };
    }
    return wait >= 0 ? { what: 'wait', at: wait } : undefined;
  }
  const depth = Math.floor((y - floorOf(scene, band) - 1) / HEIGHTS.row);
  const call = spanAt(scene.window.slices, contexts, position, depth);
  return call < 0 ? undefined : { what: 'call', at: call };
}

/** The deepest call of a context at a position; -1 where there is none. */
function innermost(slices: SliceColumns, contexts: ReadonlySet<number>, position: number): number {
  let found = -1;
  for (let at = 0; at < slices.context.length; at++) {
    const inside = (slices.start[at] ?? 0) <= position && position < (slices.end[at] ?? 0);
    if (inside && contexts.has(slices.context[at] ?? 0) && (slices.depth[at] ?? 0) >= (slices.depth[found] ?? 0)) {
      found = at;
    }
  }
  return found;
}

interface Row {
  readonly context: Uint8Array;
  readonly start: Float64Array;
  readonly end: Float64Array;
  readonly depth?: Uint8Array;
}

/** The span of one of these contexts that holds a position; the last where there are several, -1 where there is none. */
function spanAt(spans: Row, contexts: ReadonlySet<number>, position: number, depth?: number): number {
  for (let at = spans.context.length - 1; at >= 0; at--) {
    const inside = (spans.start[at] ?? 0) <= position && position < (spans.end[at] ?? 0);
    const deep = depth === undefined || spans.depth?.[at] === depth;
    if (inside && deep && contexts.has(spans.context[at] ?? 0)) {
      return at;
    }
  }
  return -1;
}

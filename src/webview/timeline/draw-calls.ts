import type { SpanColumns } from '../../protocol/timeline.ts';
import type { Box } from './places.ts';
import type { Band } from './rows.ts';
import { edges, floorOf, isVisible, rowTop, type Scene, topOf } from './scene.ts';

/** Free space left of a name in its box. */
const INSET = 4;
/** A box narrower than this has no name. */
const LEAST_NAMED = 26;

/** Which spans of a row of columns are in bands that can be seen, with the left and right edge of each. */
export function visibleSpans(
  scene: Scene,
  spans: SpanColumns,
  visit: (at: number, band: Band, left: number, right: number) => void,
): void {
  for (let at = 0; at < spans.context.length; at++) {
    const band = scene.bandOf.get(spans.context[at] ?? 0);
    if (band !== undefined && isVisible(scene, band)) {
      const found = edges(scene, spans.start[at] ?? 0, spans.end[at] ?? 0);
      if (found !== undefined) {
        visit(at, band, found[0], found[1]);
      }
    }
  }
}

/** The calls of open lanes, one row for each depth. */
export function drawCalls(scene: Scene): void {
  const { window, draw, palette } = scene;
  const named: { at: number; left: number; right: number; top: number }[] = [];
  visibleSpans(scene, window.slices, (at, band, left, right) => {
    const depth = window.slices.depth[at] ?? 0;
    const colours = palette.programs[band.group.colour];
    const top = rowTop(scene, band, depth);
    if (band.row === 0 || colours === undefined || top > scene.height || top + band.row < 0) {
      return;
    }
    const width = Math.max(1, right - left - 1);
    draw.fillStyle = colours.calls[depth % 2 === 0 ? 0 : 1];
    draw.fillRect(left, top, width, band.row - 1);
    if (palette.highContrast) {
      draw.strokeStyle = colours.line;
      draw.lineWidth = 1;
      draw.strokeRect(left + 0.5, top + 0.5, width - 1, band.row - 2);
    }
    if (right - left >= LEAST_NAMED) {
      named.push({ at, left, right, top: top + (band.row - 1) / 2 });
    }
  });
  draw.font = palette.mono;
  draw.fillStyle = palette.foreground;
  draw.textBaseline = 'middle';
  for (const { at, left, right, top } of named) {
    name(scene, window.slices.stage[at] ?? 0, left, right, top);
  }
}

/** The name of the outermost function of each run, in its strip; the places that the names take. */
export function drawRunNames(scene: Scene): readonly Box[] {
  const { window, draw, palette } = scene;
  const taken: Box[] = [];
  draw.font = palette.mono;
  draw.textBaseline = 'middle';
  visibleSpans(scene, window.runs, (at, band, left, right) => {
    const colours = palette.programs[band.group.colour];
    if (right - left >= LEAST_NAMED && colours !== undefined && band.strip > 0) {
      draw.fillStyle = colours.onStrong;
      const middle = floorOf(scene, band) - band.strip * 0.33 + 0.5;
      const width = name(scene, window.runs.stage[at] ?? 0, left, right, middle);
      taken.push({ left: Math.max(left, 0) + INSET, top: middle - 5, width, height: 10 });
    }
  });
  return taken;
}

/** Writes a stage's name between two edges, in sight while its box is partly scrolled out; how wide it is. */
function name(scene: Scene, stage: number, left: number, right: number, middle: number): number {
  const from = Math.max(left, 0) + INSET;
  const text = scene.head.stages[stage]?.function ?? '';
  const shown = scene.lettering.cut(scene.draw, scene.draw.font, text, Math.min(right, scene.width) - from - 2);
  if (shown !== '') {
    scene.draw.fillText(shown, from, middle);
  }
  return scene.lettering.width(scene.draw, shown);
}

/** An edge around the call that the cursor stands in. */
export function drawCurrentCall(scene: Scene): void {
  const { cursor, window, draw, palette } = scene;
  const band = cursor === undefined ? undefined : scene.bandOf.get(cursor.context);
  if (cursor === undefined || band === undefined || !isVisible(scene, band)) {
    return;
  }
  const { slices } = window;
  let found = -1;
  for (let at = 0; at < slices.context.length; at++) {
    const holds = (slices.step[at] ?? 0) <= cursor.step && cursor.step < (slices.endStep[at] ?? 0);
    if (holds && slices.context[at] === cursor.context && (slices.depth[at] ?? 0) >= (slices.depth[found] ?? 0)) {
      found = at;
    }
  }
  const box = found < 0 || band.row === 0 ? undefined : edges(scene, slices.start[found] ?? 0, slices.end[found] ?? 0);
  if (box !== undefined) {
    draw.strokeStyle = palette.foreground;
    draw.lineWidth = 1.5;
    draw.setLineDash([]);
    const top = rowTop(scene, band, slices.depth[found] ?? 0);
    draw.strokeRect(box[0], top, Math.max(2, box[1] - box[0] - 1), band.row - 1);
  }
}

/** Whether a y lies in a band's strip. */
export const inStrip = (scene: Scene, band: Band, y: number): boolean =>
  y >= topOf(scene, band) && y <= floorOf(scene, band) + 1;

import type { SpanColumns } from '../../protocol/timeline.ts';
import type { Box } from './places.ts';
import type { Band } from './rows.ts';
import { edges, floorOf, isVisible, rowTop, type Scene, sceneX, topOf } from './scene.ts';

/** Free space left of a name in its box. */
const INSET = 4;
/** A box narrower than this has no name. */
const LEAST_NAMED = 26;
/** From so many pixels on, a step is named by itself. */
const NAMED_STEP = 56;

/** Which spans of a row of columns are in bands that can be seen, with the left and right edge of each. */
export function visibleSpans(
  scene: Scene,
  spans: SpanColumns,
  visit: (at: number, band: Band, left: number, right: number) => void,
): void {
  for (let at = 0; at < spans.context.length; at++) {
    const band = scene.bandOf[spans.context[at] ?? 0];
    if (band !== undefined && isVisible(scene, band)) {
      const found = edges(scene, spans.start[at] ?? 0, spans.end[at] ?? 0);
      if (found !== undefined) {
        visit(at, band, found[0], found[1]);
      }
    }
  }
}

/** A call that is drawn: its number in the window, and its box. */
interface DrawnCall {
  readonly at: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly height: number;
}

/** The calls of open lanes, one row for each depth. */
export function drawCalls(scene: Scene): void {
  const { window, draw, palette } = scene;
  if (!scene.bands.some(({ row }) => row > 0)) {
    return;
  }
  const named: DrawnCall[] = [];
  for (const [colour, calls] of callsByColour(scene)) {
    draw.fillStyle = colour;
    draw.beginPath();
    for (const call of calls) {
      draw.rect(call.left, call.top, Math.max(1, call.right - call.left - 1), call.height);
      if (call.right - call.left >= LEAST_NAMED) {
        named.push(call);
      }
    }
    draw.fill();
    if (palette.highContrast) {
      draw.strokeStyle = palette.foreground;
      draw.lineWidth = 1;
      draw.stroke();
    }
  }
  draw.font = palette.mono;
  draw.fillStyle = palette.foreground;
  draw.textBaseline = 'middle';
  for (const { at, left, right, top, height } of named) {
    name(scene, window.slices.stage[at] ?? 0, left, right, top + height / 2);
  }
}

/** The calls that can be seen, by colour: those of one colour are filled at once, since filling is what costs. */
function callsByColour(scene: Scene): ReadonlyMap<string, readonly DrawnCall[]> {
  const { slices } = scene.window;
  const found = new Map<string, DrawnCall[]>();
  visibleSpans(scene, slices, (at, band, left, right) => {
    const depth = slices.depth[at] ?? 0;
    const top = rowTop(scene, band, depth);
    const colour = scene.palette.programs[band.group.colour]?.calls[depth % 2 === 0 ? 0 : 1];
    if (band.row === 0 || colour === undefined || top > scene.height || top + band.row < 0) {
      return;
    }
    const call = { at, left, right, top, height: band.row - 1 };
    const same = found.get(colour);
    if (same === undefined) {
      found.set(colour, [call]);
    } else {
      same.push(call);
    }
  });
  return found;
}

/** The name of the outermost function of each run, in its strip; the places that the names take. */
export function drawRunNames(scene: Scene): readonly Box[] {
  const { window, draw, palette } = scene;
  const taken: Box[] = [];
  if (pixelsOfStep(scene) >= NAMED_STEP) {
    return drawStepNames(scene);
  }
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

/** Pixels of one step; 0 where virtual time is shown, which has no steps of one width. */
const pixelsOfStep = ({ window, span, width }: Scene): number =>
  window.scale === 'steps' ? width / Math.max(span.to - span.from, Number.MIN_VALUE) : 0;

/** Zoomed in so far that each step has room for a name: the function that it enters, in the strip. */
function drawStepNames(scene: Scene): readonly Box[] {
  const { window, draw, palette } = scene;
  const taken: Box[] = [];
  draw.font = palette.mono;
  draw.textBaseline = 'middle';
  visibleSpans(scene, window.slices, (at, band, left) => {
    const colours = palette.programs[band.group.colour];
    const right = sceneX(scene, (window.slices.start[at] ?? 0) + 1);
    if (colours === undefined || band.strip === 0 || right <= left) {
      return;
    }
    const floor = floorOf(scene, band);
    const middle = floor - band.strip * 0.33 + 0.5;
    draw.fillStyle = colours.onStrong;
    draw.fillRect(Math.round(left), floor - band.strip * 0.66, 1, band.strip * 0.66);
    const width = name(scene, window.slices.stage[at] ?? 0, left, right, middle);
    taken.push({ left: left + INSET, top: middle - 5, width, height: 10 });
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
  const band = cursor === undefined ? undefined : scene.bandOf[cursor.context];
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

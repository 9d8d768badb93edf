import type { Shown } from '../../protocol/messages.ts';
import { visibleColumns } from './draw-lanes.ts';
import { edges, type Scene, sceneX } from './scene.ts';
import { ticksOf } from './ticks.ts';

/** Height of the overview strip and of the axis below it, in pixels. */
export const OVERVIEW = 30;
export const AXIS = 20;

/** The least distance of two marks of the axis, in pixels. */
const APART = 72;

/** Fine lines at the marks of the axis, behind everything. */
export function drawGrid(scene: Scene, origin: number): void {
  const { draw, palette, height } = scene;
  draw.strokeStyle = palette.line;
  draw.globalAlpha = 0.5;
  draw.lineWidth = 1;
  draw.setLineDash([]);
  draw.beginPath();
  for (const { x } of ticksOf(scene.window.scale, scene.span, origin, scene.width, APART)) {
    draw.moveTo(Math.round(x) + 0.5, 0);
    draw.lineTo(Math.round(x) + 0.5, height);
  }
  draw.stroke();
  draw.globalAlpha = 1;
}

/** The axis with its unit, at `top`. */
export function drawAxis(scene: Scene, origin: number, top: number): void {
  const { draw, palette, width, texts, lettering } = scene;
  const unit = texts[scene.window.scale === 'steps' ? 'axis-step' : 'axis-time'];
  draw.font = palette.smallFont;
  draw.textBaseline = 'middle';
  const unitLeft = width - lettering.width(draw, unit) - 4;
  draw.fillStyle = palette.quiet;
  draw.fillText(unit, unitLeft, top + AXIS / 2);
  draw.fillStyle = palette.line;
  draw.fillRect(0, top + AXIS - 1, width, 1);
  for (const { x, text } of ticksOf(scene.window.scale, scene.span, origin, width, APART)) {
    const wide = lettering.width(draw, text);
    draw.fillStyle = palette.line;
    draw.fillRect(Math.round(x), top + AXIS - 5, 1, 4);
    const left = Math.max(2, x - wide / 2);
    if (left + wide < unitLeft - 6) {
      draw.fillStyle = palette.quiet;
      draw.fillText(text, left, top + AXIS / 2 - 1);
    }
  }
}

/** The step that the cursor stands on: a bar as wide as the step, and a line. */
export function drawCursor(scene: Scene, top: number, bottom: number): void {
  const { cursor, draw, palette } = scene;
  const box = cursor === undefined ? undefined : edges(scene, cursor.start, cursor.end);
  if (box === undefined) {
    return;
  }
  const [left, right] = box;
  if (right - left > 3) {
    draw.fillStyle = palette.cursorFill;
    draw.fillRect(left, top, right - left, bottom - top);
  }
  draw.fillStyle = palette.cursor;
  draw.fillRect(Math.round(left) - 1, top, 2, bottom - top);
}

/** The cursor's head on the axis. */
export function drawCursorHead(scene: Scene, top: number): void {
  const { cursor, draw, palette } = scene;
  const box = cursor === undefined ? undefined : edges(scene, cursor.start, cursor.end);
  if (box !== undefined) {
    const x = Math.round(box[0]);
    draw.fillStyle = palette.cursor;
    draw.beginPath();
    draw.moveTo(x - 6, top + AXIS - 9);
    draw.lineTo(x + 6, top + AXIS - 9);
    draw.lineTo(x, top + AXIS);
    draw.closePath();
    draw.fill();
  }
}

/** The whole phase, one line for each program, and the frame around what the timeline shows. `scene` shows the whole phase. */
export function drawOverview(scene: Scene, shown: { readonly from: number; readonly to: number }): void {
  const { draw, palette, width } = scene;
  const groups = [...new Set(scene.bands.map((band) => band.group))];
  const height = (OVERVIEW - 8) / Math.max(1, groups.length);
  for (const [at, group] of groups.entries()) {
    draw.fillStyle = palette.programs[group.colour]?.strong ?? palette.foreground;
    const top = 3 + at * height;
    const contexts = new Set(group.lanes.map((lane) => lane.context));
    fillRunning(scene, contexts, top, Math.max(1, height - 1));
  }
  drawWarnings(scene);
  const left = Math.min(Math.max(sceneX(scene, shown.from), 0), width - 2);
  const right = Math.max(left + 2, Math.min(sceneX(scene, shown.to), width));
  draw.fillStyle = palette.veil;
  draw.fillRect(0, 0, left, OVERVIEW - 2);
  draw.fillRect(right, 0, width - right, OVERVIEW - 2);
  draw.strokeStyle = palette.cursor;
  draw.lineWidth = 1;
  draw.setLineDash([]);
  draw.strokeRect(left + 0.5, 0.5, right - left - 1, OVERVIEW - 3);
}

function fillRunning(scene: Scene, contexts: ReadonlySet<number>, top: number, height: number): void {
  const { draw, window } = scene;
  const [first, behind] = visibleColumns(scene);
  const lanes = Array.from(window.lanes.keys()).filter((lane) => contexts.has(window.lanes[lane] ?? 0));
  const perColumn = (window.to - window.from) / window.columns;
  draw.beginPath();
  for (let column = first; column < behind; column++) {
    if (lanes.some((lane) => (window.skyline[lane * window.columns + column] ?? 0) > 0)) {
      const left = sceneX(scene, window.from + column * perColumn);
      draw.rect(left, top, Math.max(1, sceneX(scene, window.from + (column + 1) * perColumn) - left), height);
    }
  }
  draw.fill();
}

function drawWarnings(scene: Scene): void {
  const { draw, window, palette } = scene;
  draw.fillStyle = palette.warning;
  for (let at = 0; at < window.marks.at.length; at++) {
    if (window.marks.kind[at] === 0) {
      draw.fillRect(Math.round(sceneX(scene, window.marks.at[at] ?? 0)) - 1, OVERVIEW - 7, 3, 4);
    }
  }
}

/** Which phase a window belongs to, as a key for what is kept. */
export const phaseKey = (shown: Shown, scale: string, pixels: number): string => `${shown} ${scale} ${pixels}`;

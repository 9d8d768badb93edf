import type { ProgramColours } from './palette.ts';
import type { Band } from './rows.ts';
import { floorOf, isVisible, type Scene, sceneX, topOf } from './scene.ts';

/** Share of a strip's height that even the shallowest call fills, so that its name can be written there. */
const LEAST_SHARE = 0.66;

/** Floors, headings and what runs: the strip of each band, higher where calls are deeper. */
export function drawLanes(scene: Scene): void {
  for (const band of scene.bands) {
    if (isVisible(scene, band)) {
      drawFloor(scene, band);
      drawStrip(scene, band);
    }
  }
}

const coloursOf = (scene: Scene, band: Band): ProgramColours | undefined => scene.palette.programs[band.group.colour];

function drawFloor({ draw, width, palette, ...scene }: Scene, band: Band): void {
  const whole = { draw, width, palette, ...scene };
  const floor = Math.round(floorOf(whole, band)) + 0.5;
  const colours = coloursOf(whole, band);
  draw.lineWidth = 1;
  draw.setLineDash([]);
  draw.strokeStyle = band.kind === 'heading' ? (colours?.faint ?? palette.line) : palette.line;
  draw.beginPath();
  const y = band.kind === 'heading' ? Math.round(topOf(whole, band) + band.height - 4) + 0.5 : floor;
  draw.moveTo(0, y);
  draw.lineTo(width, y);
  draw.stroke();
}

/** The deepest call of any of the band's contexts in each column that can be seen. */
function levels(scene: Scene, band: Band, first: number, behind: number): Uint8Array {
  const { lanes, skyline, columns } = scene.window;
  const highest = new Uint8Array(behind - first);
  for (const { context } of band.lanes) {
    const lane = lanes.indexOf(context);
    for (let column = first; lane >= 0 && column < behind; column++) {
      highest[column - first] = Math.max(highest[column - first] ?? 0, skyline[lane * columns + column] ?? 0);
    }
  }
  return highest;
}

/** Columns of the window that can be seen: the first, and the one behind the last. */
export function visibleColumns({ window, span }: Pick<Scene, 'window' | 'span'>): readonly [number, number] {
  const perColumn = (window.to - window.from) / window.columns;
  const at = (position: number): number => (position - window.from) / Math.max(perColumn, Number.MIN_VALUE);
  const clamp = (column: number): number => Math.min(Math.max(column, 0), window.columns);
  return [clamp(Math.floor(at(span.from))), clamp(Math.ceil(at(span.to)))];
}

function drawStrip(scene: Scene, band: Band): void {
  const colours = coloursOf(scene, band);
  if (colours === undefined || band.strip === 0) {
    return;
  }
  const [first, behind] = visibleColumns(scene);
  const found = levels(scene, band, first, behind);
  const most = Math.max(2, ...band.lanes.map((lane) => lane.rows));
  const floor = floorOf(scene, band);
  fillLevels(scene, found, first, (level) => {
    const share = LEAST_SHARE + ((1 - LEAST_SHARE) * (level - 1)) / (most - 1);
    return [floor - Math.round((band.strip - 2) * share), floor];
  });
  scene.draw.fillStyle = colours.strong;
  scene.draw.fill();
  if (band.row > 0) {
    fillLevels(scene, found, first, (level) => [floor + 1, floor + 1 + level * band.row]);
    scene.draw.fillStyle = colours.faint;
    scene.draw.fill();
  }
}

/** A path of one rectangle for each row of columns of the same level. `ends` gives top and bottom of a level. */
function fillLevels(
  scene: Scene,
  levels: Uint8Array,
  first: number,
  ends: (level: number) => readonly [number, number],
): void {
  const { draw, window } = scene;
  const perColumn = (window.to - window.from) / window.columns;
  draw.beginPath();
  for (let at = 0; at < levels.length; ) {
    const level = levels[at] ?? 0;
    let next = at + 1;
    while (next < levels.length && levels[next] === level) {
      next++;
    }
    if (level > 0) {
      const left = sceneX(scene, window.from + (first + at) * perColumn);
      const right = sceneX(scene, window.from + (first + next) * perColumn);
      const [top, bottom] = ends(level);
      draw.rect(left, top, right - left, bottom - top);
    }
    at = next;
  }
}

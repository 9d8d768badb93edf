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

function drawFloor(scene: Scene, band: Band): void {
  const { draw, width, palette } = scene;
  const heading = band.kind === 'heading';
  const y = heading ? topOf(scene, band) + band.height - 4 : floorOf(scene, band);
  draw.lineWidth = 1;
  draw.setLineDash([]);
  draw.strokeStyle = heading ? (coloursOf(scene, band)?.faint ?? palette.line) : palette.line;
  draw.beginPath();
  draw.moveTo(0, Math.round(y) + 0.5);
  draw.lineTo(width, Math.round(y) + 0.5);
  draw.stroke();
}

/** What the band's contexts do in each column that can be seen: the deepest call, and the share of the steps from 0 to 255. */
interface Columns {
  readonly first: number;
  readonly level: Uint8Array;
  readonly load: Uint8Array;
}

function columnsOf(scene: Scene, band: Band): Columns {
  const [first, behind] = visibleColumns(scene);
  const { lanes, skyline, load: loads, columns } = scene.window;
  const level = new Uint8Array(behind - first);
  const load = new Uint8Array(behind - first);
  for (const { context } of band.lanes) {
    const lane = lanes.indexOf(context) * columns;
    for (let column = first; lane >= 0 && column < behind; column++) {
      const at = column - first;
      level[at] = Math.max(level[at] ?? 0, skyline[lane + column] ?? 0);
      load[at] = Math.min(255, (load[at] ?? 0) + (loads[lane + column] ?? 0));
    }
  }
  return { first, level, load };
}

/** Columns of the window that can be seen: the first, and the one behind the last. */
export function visibleColumns({ window, span }: Pick<Scene, 'window' | 'span'>): readonly [number, number] {
  const perColumn = (window.to - window.from) / window.columns;
  const at = (position: number): number => (position - window.from) / Math.max(perColumn, Number.MIN_VALUE);
  const clamp = (column: number): number => Math.min(Math.max(column, 0), window.columns);
  return [clamp(Math.floor(at(span.from))), clamp(Math.ceil(at(span.to)))];
}

/** Steps in one column above which the strip tells how much of them a program runs, instead of how deep. */
const DENSE = 3;

function drawStrip(scene: Scene, band: Band): void {
  const colours = coloursOf(scene, band);
  if (colours === undefined || band.strip === 0) {
    return;
  }
  const { window, draw } = scene;
  const steps = ((window.columnStep[window.columns] ?? 0) - (window.columnStep[0] ?? 0)) / window.columns;
  const found = columnsOf(scene, band);
  if (steps > DENSE) {
    drawLoad(scene, band, found, colours);
  } else {
    drawDepth(scene, band, found, colours);
  }
  if (band.row > 0) {
    const floor = floorOf(scene, band);
    fillColumns(scene, found.level, found.first, (level) => [floor + 1, floor + 1 + level * band.row]);
    draw.fillStyle = colours.faint;
    draw.fill();
  }
}

/** Single steps: the deeper the call, the higher. */
function drawDepth(scene: Scene, band: Band, { level, first }: Columns, colours: ProgramColours): void {
  const most = Math.max(2, ...band.lanes.map((lane) => lane.rows));
  const floor = floorOf(scene, band);
  fillColumns(scene, level, first, (depth) => {
    const share = LEAST_SHARE + ((1 - LEAST_SHARE) * (depth - 1)) / (most - 1);
    return [floor - Math.round((band.strip - 2) * share), floor];
  });
  scene.draw.fillStyle = colours.strong;
  scene.draw.fill();
}

/** Many steps in a column: a tint where it runs at all; the more of the steps it runs, the higher (by the root, so that little is seen too). */
function drawLoad(scene: Scene, band: Band, { level, load, first }: Columns, colours: ProgramColours): void {
  const floor = floorOf(scene, band);
  const height = band.strip - 2;
  fillColumns(
    scene,
    level.map((one) => Math.min(one, 1)),
    first,
    () => [floor - height, floor],
  );
  scene.draw.fillStyle = colours.calls[0];
  scene.draw.fill();
  fillColumns(scene, load, first, (share) => [floor - Math.max(1, Math.round(height * Math.sqrt(share / 255))), floor]);
  scene.draw.fillStyle = colours.strong;
  scene.draw.fill();
}

/** A path of one rectangle for each row of columns of the same value. `ends` gives top and bottom of a value. */
function fillColumns(
  scene: Scene,
  values: Uint8Array,
  first: number,
  ends: (value: number) => readonly [number, number],
): void {
  const { draw, window } = scene;
  const perColumn = (window.to - window.from) / window.columns;
  draw.beginPath();
  for (let at = 0; at < values.length; ) {
    const value = values[at] ?? 0;
    let next = at + 1;
    while (next < values.length && values[next] === value) {
      next++;
    }
    if (value > 0) {
      const left = sceneX(scene, window.from + (first + at) * perColumn);
      const right = sceneX(scene, window.from + (first + next) * perColumn);
      const [top, bottom] = ends(value);
      draw.rect(left, top, right - left, bottom - top);
    }
    at = next;
  }
}

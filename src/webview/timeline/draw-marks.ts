import { MARK_KINDS } from '../../protocol/timeline.ts';
import { floorOf, isVisible, rowTop, type Scene, sceneX, topOf } from './scene.ts';

/** A mark as it is drawn. */
export interface Mark {
  /** Number in the window's marks. */
  readonly at: number;
  readonly x: number;
  readonly y: number;
}

/** Half of a mark's width. */
export const MARK = 6;

/** The marks of a scene, each at the step that it belongs to. */
export function marksOf(scene: Scene): readonly Mark[] {
  const { marks } = scene.window;
  const found: Mark[] = [];
  for (let at = 0; at < marks.at.length; at++) {
    const band = scene.bandOf[marks.context[at] ?? 0];
    const x = sceneX(scene, marks.at[at] ?? 0);
    if (band !== undefined && isVisible(scene, band) && x >= -MARK && x <= scene.width + MARK) {
      const y = band.row > 0 ? rowTop(scene, band, marks.depth[at] ?? 0) + band.row / 2 : markLine(scene, band);
      found.push({ at, x, y });
    }
  }
  return found;
}

const markLine = (scene: Scene, band: Parameters<typeof topOf>[1]): number =>
  Math.max(topOf(scene, band) + MARK, floorOf(scene, band) - band.strip + 3);

/** A triangle with an exclamation mark for a hazard, a disc for bytes that leave the machine. */
export function drawMarks(scene: Scene, marks: readonly Mark[]): void {
  const { draw, palette, window } = scene;
  draw.setLineDash([]);
  draw.lineWidth = 1.5;
  for (const { at, x, y } of marks) {
    const hazard = MARK_KINDS[window.marks.kind[at] ?? 0] === 'hazard';
    draw.strokeStyle = palette.background;
    draw.fillStyle = hazard ? palette.warning : palette.output;
    draw.beginPath();
    if (hazard) {
      draw.moveTo(x, y - MARK);
      draw.lineTo(x + MARK, y + MARK - 1);
      draw.lineTo(x - MARK, y + MARK - 1);
      draw.closePath();
    } else {
      draw.arc(x, y, MARK - 2, 0, 2 * Math.PI);
    }
    draw.stroke();
    draw.fill();
    if (hazard) {
      draw.fillStyle = palette.background;
      draw.fillRect(x - 0.75, y - 2.5, 1.5, 4);
      draw.fillRect(x - 0.75, y + 2.5, 1.5, 1.5);
    }
  }
}

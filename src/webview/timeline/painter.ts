import { drawCalls, drawCurrentCall, drawRunNames } from './draw-calls.ts';
import { AXIS, drawAxis, drawCursor, drawCursorHead, drawGrid, drawOverview, OVERVIEW } from './draw-frame.ts';
import { type Arrow, arrowsOf, drawHops } from './draw-hops.ts';
import { drawLanes } from './draw-lanes.ts';
import { drawMarks, type Mark, marksOf } from './draw-marks.ts';
import { drawWaits } from './draw-waits.ts';
import type { Scene } from './scene.ts';
import type { Span } from './viewport.ts';

/** A canvas in the size of its element, sharp on every screen. */
export class Surface {
  readonly element = document.createElement('canvas');
  readonly context: CanvasRenderingContext2D;

  constructor() {
    this.element.setAttribute('aria-hidden', 'true');
    const context = this.element.getContext('2d');
    if (context === null) {
      throw new Error('no canvas');
    }
    this.context = context;
  }

  /** Makes the canvas so many CSS pixels large and empty. */
  clear(width: number, height: number): void {
    const ratio = window.devicePixelRatio || 1;
    const [across, down] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (this.element.width !== across || this.element.height !== down) {
      this.element.width = across;
      this.element.height = down;
    }
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.context.clearRect(0, 0, width, height);
  }
}

/** What was drawn, for finding what the pointer stands on. */
export interface Drawn {
  readonly scene: Scene;
  readonly arrows: readonly Arrow[];
  readonly marks: readonly Mark[];
}

/** Draws the lanes with everything on them. `origin` is the phase's first position, `range` what is dragged over. */
export function paintPlot(scene: Scene, origin: number, range: readonly [number, number] | undefined): Drawn {
  drawGrid(scene, origin);
  drawLanes(scene);
  drawCalls(scene);
  drawWaits(scene);
  const names = drawRunNames(scene);
  drawCursor(scene, 0, scene.height);
  drawCurrentCall(scene);
  const arrows = arrowsOf(scene);
  drawHops(scene, arrows, names);
  const marks = marksOf(scene);
  drawMarks(scene, marks);
  if (range !== undefined) {
    const { draw, palette, height } = scene;
    draw.fillStyle = palette.cursorFill;
    draw.fillRect(Math.min(...range), 0, Math.abs(range[1] - range[0]), height);
  }
  return { scene, arrows, marks };
}

/** Draws the overview strip and the axis. `whole` shows the whole phase, `part` what the timeline shows. */
export function paintHead(whole: Scene, part: Scene, shown: Span, origin: number): void {
  drawOverview(whole, shown);
  drawCursor(whole, 0, OVERVIEW - 2);
  drawAxis(part, origin, OVERVIEW);
  drawCursorHead(part, OVERVIEW);
}

/** Height of what stands above the lanes. */
export const HEAD = OVERVIEW + AXIS;

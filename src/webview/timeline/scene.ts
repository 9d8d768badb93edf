import type { SessionHead } from '../../protocol/messages.ts';
import type { TimelineWindow } from '../../protocol/timeline.ts';
import type { ViewTexts } from '../../protocol/view-texts.ts';
import type { Lettering } from './lettering.ts';
import type { Palette } from './palette.ts';
import type { Band } from './rows.ts';
import { type Span, xOf } from './viewport.ts';

/** Where the cursor stands: a step with its two ends on the axis, and the call that it belongs to. */
export interface Cursor {
  readonly step: number;
  readonly context: number;
  readonly start: number;
  readonly end: number;
}

/** Everything that is needed to draw the picture once. */
export interface Scene {
  readonly draw: CanvasRenderingContext2D;
  readonly head: SessionHead;
  readonly texts: ViewTexts;
  readonly palette: Palette;
  readonly lettering: Lettering;
  /** What is shown, in a plot of so many CSS pixels. */
  readonly span: Span;
  readonly width: number;
  readonly height: number;
  /** Pixels that the bands are scrolled up by. */
  readonly scrolled: number;
  readonly bands: readonly Band[];
  /** The band that shows a context, by its number. */
  readonly bandOf: readonly (Band | undefined)[];
  readonly window: TimelineWindow;
  readonly cursor: Cursor | undefined;
}

/** X of a position in a scene. */
export const sceneX = (scene: Scene, position: number): number => xOf(scene.span, scene.width, position);

/** Left and right edge of a span that is drawn, cut to the plot; undefined where it lies outside. */
export function edges(scene: Scene, start: number, end: number): readonly [number, number] | undefined {
  const left = Math.max(sceneX(scene, start), -2);
  const right = Math.min(sceneX(scene, end), scene.width + 2);
  return right < 0 || left > scene.width || right < left ? undefined : [left, right];
}

/** The band of each context. */
export function bandsByContext(bands: readonly Band[]): readonly (Band | undefined)[] {
  const found: (Band | undefined)[] = [];
  for (const band of bands) {
    for (const { context } of band.lanes) {
      found[context] = band;
    }
  }
  return found;
}

/** Y of the top of a band in the plot. */
export const topOf = (scene: Scene, band: Band): number => band.top - scene.scrolled;

/** Y of the line on which a band's strip stands. */
export const floorOf = (scene: Scene, band: Band): number => topOf(scene, band) + band.strip;

/** Y of the row of calls at a depth; that of the strip where a band shows none. */
export function rowTop(scene: Scene, band: Band, depth: number): number {
  return band.row === 0 ? topOf(scene, band) : floorOf(scene, band) + 1 + depth * band.row;
}

/** Whether any of a band can be seen. */
export const isVisible = (scene: Scene, band: Band): boolean =>
  topOf(scene, band) < scene.height && topOf(scene, band) + band.height > 0;

/** The middle of the cursor's step in its context's strip; undefined where no band shows that context. */
export function cursorPoint(scene: Scene): { readonly x: number; readonly y: number } | undefined {
  const { cursor } = scene;
  const band = cursor === undefined ? undefined : scene.bandOf[cursor.context];
  return cursor === undefined || band === undefined
    ? undefined
    : { x: sceneX(scene, (cursor.start + cursor.end) / 2), y: topOf(scene, band) + band.strip / 2 };
}

import { PROOFS } from '../../protocol/messages.ts';
import { NO_CONTEXT } from '../../protocol/timeline.ts';
import { hopStyle } from './hop-style.ts';
import { type Box, Places } from './places.ts';
import type { Band } from './rows.ts';
import { floorOf, rowTop, type Scene, sceneX, topOf } from './scene.ts';

/** An arrow as it is drawn: where it begins and ends. */
export interface Arrow {
  /** Number in the window's hops. */
  readonly at: number;
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  readonly kind: string;
  /** It goes back to a caller. */
  readonly returns: boolean;
  readonly unproven: boolean;
  /** Where its label was written. */
  label: Box | undefined;
}

/** Length of the arrow of a hop that arrives nowhere. */
const STUB = 13;
const ICON = 12;
const LABEL_HEIGHT = 16;
/** Arrows that stand for many: those so near are spread over so many pixels, each so far from the next at most. */
const BIN = 24;
const SPREAD = 170;
const BESIDE = 22;

/** The arrows of a scene, in no particular order. Those inside one closed program have none. */
export function arrowsOf(scene: Scene): Arrow[] {
  const { hops } = scene.window;
  const arrows: Arrow[] = [];
  for (let at = 0; at < hops.from.length; at++) {
    const from = scene.bandOf[hops.from[at] ?? 0];
    const to = hops.to[at] === NO_CONTEXT ? undefined : scene.bandOf[hops.to[at] ?? 0];
    const x1 = sceneX(scene, hops.start[at] ?? 0);
    const x2 = sceneX(scene, hops.end[at] ?? 0);
    const away = hops.to[at] !== NO_CONTEXT && to === undefined;
    if (from !== undefined && from !== to && !away && Math.max(x1, x2) >= 0 && Math.min(x1, x2) <= scene.width) {
      arrows.push(arrow(scene, at, from, to, x1, x2));
    }
  }
  return arrows.some(({ at }) => (hops.count[at] ?? 1) > 1) ? apart(scene, arrows) : arrows;
}

/** Arrows that stand for many begin at the same place, that of the first of each kind: side by side they can be told apart. */
function apart(scene: Scene, arrows: readonly Arrow[]): Arrow[] {
  const { count } = scene.window.hops;
  const bins = new Map<number, Arrow[]>();
  for (const one of arrows.filter(({ at }) => (count[at] ?? 1) > 1)) {
    const bin = Math.round(one.x1 / BIN);
    bins.set(bin, [...(bins.get(bin) ?? []), one]);
  }
  const moved = [...bins.values()].flatMap((bin) => {
    const between = Math.min(BESIDE, SPREAD / bin.length);
    return bin.map((one, at) => ({ ...one, x1: one.x1 + at * between, x2: one.x1 + at * between }));
  });
  return [...arrows.filter(({ at }) => (count[at] ?? 1) <= 1), ...moved];
}

function arrow(scene: Scene, at: number, from: Band, to: Band | undefined, x1: number, x2: number): Arrow {
  const { hops } = scene.window;
  const kind = scene.head.hops[hops.kind[at] ?? 0]?.kind ?? '';
  const unproven = PROOFS[hops.proof[at] ?? 0] === 'unproven';
  const common = { at, kind, unproven, returns: kind === 'return', label: undefined };
  if (to === undefined) {
    const y1 = floorOf(scene, from);
    return { ...common, x1, y1, x2: x1, y2: y1 + STUB };
  }
  const down = to.top > from.top;
  const y1 = edgeOf(scene, from, hops.fromDepth[at] ?? 0, down);
  const y2 = edgeOf(scene, to, hops.toDepth[at] ?? 0, !down);
  return { ...common, x1, y1, x2, y2 };
}

/** Y at which an arrow touches a band: the strip's edge, or the call's where calls are drawn. */
function edgeOf(scene: Scene, band: Band, depth: number, below: boolean): number {
  if (band.row === 0) {
    return below ? floorOf(scene, band) : topOf(scene, band) + 2;
  }
  const top = rowTop(scene, band, depth);
  return below ? top + band.row - 1 : Math.min(top, floorOf(scene, band) - band.strip + 2);
}

/** Draws the arrows and writes what they are, the most telling ones first, where there is room beside what is `taken`. */
export function drawHops(scene: Scene, arrows: readonly Arrow[], taken: readonly Box[]): void {
  for (const lines of byLook(arrows)) {
    drawLines(scene, lines);
  }
  scene.draw.setLineDash([]);
  drawHeads(scene, arrows);
  drawLabels(scene, arrows, taken);
}

/** Arrows that look the same are one path: a stroke is what costs. */
function byLook(arrows: readonly Arrow[]): Iterable<readonly Arrow[]> {
  const looks = new Map<string, Arrow[]>();
  for (const one of arrows) {
    const key = `${one.kind}${one.unproven ? '?' : ''}`;
    const same = looks.get(key);
    if (same === undefined) {
      looks.set(key, [one]);
    } else {
      same.push(one);
    }
  }
  return looks.values();
}

const colourOf = ({ palette }: Scene, { returns, unproven }: Arrow): string =>
  unproven ? palette.warning : returns ? palette.quiet : palette.foreground;

function drawLines(scene: Scene, arrows: readonly Arrow[]): void {
  const [first] = arrows;
  if (first === undefined) {
    return;
  }
  const { draw } = scene;
  const style = hopStyle(first.kind);
  draw.strokeStyle = colourOf(scene, first);
  draw.lineWidth = first.unproven ? 1 : style.width;
  draw.setLineDash([...style.dash]);
  draw.beginPath();
  for (const one of arrows) {
    trace(draw, one);
  }
  draw.stroke();
}

function trace(draw: CanvasRenderingContext2D, { x1, y1, x2, y2 }: Arrow): void {
  draw.moveTo(x1, y1);
  if (Math.abs(x2 - x1) < 2) {
    draw.lineTo(x2, y2);
  } else {
    const bend = (y2 - y1) * 0.55;
    draw.bezierCurveTo(x1, y1 + bend, x2, y2 - bend, x2, y2);
  }
}

/** A point of an arrow, `share` of the way along. */
export function pointOf(
  { x1, y1, x2, y2 }: Pick<Arrow, 'x1' | 'y1' | 'x2' | 'y2'>,
  share: number,
): readonly [number, number] {
  const bend = (y2 - y1) * 0.55;
  const rest = 1 - share;
  const [a, b, c, d] = [rest ** 3, 3 * rest ** 2 * share, 3 * rest * share ** 2, share ** 3];
  return [(a + b) * x1 + (c + d) * x2, a * y1 + b * (y1 + bend) + c * (y2 - bend) + d * y2];
}

/** Filled heads for proven hops, hollow ones for those that are not. */
function drawHeads(scene: Scene, arrows: readonly Arrow[]): void {
  const { draw, palette } = scene;
  draw.lineWidth = 1.25;
  for (const one of arrows) {
    const size = one.returns ? 3 : 4.5;
    const back = one.y2 >= one.y1 ? -1 : 1;
    draw.beginPath();
    draw.moveTo(one.x2, one.y2);
    draw.lineTo(one.x2 - size, one.y2 + back * size * 1.7);
    draw.lineTo(one.x2 + size, one.y2 + back * size * 1.7);
    draw.closePath();
    draw.fillStyle = one.unproven ? palette.background : colourOf(scene, one);
    draw.fill();
    if (one.unproven) {
      draw.strokeStyle = palette.warning;
      draw.stroke();
    }
  }
}

/** Where along an arrow its label may stand, the best place first. */
const ALONG = [0.5, 0.3, 0.7, 0.15, 0.85] as const;

function drawLabels(scene: Scene, arrows: readonly Arrow[], taken: readonly Box[]): void {
  const { draw, palette } = scene;
  const ranked = arrows
    .filter((one) => !one.returns)
    .sort((one, other) => hopStyle(other.kind).rank - hopStyle(one.kind).rank);
  draw.font = palette.smallFont;
  draw.textBaseline = 'middle';
  const places = new Places(scene.width, scene.height);
  for (const box of taken) {
    places.take(box);
  }
  const iconOnly: Arrow[] = [];
  for (const one of ranked) {
    const text = textOf(scene, one);
    const wide = ICON + 12 + scene.lettering.width(draw, text);
    one.label = place(places, one, wide);
    if (one.label === undefined) {
      iconOnly.push(one);
    } else {
      drawLabel(scene, one, one.label, text);
    }
  }
  for (const one of iconOnly) {
    one.label = place(places, one, ICON + 6);
    if (one.label !== undefined) {
      drawLabel(scene, one, one.label, '');
    }
  }
}

/** The name of the hop's kind, in the user's language; with how many it stands for. */
function textOf({ window, head }: Scene, { at, unproven }: Arrow): string {
  const name = head.hops[window.hops.kind[at] ?? 0]?.name ?? '';
  const count = window.hops.count[at] ?? 1;
  return `${name}${unproven ? ' ?' : ''}${count > 1 ? ` ×${count}` : ''}`;
}

function place(places: Places, arrow: Arrow, width: number): Box | undefined {
  for (const share of ALONG) {
    const [x, y] = pointOf(arrow, share);
    for (const left of [x + 5, x - width - 5, x - width / 2]) {
      const box = { left, top: y - LABEL_HEIGHT / 2, width, height: LABEL_HEIGHT };
      if (places.take(box)) {
        return box;
      }
    }
  }
  return undefined;
}

function drawLabel(scene: Scene, one: Arrow, { left, top, width, height }: Box, text: string): void {
  const { draw, palette } = scene;
  draw.fillStyle = palette.background;
  draw.strokeStyle = one.unproven ? palette.warning : palette.line;
  draw.lineWidth = 1;
  draw.setLineDash(one.unproven ? [2, 2] : []);
  draw.beginPath();
  draw.roundRect(left, top, width, height, height / 2);
  draw.fill();
  draw.stroke();
  draw.setLineDash([]);
  draw.fillStyle = colourOf(scene, one);
  draw.save();
  draw.translate(left + (text === '' ? (width - ICON) / 2 : 4), top + (height - ICON) / 2);
  draw.scale(ICON / 16, ICON / 16);
  draw.fill(hopStyle(one.kind).icon, 'evenodd');
  draw.restore();
  if (text !== '') {
    draw.fillText(text, left + ICON + 7, top + height / 2 + 0.5);
  }
}

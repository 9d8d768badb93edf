import { WAIT_KINDS, type WaitKind } from '../../protocol/timeline.ts';
import { fill, type ViewTextKey, type ViewTexts } from '../../protocol/view-texts.ts';
import { visibleSpans } from './draw-calls.ts';
import type { Palette } from './palette.ts';
import { floorOf, rowTop, type Scene } from './scene.ts';

const TEXTS: Readonly<Record<WaitKind, ViewTextKey>> = {
  block: 'wait-block',
  spin: 'wait-spin',
  halted: 'wait-halted',
  'vm-exit': 'wait-vm-exit',
  'in-guest': 'wait-in-guest',
  call: 'wait-call',
  interrupted: 'wait-interrupted',
  ready: 'wait-ready',
};

/** What a context waits for, in a few words. */
export function waitText(texts: ViewTexts, kind: number, expression: string, stage: string): string {
  const text = texts[TEXTS[WAIT_KINDS[kind] ?? 'ready']];
  return fill(text, expression === '' ? stage : expression);
}

const READY = WAIT_KINDS.indexOf('ready');

/** Distance of two lines of the hatching, in pixels. */
const HATCH = 6;

let hatching: { readonly colour: string; readonly scale: number; readonly pattern: CanvasPattern | null } | undefined;

/** Slanted lines, as a pattern that every wait is filled with. */
function hatch(scene: Scene, { hatch: colour }: Palette): CanvasPattern | null {
  const scale = scene.draw.getTransform().a;
  if (hatching?.colour === colour && hatching.scale === scale) {
    return hatching.pattern;
  }
  const size = Math.round(HATCH * scale);
  const tile = document.createElement('canvas');
  tile.width = size;
  tile.height = size;
  const lines = tile.getContext('2d');
  if (lines !== null) {
    lines.strokeStyle = colour;
    lines.lineWidth = scale;
    lines.beginPath();
    for (const shift of [-size, 0, size]) {
      lines.moveTo(shift, size);
      lines.lineTo(shift + size, 0);
    }
    lines.stroke();
  }
  const pattern = scene.draw.createPattern(tile, 'repeat');
  pattern?.setTransform(new DOMMatrix().scale(1 / scale));
  hatching = { colour, scale, pattern };
  return pattern;
}

/** Contexts that have begun and do not run: hatched, with what they wait for; their open calls fade. */
export function drawWaits(scene: Scene): void {
  const { draw, palette, window } = scene;
  const pattern = hatch(scene, palette) ?? palette.hatch;
  const named: { at: number; left: number; right: number; middle: number }[] = [];
  visibleSpans(scene, window.waits, (at, band, left, right) => {
    const width = right - left;
    if (width < 2) {
      return;
    }
    const floor = floorOf(scene, band);
    const height = Math.round((band.strip - 2) * 0.66);
    if (band.kind !== 'program' || band.lanes.length === 1) {
      draw.fillStyle = palette.waitFill;
      draw.fillRect(left, floor - height, width, height);
      draw.globalAlpha = window.waits.kind[at] === READY ? 0.35 : 1;
      draw.fillStyle = pattern;
      draw.fillRect(left, floor - height, width, height);
      draw.globalAlpha = 1;
      named.push({ at, left, right, middle: floor - height / 2 });
    }
    if (band.row > 0) {
      draw.fillStyle = palette.veil;
      draw.fillRect(left, rowTop(scene, band, 0), width, band.height - band.strip);
    }
  });
  for (const { at, left, right, middle } of named) {
    drawReason(scene, at, left, right, middle);
  }
}

function drawReason(scene: Scene, at: number, left: number, right: number, middle: number): void {
  const { draw, palette, window, lettering } = scene;
  const from = Math.max(left, 0) + 6;
  const room = Math.min(right, scene.width) - from - 6;
  if (room < 40) {
    return;
  }
  const { waits } = window;
  const expression = window.expressions[waits.expression[at] ?? 0] ?? '';
  const stage = scene.head.stages[waits.stage[at] ?? 0]?.function ?? '';
  const text = waitText(scene.texts, waits.kind[at] ?? 0, expression, stage);
  draw.font = palette.smallFont;
  const width = lettering.width(draw, text);
  const shown = width <= room ? text : cutToWidth(text, room / width);
  if (shown !== '') {
    draw.fillStyle = palette.background;
    draw.fillRect(from - 3, middle - 6, Math.min(width, room) + 6, 12);
    draw.fillStyle = palette.quiet;
    draw.textBaseline = 'middle';
    draw.fillText(shown, from, middle + 0.5);
  }
}

function cutToWidth(text: string, share: number): string {
  const letters = Math.floor(text.length * share) - 1;
  return letters < 4 ? '' : `${text.slice(0, letters)}…`;
}

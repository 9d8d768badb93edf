import { describe, expect, it } from 'vitest';
import { brushed, holdAt } from '../../../src/webview/timeline/brush.ts';
import { contrast, css, mixed, parseColour } from '../../../src/webview/timeline/colours.ts';
import { wheelPixels, zoomOfWheel } from '../../../src/webview/timeline/gestures.ts';
import { cutTo } from '../../../src/webview/timeline/lettering.ts';
import { Movement } from '../../../src/webview/timeline/movement.ts';
import { holds, Places } from '../../../src/webview/timeline/places.ts';
import { grouped, roundStep, ticksOf, timeText } from '../../../src/webview/timeline/ticks.ts';
import { panned, positionAt, revealing, within, xOf, zoomed } from '../../../src/webview/timeline/viewport.ts';

const PHASE = { from: 100, to: 1100 };

describe('what is shown of a phase', () => {
  it('stays inside the phase, and is never too narrow', () => {
    expect(within({ from: 0, to: 200 }, PHASE, 2)).toEqual({ from: 100, to: 300 });
    expect(within({ from: 1000, to: 1300 }, PHASE, 2)).toEqual({ from: 800, to: 1100 });
    expect(within({ from: -5000, to: 9000 }, PHASE, 2)).toEqual(PHASE);
    const narrow = within({ from: 500, to: 500.1 }, PHASE, 2);
    expect(narrow.to - narrow.from).toBeCloseTo(2);
    expect((narrow.from + narrow.to) / 2).toBeCloseTo(500.05);
    expect(within({ from: 0, to: 5 }, { from: 7, to: 8 }, 2)).toEqual({ from: 7, to: 8 });
  });

  it('zooms around what the pointer stands on', () => {
    const span = { from: 200, to: 600 };
    const around = positionAt(span, 800, 300);
    const near = zoomed(span, 0.5, around);
    expect(near.to - near.from).toBe(200);
    expect(xOf(near, 800, around)).toBeCloseTo(300);
  });

  it('moves by a share of its width, and far enough to show the cursor', () => {
    expect(panned({ from: 0, to: 10 }, 0.5)).toEqual({ from: 5, to: 15 });
    const span = { from: 0, to: 100 };
    expect(revealing(span, 50)).toBe(span);
    for (const position of [-30, 99, 400]) {
      const shown = revealing(span, position);
      expect(shown.to - shown.from).toBe(100);
      expect(position).toBeGreaterThan(shown.from + 5);
      expect(position).toBeLessThan(shown.to - 5);
    }
  });
});

describe('a movement', () => {
  const world = { time: 0, drawn: 0, phase: undefined as { from: number; to: number } | undefined };
  const movement = (lessMotion: boolean): Movement =>
    new Movement({
      phase: () => world.phase,
      lessMotion: () => lessMotion,
      now: () => world.time,
      moved: () => world.drawn++,
    });

  it('begins with the whole phase once it is known', () => {
    world.phase = undefined;
    const made = movement(false);
    expect(made.span).toBeUndefined();
    world.phase = PHASE;
    made.begin(undefined);
    expect(made.span).toEqual(PHASE);
  });

  it('glides, and ends where it was to go', () => {
    const made = movement(false);
    made.begin(undefined);
    made.zoom(0.5, undefined, 300);
    expect(made.span).toEqual(PHASE);
    const { target } = made;
    expect(target.to - target.from).toBe(500);
    world.time += 70;
    made.advance();
    expect(made.span?.from).toBeGreaterThan(PHASE.from - 1);
    expect(made.span).not.toEqual(target);
    world.time += 1000;
    made.advance();
    expect(made.span).toEqual(target);
  });

  it('is made at once where less motion is wanted', () => {
    const made = movement(true);
    made.begin(undefined);
    made.zoom(0.5, undefined, undefined);
    expect(made.span).toEqual({ from: 350, to: 850 });
    made.fit();
    expect(made.span).toEqual(PHASE);
  });

  it('keeps its share of the phase over a change of scale', () => {
    const made = movement(true);
    made.begin(undefined);
    made.move({ from: 500, to: 600 }, false);
    made.restart(made.share());
    world.phase = { from: 0, to: 50_000 };
    made.scale = 'time';
    made.begin(20_000);
    expect(made.span).toEqual({ from: 17_500, to: 22_500 });
  });
});

describe('the frame in the overview', () => {
  const shown = { from: 300, to: 500 };

  it('is taken by its edges, by itself, or comes to the pointer', () => {
    expect(holdAt(PHASE, shown, 1000, 201)).toEqual({ part: 'left' });
    expect(holdAt(PHASE, shown, 1000, 397)).toEqual({ part: 'right' });
    expect(holdAt(PHASE, shown, 1000, 250)).toEqual({ part: 'frame', grip: 0.25 });
    expect(holdAt(PHASE, shown, 1000, 900)).toEqual({ part: 'frame', grip: 0.5 });
  });

  it('follows the pointer', () => {
    expect(brushed(PHASE, shown, 1000, { part: 'left' }, 100)).toEqual({ from: 200, to: 500 });
    expect(brushed(PHASE, shown, 1000, { part: 'right' }, 50)).toEqual({ from: 300, to: 300 });
    expect(brushed(PHASE, shown, 1000, { part: 'frame', grip: 0.5 }, 600)).toEqual({ from: 600, to: 800 });
  });
});

describe('the axis', () => {
  it('has marks at round numbers, far enough from one another', () => {
    expect([1, 1.5, 3, 7, 12, 0.03].map(roundStep)).toEqual([1, 2, 5, 10, 20, 0.05]);
    const ticks = ticksOf('steps', PHASE, 100, 1000, 72);
    expect(ticks.map(({ text }) => text)).toEqual([
      '100',
      '200',
      '300',
      '400',
      '500',
      '600',
      '700',
      '800',
      '900',
      '1\u202f000',
    ]);
    expect(ticks[0]?.x).toBeCloseTo(99.5);
    for (const width of [0.001, 3, 80, 1e5, 1e9]) {
      const marks = ticksOf('time', { from: 5, to: 5 + width }, 0, 800, 72);
      expect(marks.length).toBeLessThan(14);
      expect(marks.every(({ x }, at) => at === 0 || x - (marks[at - 1]?.x ?? 0) > 70)).toBe(true);
    }
  });

  it('writes as many digits as tell the marks apart', () => {
    expect(timeText(9_071_005, 1)).toBe('9\u202f071.005');
    expect(timeText(9_071_005, 1000)).toBe('9\u202f071');
    expect(timeText(9_071_500, 100)).toBe('9\u202f071.5');
    expect(grouped('1234567')).toBe('1\u202f234\u202f567');
  });
});

describe('labels', () => {
  it('never overlap, and keep inside the plot', () => {
    const places = new Places(300, 100);
    const taken: { left: number; top: number; width: number; height: number }[] = [];
    for (let at = 0; at < 400; at++) {
      const box = { left: (at * 37) % 320, top: (at * 53) % 110, width: 30 + (at % 40), height: 16 };
      if (places.take(box)) {
        expect(taken.some((one) => holds(one, box.left + 1, box.top + 1))).toBe(false);
        expect(box.left + box.width).toBeLessThanOrEqual(300);
        taken.push(box);
      }
    }
    expect(taken.length).toBeGreaterThan(10);
  });

  it('are cut with an ellipsis, or left out', () => {
    expect(cutTo('vm_loop', 7)).toBe('vm_loop');
    expect(cutTo('handle_vmexit', 7)).toBe('handle…');
    expect(cutTo('handle_vmexit', 2)).toBe('');
  });
});

describe('colours', () => {
  it('are read as a canvas gives them back, and mixed', () => {
    expect(parseColour('#0060a8')).toEqual({ r: 0, g: 96, b: 168, a: 1 });
    expect(parseColour('rgba(1, 2, 3, 0.5)')).toEqual({ r: 1, g: 2, b: 3, a: 0.5 });
    expect(parseColour('teal')).toBeUndefined();
    const [black, white] = [parseColour('#000000'), parseColour('#ffffff')];
    if (black === undefined || white === undefined) {
      throw new Error('black and white are colours');
    }
    expect(css(mixed(white, black, 0.5))).toBe('rgba(128, 128, 128, 1)');
    expect(contrast(black, white)).toBeCloseTo(21);
  });
});

describe('the wheel', () => {
  it('zooms as far in as out, however it counts', () => {
    expect(zoomOfWheel(120, false) * zoomOfWheel(-120, false)).toBeCloseTo(1);
    expect(zoomOfWheel(-120, false)).toBeLessThan(1);
    expect(zoomOfWheel(-1e9, true)).toBeGreaterThan(0);
    expect(wheelPixels({ deltaMode: 1 }, 3)).toBe(48);
  });
});

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { FromTimelineView, TimelineWindow } from '../../../src/protocol/timeline.ts';
import { Session } from '../../../src/replay/session.ts';
import { timelineOf } from '../../../src/replay/timeline/timeline.ts';
import { windowOf } from '../../../src/replay/timeline/window.ts';
import { stock } from '../../../src/scenarios/named.ts';
import { runScenario } from '../../../src/scenarios/run.ts';
import { replayTexts } from '../../../src/texts/replay.ts';
import { type Detail, foldingOf } from '../../../src/webview/timeline/folding.ts';
import { hitAt } from '../../../src/webview/timeline/hit.ts';
import { Lettering } from '../../../src/webview/timeline/lettering.ts';
import { type Drawn, paintPlot } from '../../../src/webview/timeline/painter.ts';
import type { Palette } from '../../../src/webview/timeline/palette.ts';
import { bandsOf, groupsOf } from '../../../src/webview/timeline/rows.ts';
import { bandsByContext, type Scene, sceneX } from '../../../src/webview/timeline/scene.ts';
import type { Span } from '../../../src/webview/timeline/viewport.ts';
import { smallMap } from '../../replay/small-run.ts';

const [WIDTH, HEIGHT] = [700, 340];

/** A canvas that notes what is asked of it. */
class Canvas {
  calls = 0;
  readonly rects: (readonly [number, number, number, number])[] = [];
  readonly texts: { readonly text: string; readonly x: number }[] = [];
  fillStyle = '';
  strokeStyle = '';
  font = '';
  readonly context = new Proxy(this, {
    get: (target, name) => {
      if (name === 'measureText') {
        return (text: string) => ({ width: 6 * text.length });
      }
      if (name === 'createPattern') {
        return () => null;
      }
      if (name === 'getTransform') {
        return () => ({ a: 1 });
      }
      return name in target && typeof target[name as keyof Canvas] !== 'function'
        ? target[name as keyof Canvas]
        : (...values: readonly unknown[]) => target.note(String(name), values);
    },
  }) as unknown as CanvasRenderingContext2D;

  note(name: string, values: readonly unknown[]): void {
    this.calls++;
    if (name === 'rect' || name === 'fillRect') {
      const [left, top, width, height] = values.map(Number);
      this.rects.push([left ?? 0, top ?? 0, width ?? 0, height ?? 0]);
    }
    if (name === 'fillText') {
      this.texts.push({ text: String(values[0]), x: Number(values[1]) });
    }
  }
}

const colours = { strong: '#1', onStrong: '#2', middle: '#3', calls: ['#4', '#5'], faint: '#6', line: '#7' } as const;
const palette = {
  programs: [colours, colours, colours, colours, colours],
  hatch: '#h',
  background: '#a',
  foreground: '#b',
  highContrast: false,
} as unknown as Palette;

const run = runScenario(stock);
const trace = run.ok ? run.value.trace : undefined;
if (trace === undefined) {
  throw new Error('the stock scenario does not run');
}
const session = new Session({
  trace,
  map: smallMap(trace),
  title: '',
  language: 'en',
  sample: false,
  canChooseFolders: false,
});
const head = session.head();

const ask = (wanted: Partial<FromTimelineView>): TimelineWindow =>
  windowOf(timelineOf(session), session.ranges[wanted.shown ?? 'run'], {
    ...{ t: 'want-timeline', request: 0, shown: 'run', scale: 'steps', from: 0, to: Number.MAX_SAFE_INTEGER },
    ...{ columns: WIDTH, lanes: [] },
    ...wanted,
  });

/** Paints a part of a phase, as a timeline of this size does. */
function paint(window: TimelineWindow, span: Span, detail: Detail): { canvas: Canvas; drawn: Drawn } {
  const canvas = new Canvas();
  const groups = groupsOf(head.lanes, head.contexts, window.rows);
  const bands = bandsOf(groups, foldingOf(groups, detail), HEIGHT);
  const scene: Scene = {
    ...{ draw: canvas.context, head, texts: replayTexts.en, palette, lettering: new Lettering(), span, window },
    ...{ width: WIDTH, height: HEIGHT, scrolled: 0, bands, bandOf: bandsByContext(bands), cursor: undefined },
  };
  return { canvas, drawn: paintPlot(scene, window.first, undefined) };
}

beforeAll(() => {
  vi.stubGlobal(
    'Path2D',
    class {
      addPath(): void {}
    },
  );
  vi.stubGlobal(
    'DOMMatrix',
    class {
      scale(): this {
        return this;
      }
    },
  );
  vi.stubGlobal('document', { createElement: () => ({ getContext: () => null }) });
});

afterAll(() => vi.unstubAllGlobals());

describe('painting a timeline', () => {
  it('costs as much for 70,000 steps as for a few, whatever is open', () => {
    for (const detail of ['programs', 'contexts', 'calls'] as const) {
      const long = ask({ shown: 'set-up' });
      const { canvas } = paint(long, { from: long.first, to: long.last }, detail);
      expect(long.last - long.first).toBeGreaterThan(60_000);
      expect(canvas.calls).toBeGreaterThan(100);
      expect(canvas.calls).toBeLessThan(25_000);
    }
  });

  it('draws nothing beside the plot', () => {
    const { first, last } = ask({});
    for (const share of [1, 0.3, 0.02]) {
      const span = { from: first + 0.2 * (last - first), to: first + (0.2 + 0.8 * share) * (last - first) };
      const { canvas } = paint(ask({ ...span }), span, 'calls');
      for (const [left, , width] of canvas.rects) {
        expect(left).toBeGreaterThanOrEqual(-12);
        expect(left + width).toBeLessThanOrEqual(WIDTH + 12);
      }
      expect(canvas.texts.every(({ x }) => x >= 0 && x <= WIDTH)).toBe(true);
    }
  });

  it('names who runs, who waits for what, and the hops between them', () => {
    const window = ask({});
    const { canvas } = paint(window, { from: window.first, to: window.last }, 'contexts');
    const texts = canvas.texts.map(({ text }) => text).join('\n');
    expect(texts).toContain('inside syscall');
    expect(texts).toContain('waits in wait_event_inte…');
    for (const kind of ['VM exit', 'VM entry', 'interrupt', 'hypercall', 'ioctl', 'work queued', 'wake-up']) {
      expect(texts).toContain(kind);
    }
  });

  it('names every step where there is room', () => {
    const { first } = ask({});
    const span = { from: first + 3, to: first + 9 };
    const { canvas } = paint(ask(span), span, 'contexts');
    const texts = canvas.texts.map(({ text }) => text);
    expect(texts).toContain('ksys_write');
    expect(texts).toContain('new_sync_write');
  });

  it('finds again what it has drawn', () => {
    const window = ask({});
    const { drawn } = paint(window, { from: window.first, to: window.last }, 'contexts');
    const { scene, arrows, marks } = drawn;
    const run = Array.from(window.runs.stage).findIndex((stage) => head.stages[stage]?.function === 'handle_vmexit');
    const band = scene.bandOf[window.runs.context[run] ?? 0];
    const x = sceneX(scene, ((window.runs.start[run] ?? 0) + (window.runs.end[run] ?? 0)) / 2);
    const hit = hitAt(scene, [], [], x, (band?.top ?? 0) + 8);
    expect(hit).toMatchObject({ what: 'run', at: run });
    const labelled = arrows.filter(({ label }) => label !== undefined);
    expect(labelled.length).toBeGreaterThan(10);
    for (const { label, at } of labelled) {
      const place = label ?? { left: 0, top: 0, width: 0, height: 0 };
      const middle = [place.left + place.width / 2, place.top + place.height / 2] as const;
      expect(hitAt(scene, arrows, [], ...middle)).toEqual({ what: 'hop', at });
    }
    const [mark] = marks;
    expect(mark === undefined ? undefined : hitAt(scene, arrows, marks, mark.x, mark.y)).toEqual({
      what: 'mark',
      at: 0,
    });
  });
});

import { existsSync, statSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import type { Row } from '../../bench/rows.ts';
import { findBrowser } from './browser.ts';
import { PanelPage } from './page.ts';

/*
 * The panel's figures at 1,000,000 events, measured in the page with Chromium: `node scripts/run-ts.mjs
 * test/e2e/panel/measure.ts` prints them as JSON, for the bench. A frame's figure is the worst gesture's mean by the
 * processor's time, a seek's the middle of many by the clock; 95 of 100 by the clock stand beside them.
 */

const OPEN: Row = { name: 'panel.open-1m', unit: 'ms', budget: 1500 };
const FRAME: Row = { name: 'panel.frame', unit: 'ms', budget: 8 };
const SEEK: Row = { name: 'panel.seek', unit: 'ms', budget: 50 };
const BUNDLE: Row = { name: 'panel.bundle', unit: 'bytes', budget: 500_000 };
const LOOK = { width: 1200, height: 800 } as const;
/** Share of the values that are at or below the figure beside. */
const ALMOST_ALL = 0.95;

const sorted = (values: readonly number[]): number[] => values.toSorted((a, b) => a - b);
const middle = (values: readonly number[]): number => sorted(values)[values.length >> 1] ?? 0;
const almostAll = (values: readonly number[]): number => sorted(values)[Math.floor(values.length * ALMOST_ALL)] ?? 0;

/** Opens the panel on 1,000,000 events several times: session, first answer, and everything drawn. */
async function opened(browser: Browser): Promise<{ page: PanelPage; times: number[] }> {
  const times: number[] = [];
  for (let round = 0; ; round++) {
    const page = await PanelPage.prepare(browser, 'million', LOOK);
    times.push(await page.open());
    if (round === 2) return { page, times };
    await page.close();
  }
}

/** What moving cost: script time of each frame by the clock, and by the processor the mean of each gesture. */
interface Moved {
  readonly frames: number[];
  readonly gestures: number[];
}

/** While the wheel zooms in to single steps and out again, and while it pans at several depths. */
async function moving(panel: PanelPage): Promise<Moved> {
  const { page } = panel;
  const box = await page.locator('.timeline-plot').boundingBox();
  if (box === null) throw new Error('there is no plot');
  const script = await scriptClock(page);
  const moved: Moved = { frames: [], gestures: [] };
  const turn = async (x: number, y: number, times: number): Promise<void> => {
    await panel.takeFrames();
    const before = await script();
    for (let at = 0; at < times; at++) await page.mouse.wheel(x, y);
    await panel.quiet();
    const spent = (await script()) - before;
    const frames = await panel.takeFrames();
    moved.frames.push(...frames);
    moved.gestures.push(spent / Math.max(1, frames.length));
  };
  await page.mouse.move(box.x + box.width * 0.6, box.y + box.height / 2);
  for (let depth = 0; depth < 4; depth++) {
    await turn(0, -240, 8);
    await turn(60, 0, 20);
    await turn(-60, 0, 20);
  }
  await turn(0, 240, 32);
  return moved;
}

/** Reads the milliseconds that the page's script has had the processor: what other programs take meanwhile is not in it. */
async function scriptClock(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return 1000 * (metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? 0);
  };
}

/** From the press of a key, or a click far away, to the end of the last draw. */
async function seeks(panel: PanelPage): Promise<number[]> {
  const { page } = panel;
  const box = await page.locator('.timeline-plot').boundingBox();
  if (box === null) throw new Error('there is no plot');
  const times: number[] = [];
  for (let at = 0; at < 30; at++) {
    await panel.quiet();
    await page.evaluate(() => {
      const begin = (): void => {
        window.fake.seekBegan = performance.now();
        window.removeEventListener('pointerup', begin, true);
      };
      window.addEventListener('pointerup', begin, true);
    });
    const x = box.x + box.width * ((0.1 + at * 0.618) % 1);
    await page.mouse.click(x, box.y + 4);
    await panel.quiet();
    times.push((await panel.lastDraw()) - (await page.evaluate(() => window.fake.seekBegan)));
  }
  return times;
}

async function measured(): Promise<Row[]> {
  const file = 'dist/webview.js';
  const bundle = existsSync(file) ? { ...BUNDLE, value: statSync(file).size } : undefined;
  const browser = bundle === undefined ? undefined : await findBrowser();
  if (bundle === undefined || browser === undefined) {
    const reason = bundle === undefined ? 'npm run build comes first' : 'not run (no Chromium)';
    return [...[OPEN, FRAME, SEEK].map((row) => ({ ...row, reason })), bundle ?? { ...BUNDLE, reason }];
  }
  try {
    const { page, times } = await opened(browser);
    const { frames, gestures } = await moving(page);
    const seek = await seeks(page);
    if (page.errors.length > 0) throw new Error(page.errors.join('\n'));
    await page.close();
    return [
      { ...OPEN, value: middle(times) },
      { ...FRAME, value: Math.max(...gestures) },
      { name: 'panel.frame.by-the-clock', unit: 'ms', value: almostAll(frames) },
      { name: 'panel.frame.count', unit: 'frames', value: frames.length },
      { ...SEEK, value: middle(seek) },
      { name: 'panel.seek.almost-all', unit: 'ms', value: almostAll(seek) },
      bundle,
    ];
  } finally {
    await browser.close();
  }
}

console.log(JSON.stringify(await measured()));

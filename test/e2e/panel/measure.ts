import { existsSync, statSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import type { Row } from '../../bench/rows.ts';
import { findBrowser } from './browser.ts';
import { PanelPage } from './page.ts';

/*
 * The panel's figures at 1,000,000 events, measured in the page with Chromium: `node scripts/run-ts.mjs
 * test/e2e/panel/measure.ts` prints them as JSON, for the bench.
 */

const OPEN: Row = { name: 'panel.open-1m', unit: 'ms', budget: 1500 };
const FRAME: Row = { name: 'panel.frame', unit: 'ms', budget: 8 };
const SEEK: Row = { name: 'panel.seek', unit: 'ms', budget: 50 };
const BUNDLE: Row = { name: 'panel.bundle', unit: 'bytes', budget: 500_000 };
const LOOK = { width: 1200, height: 800 } as const;
/** Share of the frames that must be at or below the figure. */
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

/** Script time of each frame while the wheel zooms in to single steps and out again, and while it pans at several depths. */
async function moving(panel: PanelPage): Promise<number[]> {
  const { page } = panel;
  const plot = page.locator('.timeline-plot');
  const box = await plot.boundingBox();
  if (box === null) throw new Error('there is no plot');
  await page.mouse.move(box.x + box.width * 0.6, box.y + box.height / 2);
  await panel.takeFrames();
  const turn = async (x: number, y: number, times: number): Promise<void> => {
    for (let at = 0; at < times; at++) await page.mouse.wheel(x, y);
    await panel.quiet();
  };
  for (let depth = 0; depth < 4; depth++) {
    await turn(0, -240, 8);
    await turn(60, 0, 20);
    await turn(-60, 0, 20);
  }
  await turn(0, 240, 32);
  return panel.takeFrames();
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
    const frames = await moving(page);
    const seek = await seeks(page);
    if (page.errors.length > 0) throw new Error(page.errors.join('\n'));
    await page.close();
    return [
      { ...OPEN, value: middle(times) },
      { ...FRAME, value: almostAll(frames) },
      { name: 'panel.frame.middle', unit: 'ms', value: middle(frames) },
      { name: 'panel.frame.count', unit: 'frames', value: frames.length },
      { ...SEEK, value: almostAll(seek) },
      { name: 'panel.seek.middle', unit: 'ms', value: middle(seek) },
      bundle,
    ];
  } finally {
    await browser.close();
  }
}

console.log(JSON.stringify(await measured()));

import assert from 'node:assert/strict';
import type { Browser, Locator } from 'playwright-core';
import { type Look, PanelPage } from './page.ts';

/** One thing that a person does with the built panel, in a page with a fake host. */
export interface PageScenario {
  readonly name: string;
  readonly run: (browser: Browser) => Promise<void>;
}

const NARROW: Look = { width: 700, height: 900 };
const WIDE: Look = { width: 1200, height: 500 };

/** Opens a run, does something with it, and sees that nothing went wrong in the page. */
async function withPanel(
  browser: Browser,
  run: string,
  look: Look,
  act: (panel: PanelPage) => Promise<void>,
): Promise<void> {
  const panel = await PanelPage.prepare(browser, run, look);
  try {
    await panel.open(look.language ?? 'en');
    await act(panel);
    assert.deepEqual(panel.errors, []);
    assert.deepEqual(await panel.page.evaluate(() => window.fake.refused), []);
  } finally {
    await panel.close();
  }
}

const plotOf = ({ page }: PanelPage): Locator => page.locator('.timeline-plot');
const tipOf = ({ page }: PanelPage): Locator => page.locator('.timeline-tip');
const names = ({ page }: PanelPage): Promise<string[]> => page.locator('.timeline-name').allInnerTexts();

/** The step that the timeline's slider says, counted from 1. */
async function step(panel: PanelPage): Promise<number> {
  return Number(await plotOf(panel).getAttribute('aria-valuenow'));
}

/** Points at a share of the plot's width, in the middle of a lane's strip. */
async function pointAt(panel: PanelPage, name: string, share: number): Promise<readonly [number, number]> {
  const plot = await plotOf(panel).boundingBox();
  const label = await panel.page.locator('.timeline-name', { hasText: name }).first().boundingBox();
  assert.ok(plot !== null && label !== null, `no lane ${name}`);
  return [plot.x + plot.width * share, label.y + label.height * 0.8];
}

/** What the tip says while the pointer stands there. */
async function tipAt(panel: PanelPage, name: string, share: number): Promise<string> {
  await panel.page.mouse.move(...(await pointAt(panel, name, share)));
  await tipOf(panel).waitFor();
  return (await tipOf(panel).textContent()) ?? '';
}

async function readsAtAGlance(browser: Browser): Promise<void> {
  await withPanel(browser, 'stock', NARROW, async (panel) => {
    assert.deepEqual(
      (await names(panel)).filter((name) => /^(guest|hyper|Service|device)/.test(name)),
      ['guest process', 'guest kernel', 'hypervisor', 'Service VM kernel', 'device model'],
    );
    assert.match(await tipAt(panel, 'guest process', 0.5), /does not run: inside syscall/);
    assert.match(await tipAt(panel, 'process context', 0.2), /vCPU stopped by a VM exit in outw/);
    assert.match(await tipAt(panel, 'device model', 0.22), /handle_vmexit/);
    await panel.screenshot('stock-narrow');
  });
  await withPanel(browser, 'stock', { ...WIDE, scheme: 'dark' }, async (panel) => {
    assert.deepEqual(await names(panel), [
      'guest process',
      'guest kernel',
      'hypervisor',
      'Service VM kernel',
      'device model',
    ]);
    await panel.screenshot('stock-wide-dark');
  });
}

async function byPointer(browser: Browser): Promise<void> {
  await withPanel(browser, 'stock', NARROW, async (panel) => {
    const { page } = panel;
    await page.mouse.click(...(await pointAt(panel, 'device model', 0.2)));
    await panel.quiet();
    assert.match((await plotOf(panel).getAttribute('aria-valuetext')) ?? '', /device model/);
    const before = await step(panel);
    const [x, y] = await pointAt(panel, 'device model', 0.2);
    await page.mouse.move(x, y);
    for (let turn = 0; turn < 6; turn++) await page.mouse.wheel(0, -240);
    await panel.quiet();
    await page.mouse.click(x + 40, y);
    await panel.quiet();
    const near = await step(panel);
    assert.ok(near > before && near < before + 12, `zoomed in, 40 pixels are few steps: ${before} to ${near}`);
    await panel.screenshot('stock-zoomed');
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x - 200, y, { steps: 5 });
    await page.mouse.up();
    await panel.quiet();
    assert.equal(await step(panel), near, 'to drag is not to click');
    await page.mouse.click(x, y);
    await panel.quiet();
    assert.ok((await step(panel)) > near, 'what is under the pointer has moved');
  });
}

async function byKeys(browser: Browser): Promise<void> {
  await withPanel(browser, 'stock', { ...NARROW, reducedMotion: true }, async (panel) => {
    const { page } = panel;
    await panel.quiet();
    await plotOf(panel).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await panel.quiet();
    assert.equal(await step(panel), 3);
    await page.keyboard.press('z');
    await page.keyboard.press('i');
    await panel.quiet();
    assert.match((await tipOf(panel).textContent()) ?? '', /SYSCALL_DEFINE3\(write\)/);
    await page.keyboard.press('0');
    await page.keyboard.press('g');
    await panel.quiet();
    await panel.screenshot('stock-calls');
    const open = await page.locator('.timeline-name.is-lane[aria-expanded=true]').count();
    assert.ok(open > 5, `${open} contexts show their calls`);
    await page.keyboard.press('g');
    assert.equal((await names(panel)).length, 5);
    await page.keyboard.press('x');
    await panel.quiet();
    await panel.screenshot('stock-time');
    assert.equal(await page.getByRole('button', { name: /Make steps equally wide/ }).count(), 1);
    const kernel = page.getByRole('treeitem', { name: 'guest kernel' });
    await kernel.focus();
    await page.keyboard.press('ArrowRight');
    await panel.quiet();
    assert.ok((await names(panel)).length > 7, 'a closed program opens by its name');
    assert.equal(await step(panel), 3, 'keys of the names move no cursor');
  });
}

async function twenty(browser: Browser): Promise<void> {
  for (const scheme of ['light', 'dark'] as const) {
    await withPanel(browser, 'twenty', { ...NARROW, scheme }, async (panel) => {
      const open = await panel.page.locator('.timeline-name[aria-expanded=true]').count();
      assert.equal(open, 3, 'where there is room, calls are shown by themselves');
      await panel.screenshot(`twenty-${scheme}`);
    });
  }
}

async function million(browser: Browser): Promise<void> {
  for (const scheme of ['light', 'dark'] as const) {
    await withPanel(browser, 'million', { width: 1200, height: 800, scheme }, async (panel) => {
      await panel.screenshot(`million-${scheme}`);
      const [x, y] = await pointAt(panel, 'hypervisor', 0.5);
      await panel.page.mouse.click(x, y);
      await panel.quiet();
      const middle = await step(panel);
      assert.ok(middle > 100_000, `the middle is far from the beginning: ${middle}`);
      await panel.page.keyboard.press('z');
      await panel.page.keyboard.press('-');
      await panel.page.keyboard.press('-');
      await panel.page.keyboard.press('-');
      await panel.quiet();
      await panel.screenshot(`million-zoomed-${scheme}`);
      assert.equal(await step(panel), middle);
    });
  }
}

async function everyTheme(browser: Browser): Promise<void> {
  for (const scheme of ['light', 'dark'] as const) {
    await withPanel(browser, 'stock', { width: 900, height: 800, scheme, contrast: 'more' }, async (panel) => {
      await panel.screenshot(`stock-contrast-${scheme}`);
      await panel.page.emulateMedia({ colorScheme: scheme === 'light' ? 'dark' : 'light', contrast: 'more' });
      await panel.quiet();
      const colour = await panel.page.evaluate(() => {
        const canvas = document.querySelector<HTMLCanvasElement>('.timeline-head canvas');
        const data = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, 24).data ?? [];
        return [...data].some((part, at) => at % 4 !== 3 && part > 60 && part < 255);
      });
      assert.ok(colour, 'it is drawn anew in the other colours');
    });
  }
  await withPanel(browser, 'stock', { ...NARROW, language: 'zh-cn' }, async (panel) => {
    assert.match(await tipAt(panel, '客户机进程', 0.5), /未运行：在 syscall 之内/);
    await panel.screenshot('stock-zh-cn');
  });
}

/** Everything that the panel is put through in a page of its own. */
export const pageScenarios: readonly PageScenario[] = [
  { name: 'panel page: the stock path at a glance', run: readsAtAGlance },
  { name: 'panel page: the timeline by pointer', run: byPointer },
  { name: 'panel page: the timeline by keys', run: byKeys },
  { name: 'panel page: twenty stages', run: twenty },
  { name: 'panel page: 1,000,000 events', run: million },
  { name: 'panel page: every theme, and Chinese', run: everyTheme },
];

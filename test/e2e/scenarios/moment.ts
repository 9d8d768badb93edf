import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { Replay, trace, until } from '../replay.ts';
import type { Scenario, World } from '../runner.ts';
import type { Workbench } from '../workbench.ts';

const STEPS = 200;
const PROJECT = path.resolve(import.meta.dirname, '../../..');

/** Where the keyboard focus is: the webview, and the element inside it. */
async function focus(window: Workbench): Promise<string> {
  const outside = await window.page.evaluate(() => document.activeElement?.className ?? '');
  const inside = await window
    .panel()
    .locator('body')
    .evaluate(() => document.activeElement?.getAttribute('role') ?? document.activeElement?.tagName ?? '');
  return `${/webview/.test(outside) ? 'webview' : outside} ${inside}`;
}

/** The place that the current row names, as `FILE:LINE`; undefined where its stage has none. */
async function placeOfRow(replay: Replay): Promise<{ readonly file: string; readonly line: number } | undefined> {
  const text = (await replay.current().locator('.place').textContent()) ?? '';
  const [, file, line] = /^(.+):(\d+)$/.exec(text) ?? [];
  return file === undefined ? undefined : { file, line: Number(line) };
}

/** Waits until the editor stands in the function of the current row: at its head where it is entered, below where it goes on. */
async function inStep(window: Workbench, replay: Replay): Promise<boolean> {
  const place = await placeOfRow(replay);
  if (place === undefined) return false;
  const { kind, function: name } = await replay.step();
  let seen = '';
  const stands = async (): Promise<boolean> => {
    const shown = await window.shown();
    seen = `${shown?.file}:${shown?.line}`;
    const isFile = shown !== undefined && path.basename(shown.file) === place.file;
    // A function that a macro makes leaves in the macro, which may stand above it.
    return isFile && (kind === 'enter' ? shown.line === place.line : shown.line >= place.line || name === 'outw');
  };
  await until(`the editor at ${name} (${place.file}:${place.line})`, stands).catch((error: unknown) => {
    throw new Error(`it stands at ${seen}`, { cause: error });
  });
  return true;
}

const press = (window: Workbench, key: string): Promise<void> => window.page.keyboard.press(key);

/** Presses a key and waits until the panel stands elsewhere. */
async function pressAndMove(window: Workbench, replay: Replay, key: string): Promise<void> {
  const before = await replay.position();
  await press(window, key);
  await until(`${key} to move`, async () => (await replay.position()).step !== before.step);
}

async function notified(window: Workbench, pattern: RegExp): Promise<void> {
  const is = async (): Promise<boolean> => (await window.notifications()).some((text) => pattern.test(text));
  await until(`a notification like ${pattern}`, is, 30_000);
}

async function allowClipboard(window: Workbench, { server }: World): Promise<void> {
  const permissions = ['clipboard-read', 'clipboard-write'];
  await window.page.context().grantPermissions(permissions, { origin: server.url });
}

const clipboard = (window: Workbench): Promise<string> => window.page.evaluate(() => navigator.clipboard.readText());

async function stepping(world: World): Promise<void> {
  const window = await world.open();
  const replay = await trace(window);
  await until('code in the editor', async () => (await window.shown()) !== undefined, 30_000);
  await replay.current().click();
  const at = await focus(window);
  assert.match(at, /^webview /);
  let followed = 0;
  const { step: first } = await replay.position();
  for (let done = 1; done <= STEPS; done++) {
    await press(window, 'ArrowRight');
    await until(`step ${first + done}`, async () => (await replay.position()).step === first + done);
    followed += (await inStep(window, replay)) ? 1 : 0;
    assert.equal(await focus(window), at, `the focus after ${done} steps`);
  }
  assert.ok(followed > STEPS / 2, `only ${followed} of ${STEPS} steps had a line`);
  console.log(`    ${STEPS} steps, ${followed} with a line of their own, editor and panel in step, focus unchanged`);
  await window.screenshot('200-steps');
  for (let back = 0; back < 40; back++) await press(window, 'ArrowLeft');
  await until('40 steps back', async () => (await replay.position()).step === first + STEPS - 40, 15_000);
  await inStep(window, replay);
  assert.equal(await window.page.locator('.tab').count(), 2, 'one preview tab and the panel');
}

async function jumping(world: World): Promise<void> {
  const window = await world.open(mkdtempSync(path.join(tmpdir(), 'virtio-trace-moment-')));
  const replay = await trace(window);
  const panel = window.panel();
  await replay.current().click();
  await pressAndMove(window, replay, 'PageDown');
  assert.equal((await replay.step()).kind, 'leave');
  await press(window, 'f');
  await panel.getByRole('dialog').locator('input').first().fill('vq_relchain');
  await panel.locator('.found', { hasText: 'vq_relchain' }).first().waitFor();
  await window.screenshot('find');
  await press(window, 'Enter');
  await until('vq_relchain', async () => (await replay.step()).function === 'vq_relchain');
  await pressAndMove(window, replay, 'w');
  assert.notEqual((await replay.step()).program, 'device model');
  await pressAndMove(window, replay, 'c');
  await panel.getByText('Woken by').first().waitFor();
  await press(window, 'f');
  await panel.getByRole('dialog').locator('input').first().fill('console.queues[1].last_avail');
  await panel.locator('.found', { hasText: 'last_avail' }).first().waitFor();
  await press(window, 'Enter');
  await until('a change of last_avail', async () =>
    ((await panel.locator('.changes').textContent()) ?? '').includes('last_avail'),
  );
  await press(window, 'b');
  await panel.locator('.marked').first().waitFor();
  await press(window, 'Shift+B');
  await panel
    .getByRole('dialog')
    .getByText(/event \d+/)
    .first()
    .waitFor();
  await window.screenshot('bookmarks');
  await press(window, 'Escape');
  await press(window, '?');
  await panel.getByRole('dialog').getByText('Who woke this').first().waitFor();
  await window.screenshot('help');
  await press(window, 'Escape');
  await press(window, 't');
  await panel.getByRole('table').first().waitFor();
  await window.screenshot('tables');
  await press(window, 't');
  await press(window, 'u');
  await panel.locator('.position', { hasText: /event \d+/ }).waitFor();
  const before = await replay.position();
  // VS Code writes a panel's state down a moment after it was set.
  await window.page.waitForTimeout(3000);
  await window.page.reload();
  await replay.ready();
  await until('the same step after a reload', async () => (await replay.position()).step === before.step, 60_000);
  await panel.locator('.marked').first().waitFor();
  await panel.locator('.position', { hasText: /event \d+/ }).waitFor();
  await window.screenshot('reloaded');
}

async function following(world: World): Promise<void> {
  const window = await world.open();
  const replay = await trace(window);
  await replay.current().click();
  for (let step = 0; step < 6; step++) await pressAndMove(window, replay, 'ArrowRight');
  await inStep(window, replay);
  const stood = await window.shown();
  await press(window, 'o');
  for (let step = 0; step < 4; step++) await pressAndMove(window, replay, 'ArrowRight');
  await window.page.waitForTimeout(800);
  assert.deepEqual(await window.shown(), stood, 'the editor follows although it was told not to');
  await press(window, 'o');
  await inStep(window, replay);
  await window.palette('View: Move Editor into Left Group');
  await window.page.waitForTimeout(500);
  await replay.current().click();
  for (let step = 0; step < 5; step++) {
    await pressAndMove(window, replay, 'ArrowRight');
    await inStep(window, replay);
    assert.ok(await replay.current().isVisible(), 'the code covers the panel');
  }
  await window.screenshot('panel-moved');
  await press(window, 'e');
  await window.page.waitForTimeout(500);
  assert.ok(await replay.current().isVisible(), 'the evidence covers the panel');
}

async function linking(world: World): Promise<void> {
  const window = await world.open();
  await allowClipboard(window, world);
  const replay = await trace(window, 'a link\\n');
  await replay.current().click();
  for (let step = 0; step < 3; step++) await pressAndMove(window, replay, 'PageDown');
  const { step } = await replay.position();
  await press(window, 'l');
  await notified(window, /on the clipboard/);
  const link = await clipboard(window);
  assert.match(
    link,
    /^[\w-]+:\/\/virtio-trace\.virtio-trace\/moment\?json=[\w-]+&seed=0&event=\d+&hash=[0-9a-f]{16}&stage=/,
  );
  await press(window, 'Home');
  await window.palette('Virtio Trace: Open a link to a moment');
  await window.answer(undefined, 'Open a link');
  await until('the linked step', async () => (await replay.position()).step === step, 30_000);
  await press(window, 'Home');
  await window.palette('Opener: Make a link that a browser can open');
  await until('an address for a browser', async () => /^https?:/.test(await clipboard(window)));
  const other = await window.page.context().newPage();
  await other.goto(await clipboard(window));
  await until('the linked step by the link itself', async () => (await replay.position()).step === step, 30_000);
  await other.close();
  await window.palette('Virtio Trace: Open a link to a moment');
  await window.answer(link.replace(/hash=[0-9a-f]{16}/, 'hash=0000000000000000'), 'Open a link');
  await notified(window, /not the linked one/);
  await window.palette('Virtio Trace: Open a link to a moment');
  await window.answer(link.replace(/json=[\w-]+/, 'json=AAAA'), 'Open a link');
  await notified(window, /damaged/);
  await window.screenshot('refused');
}

async function terminal(world: World): Promise<void> {
  const window = await world.open(mkdtempSync(path.join(tmpdir(), 'virtio-trace-restricted-')));
  await window.palette('Virtio Trace: Trace virtio-console write');
  await window.answer(undefined, 'What to trace');
  await window.answer('from the guest\\n', 'Text that the guest writes');
  await window.answer('Terminal in VS Code', 'Where acrn-dm lets the bytes go');
  const replay = new Replay(window);
  await replay.ready();
  // VS Code asks before it shows any terminal here; this one runs nothing, so nobody has to trust the folder for it.
  await window.page.getByRole('button', { name: 'Cancel' }).click();
  const rows = window.page.locator('.xterm-rows').first();
  await rows.getByText('The guest writes here').waitFor({ timeout: 30_000 });
  assert.ok(!((await rows.textContent()) ?? '').includes('from the guest'), 'it shows what is not yet written');
  await replay.current().click();
  await press(window, 'End');
  await rows.getByText('from the guest').waitFor();
  await press(window, 'Home');
  await until('the output to go', async () => !((await rows.textContent()) ?? '').includes('from the guest'));
  await window.page.locator('.xterm').first().click();
  await window.page.waitForTimeout(1000);
  await window.page.keyboard.type('typed here');
  await rows.getByText('typed here').waitFor();
  await press(window, 'Enter');
  await rows.getByText('The guest receives it').waitFor({ timeout: 60_000 });
  await replay.current().click();
  await press(window, 'End');
  await rows.getByText('typed here').waitFor();
  await window.screenshot('terminal');
}

/** A theme of every kind that VS Code knows, by the name in its list, and how the panel's page is told of it. */
const THEMES = [
  ['Light Modern', 'vscode-light'],
  ['Dark Modern', 'vscode-dark'],
  ['Dark High Contrast', 'vscode-high-contrast'],
  ['Light High Contrast', 'vscode-high-contrast-light'],
] as const;

async function themes(world: World): Promise<void> {
  const window = await world.open();
  const replay = await trace(window);
  for (const [theme, named] of THEMES) {
    await press(window, 'Control+KeyK');
    await press(window, 'Control+KeyT');
    await window.answer(theme);
    await window.panel().locator(`body.${named}`).waitFor({ timeout: 10_000 });
    await window.page.waitForTimeout(500);
    await replay.current().click();
    await press(window, 'f');
    await window.panel().locator('.found').first().waitFor();
    await window.screenshot(`find-${theme.replaceAll(' ', '-').toLowerCase()}`);
    await press(window, 'Escape');
    await press(window, 't');
    await window.panel().getByRole('table').first().waitFor();
    await window.screenshot(`tables-${theme.replaceAll(' ', '-').toLowerCase()}`);
    await press(window, 't');
  }
}

/** The keys that VS Code gives to its own commands, as its own list says. */
async function defaultKeys(window: Workbench): Promise<ReadonlySet<string>> {
  await window.palette('Preferences: Open Default Keyboard Shortcuts (JSON)');
  const lines = window.page.locator('.editor-instance .view-lines').first();
  await lines.getByText('"key"').first().waitFor({ timeout: 30_000 });
  await lines.click();
  await press(window, 'Control+KeyA');
  await press(window, 'Control+KeyC');
  await window.page.waitForTimeout(1000);
  const list = await clipboard(window);
  const shared = /"key":\s*"([^"]+)",\s*"command":\s*"(?!virtioTrace)/g;
  return new Set([...list.matchAll(shared)].map(([, key = '']) => key));
}

async function keys(world: World): Promise<void> {
  const window = await world.open();
  await allowClipboard(window, world);
  const taken = await defaultKeys(window);
  assert.ok(taken.size > 200, `only ${taken.size} keys in the editor's own list`);
  const manifest = await import('../../../package.json', { with: { type: 'json' } });
  const own = manifest.default.contributes.keybindings.map(({ key }) => key);
  const prefixes = own.map((key) => key.split(' ')[0] ?? key);
  assert.deepEqual(
    own.filter((key, at) => taken.has(key) || taken.has(prefixes[at] ?? '')),
    [],
  );
  const replay = await trace(window);
  const { step } = await replay.position();
  await press(window, 'Alt+.');
  await until('the key of a step', async () => (await replay.position()).step === step + 1);
  await press(window, 'Alt+;');
  await press(window, '.');
  await until('the keys of a boundary', async () => (await replay.position()).step === step + 2);
  await press(window, '.');
  await window.panel().locator('.speed', { hasText: '2×' }).first().waitFor();
}

/** Controls that a screen reader could not name. */
const nameless = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const controls = [
      ...document.querySelectorAll('vscode-button, vscode-dropdown, vscode-text-field, [tabindex="0"]'),
    ];
    const name = (it: Element): string => `${it.getAttribute('aria-label') ?? ''}${it.textContent ?? ''}`.trim();
    return controls.filter((it) => name(it) === '').map((it) => it.outerHTML.slice(0, 100));
  });

/** A page that an export made, opened from disk, with everything that it says and asks for. */
async function exported(world: World): Promise<void> {
  const window = await world.open();
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'virtio-trace-html-')), 'replay.html');
  const sample = (kind: string): string => path.join(PROJECT, 'sample', kind);
  const trees = ['--acrn', sample('acrn'), '--linux', sample('linux')];
  execFileSync(process.execPath, [
    path.join(PROJECT, 'dist/cli.js'),
    'trace',
    ...trees,
    '--format',
    'html',
    '-o',
    file,
  ]);
  const browser = window.page.context().browser();
  assert.ok(browser !== null);
  for (const colorScheme of ['light', 'dark'] as const) {
    const context = await browser.newContext({ viewport: { width: 1300, height: 950 }, colorScheme, offline: true });
    const page = await context.newPage();
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (error) => said.push(String(error)));
    page.on('request', (asked) => {
      if (!/^(file|data):/.test(asked.url())) said.push(asked.url());
    });
    await page.goto(`file://${file}`);
    const current = page.getByRole('option', { selected: true });
    await current.waitFor();
    const live = page.locator('.announcer .spoken');
    for (const key of ['ArrowRight', 'PageDown', 'h', 'u', 'ArrowRight', 'b', 't', 't', 'w', 'c']) {
      await page.keyboard.press(key);
    }
    await until('a sentence on the step', async () => /Step \d+ of \d+: /.test((await live.textContent()) ?? ''));
    await page.keyboard.press('f');
    await page.getByRole('dialog').locator('input').first().fill('hvc_push');
    await page.locator('.found', { hasText: 'hvc_push' }).first().waitFor();
    await page.keyboard.press('Enter');
    await until('hvc_push', async () => ((await current.getAttribute('aria-label')) ?? '').startsWith('hvc_push'));
    await page.locator('.code .line.is-current', { hasText: 'hvc_push' }).waitFor();
    assert.deepEqual(await nameless(page), [], 'controls without a name');
    assert.equal(await page.getByRole('button', { name: 'Copy link to this moment' }).count(), 0);
    assert.equal(await page.getByRole('button', { name: /^Editor follows/ }).count(), 0);
    await page.screenshot({ path: path.join(PROJECT, `test/e2e/.artifacts/export-${colorScheme}.png`) });
    assert.deepEqual(said, [], 'the page says or asks for something');
    await context.close();
  }
}

/** A moment of a run: held, gone to, shown in the editor, sent to somebody else. */
export const moments: readonly Scenario[] = [
  { name: `moment: ${STEPS} steps, editor and panel in step, the focus unchanged`, run: stepping },
  { name: 'moment: boundaries, find, causes, bookmarks, help, tables, and all of it after a reload', run: jumping },
  { name: 'moment: following can be paused, and code never covers the panel, also where it is moved', run: following },
  {
    name: 'moment: a link is copied and opened, another run is said, a damaged link refused',
    server: () => ({ fixtures: ['opener'] }),
    run: linking,
  },
  {
    name: 'moment: the backend as a terminal, in Restricted Mode: output in step, typed lines received',
    server: () => ({ trusted: false }),
    run: terminal,
  },
  { name: 'moment: finding and tables in four themes', run: themes },
  { name: 'moment: keys override none of the editor', run: keys },
  { name: 'moment: an exported page opens from disk, asks for nothing and says nothing', run: exported },
];

import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { GitServer } from '../git-server.ts';
import { Replay, trace, until } from '../replay.ts';
import { presentTree, type Scenario } from '../runner.ts';
import { answerDialog, editorText, none, notified, shows, treesInStatusBar, Views } from '../views.ts';
import type { Workbench } from '../workbench.ts';

const trees = (): Record<string, string> => ({
  'virtioTrace.acrnPath': presentTree('acrn'),
  'virtioTrace.linuxPath': presentTree('linux'),
});

/** What a palette offers for some words. */
async function offered(window: Workbench, words: string): Promise<string[]> {
  await window.page.keyboard.press('F1');
  await window.page.locator('.quick-input-widget input:visible').first().fill(`>${words}`);
  await window.page.waitForTimeout(1500);
  const rows = await window.page.locator('.quick-input-list .monaco-list-row').allInnerTexts();
  await window.page.keyboard.press('Escape');
  await window.page.waitForTimeout(500);
  return rows;
}

async function routesOnRealTrees(window: Workbench): Promise<void> {
  const views = new Views(window);
  await views.open();
  await views.expand('Routes', /^stock,/);
  await views.expand('Routes', /^guest kernel, stages 2 to/);
  await views.row('Routes', /^Stage 3: ksys_write, guest kernel, fs\/read_write\.c:\d+/).waitFor({ timeout: 60_000 });
  await until(
    'proofs',
    async () => (await views.names('Routes')).some((one) => /stock,.*1\d\d of 1\d\d hops proven/.test(one)),
    60_000,
  );
  await views.expand('Routes', /^Stage 3: ksys_write/);
  await views.expand('Routes', /^call: vfs_write, proven by/);
  await views.row('Routes', /^fs\/read_write\.c:\d+, call vfs_write/).waitFor();
  await window.screenshot('routes');
  await views.row('Routes', /^Stage 3: ksys_write/).click();
  await until('read_write.c', async () => (await window.shown())?.file.endsWith('fs/read_write.c') === true, 15_000);
  assert.match(await treesInStatusBar(window), /ACRN 3\.\d.* · Linux/);
}

/** Views, documents, exports and sources: what a user reaches beside the replay. */
export const viewsAndCommands: readonly Scenario[] = [
  {
    name: 'views on real trees: a route down to the line that proves a hop, trace from a stage, the runs',
    needs: ['acrn', 'linux'],
    settings: trees,
    run: async ({ open }) => {
      const window = await open(mkdtempSync(path.join(tmpdir(), 'virtio-trace-views-')));
      await routesOnRealTrees(window);
      const views = new Views(window);
      await views.press('Routes', /^Stage 3: ksys_write/, 'Trace from this stage');
      const replay = new Replay(window);
      await replay.ready();
      assert.equal((await replay.step()).function, 'ksys_write');
      await views.row('Runs', /^A guest writes "hello/).waitFor({ timeout: 20_000 });
      await window.screenshot('runs');
      await window.palette('Virtio Trace: Copy path as text');
      await notified(window, /The path of 1\d\d stages was copied/);
      const copied = await window.page.evaluate(() => navigator.clipboard.readText());
      assert.match(copied, /^ +3 {2}ksys_write +fs\/read_write\.c:\d+$/m);
      assert.ok(copied.split('\n').filter((line) => line.length > 76).length < 5, 'lines are fit for a mail');
      await window.palette('Virtio Trace: Open this run as text');
      await window.page.getByRole('tab', { name: /stock\.vtrace/ }).waitFor({ timeout: 15_000 });
      await shows(window, /SYSCALL_DEFINE3\(write\) .*read_write\.c:\d+/);
      await window.screenshot('as-text');
    },
  },
  {
    name: 'reports on real trees: the map, the notes, with links to lines',
    needs: ['acrn', 'linux'],
    settings: trees,
    run: async ({ open }) => {
      const window = await open(mkdtempSync(path.join(tmpdir(), 'virtio-trace-views-')));
      await window.palette('Virtio Trace: Map report');
      await shows(window, /of \d+ hops are proven by lines of these trees/);
      await shows(window, /Hops that are not proven/);
      await window.screenshot('map');
      await window.palette('Virtio Trace: Check the study notes');
      await shows(window, /\d+ claims: .*\d+ true/);
      const link = window.page.locator('.editor-instance:visible .detected-link').first();
      await link.waitFor();
      await window.screenshot('notes');
      await link.click({ modifiers: ['Control'] });
      await until('a source line', async () => /\.[chS]$/.test((await window.shown())?.file ?? ''), 15_000);
      await window.screenshot('note-evidence');
    },
  },
  {
    name: 'scenarios: run one, duplicate it, a wrong file is told, interleavings in a document',
    run: async ({ open }) => {
      const folder = mkdtempSync(path.join(tmpdir(), 'virtio-trace-views-'));
      mkdirSync(path.join(folder, '.virtio-trace'));
      writeFileSync(path.join(folder, '.virtio-trace/broken.scenario.json'), '{"format":1,"name":"x","actions":7}');
      const window = await open(folder);
      const views = new Views(window);
      await views.open();
      const welcome = async (): Promise<boolean> =>
        /Nothing was traced in this workspace yet/.test((await views.pane('Runs').textContent()) ?? '');
      await until('the welcome words', welcome, 15_000);
      await views.toggle('Scenarios');
      await views.row('Scenarios', /broken\.scenario\.json, The scenario is wrong at/).waitFor();
      await views.expand('Scenarios', /^Built in/);
      await window.screenshot('scenarios');
      await views.press('Scenarios', /^Write to a port that is no console/, 'Run');
      await new Replay(window).ready();
      await views.press('Scenarios', /^Write to a port that is no console/, 'Duplicate');
      await window.answer();
      await shows(window, /"name": "port-write-copy"/);
      assert.ok(existsSync(path.join(folder, '.virtio-trace/port-write-copy.scenario.json')));
      await views.row('Scenarios', /\(copy\), port-write-copy/).waitFor({ timeout: 15_000 });
      await window.screenshot('duplicated');
      await window.palette('Virtio Trace: Explore interleavings');
      await window.answer('two-vcpus');
      await shows(window, /Interleavings of/, 120_000);
      await window.screenshot('interleavings');
    },
  },
  {
    name: 'exports: page, Perfetto, Mermaid, JSON and text, each into a file of the user',
    run: async ({ open }) => {
      const folder = mkdtempSync(path.join(tmpdir(), 'virtio-trace-views-'));
      const window = await open(folder);
      none(await offered(window, 'Virtio Trace: Export'), /Export this run/);
      await trace(window);
      const wanted = {
        'Self-contained page (HTML)': ['a.html', /^<!DOCTYPE html>[\s\S]*virtio-trace-session/],
        'Perfetto trace': ['a.perfetto.json', /traceEvents/],
        'Mermaid sequence': ['a.mmd', /^sequenceDiagram/],
        JSON: ['a.json', /^\{"format":1/],
        Text: ['a.vtrace', /ksys_write/],
      } as const;
      for (const [label, [file, content]] of Object.entries(wanted)) {
        await window.palette('Virtio Trace: Export this run');
        await window.answer(label);
        await answerDialog(window, path.join(folder, file));
        await until(`${file}`, async () => existsSync(path.join(folder, file)), 30_000);
        assert.match(readFileSync(path.join(folder, file), 'utf8'), content);
      }
      await window.screenshot('exported');
    },
  },
  {
    name: 'no workspace: the sample in the status bar, its tree, and no complaint',
    run: async ({ open }) => {
      const window = await open();
      const views = new Views(window);
      await views.open();
      await views.expand('Routes', /^stock,/);
      await views.expand('Routes', /^guest kernel, stages 2 to/);
      await views
        .row('Routes', /^Stage 3: ksys_write, guest kernel, fs\/read_write\.c:\d+ · not your tree/)
        .waitFor({ timeout: 60_000 });
      assert.match(await treesInStatusBar(window), /sample/);
      await window.screenshot('no-workspace');
      await window.page.locator('.statusbar-item[id$=".trees"]').click();
      await until('the known trees', async () =>
        (await window.page.locator('.quick-input-list .monaco-list-row').allInnerTexts()).some((row) =>
          /Built-in sample/.test(row),
        ),
      );
      await window.screenshot('switch');
      await window.page.keyboard.press('Escape');
      await window.page.waitForTimeout(500);
      assert.deepEqual(await window.notifications(), []);
      await window.palette('Welcome: Open Walkthrough');
      await window.answer('Follow a write through four programs');
      await window.page
        .getByRole('button', { name: /Trace a write/ })
        .first()
        .waitFor({ timeout: 15_000 });
      await window.page.waitForTimeout(1500);
      await window.screenshot('walkthrough');
    },
  },
  {
    name: 'Restricted Mode: everything is shown, no git and no real file',
    server: () => ({ trusted: false }),
    run: async ({ open }) => {
      const window = await open(mkdtempSync(path.join(tmpdir(), 'virtio-trace-views-')));
      const views = new Views(window);
      await views.open();
      assert.match((await views.pane('Runs').textContent()) ?? '', /Restricted Mode/);
      none(await offered(window, 'Virtio Trace: Get ACRN'), /Get ACRN and Linux sources/);
      await window.palette('Virtio Trace: Trace virtio-console write');
      await window.answer();
      await window.page.waitForTimeout(500);
      await window.answer();
      await window.page.waitForTimeout(700);
      const backends = await window.page.locator('.quick-input-list .monaco-list-row').allInnerTexts();
      assert.ok(backends.length >= 5);
      none(backends, /real file/i);
      await window.screenshot('restricted');
      await window.page.keyboard.press('Enter');
      await new Replay(window).ready();
    },
  },
  {
    name: 'in Chinese: views, welcome, palette, picker and reports',
    server: () => ({ locale: 'zh-cn' }),
    run: async ({ open }) => {
      const window = await open(mkdtempSync(path.join(tmpdir(), 'virtio-trace-views-')));
      const views = new Views(window);
      await window.page
        .getByRole('tab', { name: /Virtio Trace/ })
        .first()
        .click();
      await views.row('路线', /^stock，|^stock,/).waitFor({ timeout: 30_000 });
      assert.match((await views.pane('运行').textContent()) ?? '', /此工作区尚未进行过跟踪/);
      await views.toggle('场景');
      await views.expand('场景', /内置/);
      await window.screenshot('views');
      await window.palette('Virtio Trace: 探索交错执行');
      await window.page.waitForTimeout(700);
      await window.screenshot('picker');
      await window.answer('two-vcpus');
      await shows(window, /交错执行/, 120_000);
      assert.match(await editorText(window), /每个字节恰好送出一次/);
      await window.screenshot('report');
    },
  },
];

/** Pictures for the walkthrough: parts of windows on real trees, in `.artifacts`; `media/walkthrough` holds copies. */
export const walkthroughPictures: readonly Scenario[] = [
  {
    name: 'pictures for the walkthrough',
    needs: ['acrn', 'linux'],
    settings: trees,
    run: async ({ open }) => {
      const window = await open(mkdtempSync(path.join(tmpdir(), 'virtio-trace-views-')));
      const { page } = window;
      await page.setViewportSize({ width: 1280, height: 800 });
      const views = new Views(window);
      await page.keyboard.press('F1');
      await page.keyboard.press('Escape');
      await page.waitForTimeout(500);
      await window.palette('Virtio Trace: Trace virtio-console write');
      await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Write a line' }).first().waitFor();
      await page.waitForTimeout(500);
      await window.picture('trace', { x: 300, y: 0, width: 680, height: 560 });
      for (const _question of ['scenario', 'text', 'backend']) {
        await window.answer();
        await page.waitForTimeout(500);
      }
      const replay = new Replay(window);
      await replay.ready();
      await replay.press('Step forward');
      await page.waitForTimeout(1500);
      await window.picture('step', { x: 0, y: 0, width: 1280, height: 800 });
      await page.locator('.statusbar-item[id$=".trees"]').click();
      await page.waitForTimeout(1500);
      await window.picture('sources', { x: 300, y: 0, width: 680, height: 480 });
      await page.keyboard.press('Escape');
      await views.open();
      await views.expand('Routes', /^stock,/);
      await views.expand('Routes', /^guest kernel, stages 2 to/);
      await views.expand('Routes', /^Stage 3: ksys_write/);
      await views.expand('Routes', /^call: vfs_write, proven by/);
      await page.waitForTimeout(1000);
      await window.picture('code', { x: 0, y: 0, width: 760, height: 600 });
      await window.palette('Virtio Trace: Explore interleavings');
      await window.answer('two-vcpus');
      await shows(window, /Interleavings of/, 120_000);
      await views.toggle('Routes');
      await views.toggle('Scenarios');
      await views.expand('Scenarios', /^Built in/);
      await page.waitForTimeout(1000);
      await window.picture('hazards', { x: 0, y: 0, width: 900, height: 700 });
    },
  },
];

/** Sources fetched from a git server, as a user has them fetched. */
export const fetchedSources = (git: GitServer): readonly Scenario[] => [
  {
    name: 'sources fetched from a git server on loopback, then used; the status bar says so and switches',
    alone: true,
    settings: () => ({
      'virtioTrace.sources.acrnRepository': git.acrn,
      'virtioTrace.sources.linuxRepository': git.linux,
      'virtioTrace.sources.linuxRevision': '',
    }),
    run: async ({ open }) => {
      const folder = mkdtempSync(path.join(tmpdir(), 'virtio-trace-views-'));
      const into = mkdtempSync(path.join(tmpdir(), 'virtio-trace-sources-'));
      const window = await open(folder);
      await window.palette('Virtio Trace: Get ACRN and Linux sources');
      await window.page.waitForTimeout(800);
      await window.screenshot('what');
      await window.answer();
      await answerDialog(window, `${into}/`);
      await notified(window, /The sources are in /);
      await window.screenshot('fetched');
      assert.ok(existsSync(path.join(into, 'linux/drivers/virt/acrn/ioreq.c')));
      assert.ok(existsSync(path.join(into, 'acrn-hypervisor/hypervisor/dm/io_req.c')));
      assert.ok(!existsSync(path.join(into, 'linux/Documentation')), 'a sparse checkout leaves the rest out');
      await until(
        'versions in the status bar',
        async () => /ACRN .*Linux/.test(await treesInStatusBar(window)),
        15_000,
      );
      await trace(window);
      await until('fetched code', async () => (await window.shown())?.file.startsWith(into) === true, 15_000);
      await window.page.locator('.statusbar-item[id$=".trees"]').click();
      await window.page.waitForTimeout(1500);
      await window.screenshot('switch');
      await window.answer('Built-in sample');
      await until('a mixed status bar', async () => /sample/.test(await treesInStatusBar(window)), 15_000);
    },
  },
];

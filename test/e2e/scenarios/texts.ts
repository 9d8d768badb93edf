import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Replay, trace, until } from '../replay.ts';
import type { Scenario } from '../runner.ts';
import type { Workbench } from '../workbench.ts';

/** A line of the text on screen that names a stage. */
const stageLine = (window: Workbench, name: string) =>
  window.page.locator('.view-line', { hasText: new RegExp(`\\b${name}\\b`) }).first();

const SCENARIO = {
  format: 1,
  name: 'mine',
  route: 'stock',
  machine: { console: '@stdio:stdio_port' },
  actions: [{ do: 'write', vcpu: 0, path: '/dev/hvc0', data: 'mine\n' }],
};

/** A run as text, and a scenario as text: both are languages of the editor. */
export const texts: readonly Scenario[] = [
  {
    name: 'text: a run as text has folds, an outline, links to the source and hovers',
    run: async ({ open }) => {
      const window = await open();
      await trace(window);
      await window.palette('Virtio Trace: Open this run as text');
      await until('the text', async () => (await stageLine(window, 'vp_notify').count()) > 0, 15_000);
      await window.screenshot('text');

      await stageLine(window, 'vp_notify').locator('span span', { hasText: 'vp_notify' }).first().hover();
      const hover = window.page.locator('.monaco-hover:visible .hover-contents').first();
      await hover.waitFor();
      await until('what a call through a pointer is', async () =>
        /through\sa\sfunction\spointer/.test((await hover.textContent()) ?? ''),
      );
      await window.screenshot('hover');

      await window.page.keyboard.press('Escape');
      await window.page.keyboard.press('Control+Shift+KeyO');
      const rows = window.page.locator('.quick-input-list .monaco-list-row');
      await rows.first().waitFor();
      const outline = (await rows.allInnerTexts()).join('\n');
      assert.match(outline, /User VM vCPU 0/);
      assert.match(outline, /ksys_write/);
      await window.screenshot('outline');
      await window.page.keyboard.press('Escape');
      await window.page.waitForTimeout(500);

      await window.palette('Fold All');
      await until('the calls to be folded away', async () => (await stageLine(window, 'ksys_write').count()) === 0);
      await window.screenshot('folded');
      await window.palette('Unfold All');

      const link = stageLine(window, 'vp_notify').locator('.detected-link').first();
      // Its beginning is what can be seen of it in half a window.
      const box = await link.boundingBox();
      assert.ok(box !== null, 'a stage has a link');
      await window.page.keyboard.down('Control');
      await window.page.mouse.click(box.x + 10, box.y + 8);
      await window.page.keyboard.up('Control');
      const there = async (): Promise<boolean> => (await window.shown())?.file.endsWith('virtio_pci_common.c') === true;
      await until('the source behind a link', there, 10_000);
    },
  },
  {
    name: 'text: a scenario file is completed by its schema and run by its lens; a wrong one says where',
    run: async ({ open }) => {
      const folder = mkdtempSync(path.join(tmpdir(), 'virtio-trace-scenarios-'));
      mkdirSync(path.join(folder, '.virtio-trace'));
      const write = (name: string, content: unknown): void =>
        writeFileSync(path.join(folder, '.virtio-trace', `${name}.scenario.json`), JSON.stringify(content, null, 2));
      write('mine', SCENARIO);
      write('wrong', { ...SCENARIO, name: 'wrong', route: 'nowhere' });
      const window = await open(folder);
      await window.page.locator('.activitybar .action-label[aria-label^="Virtio Trace"]').click();
      await window.page.getByRole('treeitem', { name: /stock/ }).first().waitFor({ timeout: 15_000 });
      await window.quickOpen('mine.scenario.json');
      const lens = window.page.locator('.codelens-decoration a:visible', { hasText: 'Run this scenario' });
      await lens.waitFor({ timeout: 15_000 });
      await window.screenshot('lens');
      await lens.click();
      const replay = new Replay(window);
      await replay.ready();
      await window.panel().getByText('mine').first().waitFor();

      await window.quickOpen('wrong.scenario.json');
      await until(
        'a mark below the wrong route',
        async () => (await window.page.locator('.squiggly-warning, .squiggly-error').count()) > 0,
        15_000,
      );
      await window.page.locator('.codelens-decoration a:visible', { hasText: 'Run this scenario' }).last().click();
      const toast = window.page.locator('.notification-toast', { hasText: '/route' });
      await toast.waitFor({ timeout: 10_000 });
      await window.screenshot('wrong');
    },
  },
];

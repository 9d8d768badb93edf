import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Replay, trace, until } from '../replay.ts';
import type { Scenario } from '../runner.ts';
import type { Workbench } from '../workbench.ts';

const COMMAND = 'Virtio Trace: Trace virtio-console write';

async function notified(window: Workbench, pattern: RegExp): Promise<void> {
  await until(
    `a notification like ${pattern}`,
    async () => (await window.notifications()).some((text) => pattern.test(text)),
    30_000,
  );
}

/** What can be wrong in front of the command: each gets a sentence that says what to do, and nothing hangs. */
export const badInput: readonly Scenario[] = [
  {
    name: 'a setting that names a folder which is no ACRN tree: a message with that folder',
    settings: () => ({ 'virtioTrace.acrnPath': mkdtempSync(path.join(tmpdir(), 'virtio-trace-no-tree-')) }),
    run: async ({ open }) => {
      const window = await open();
      await window.palette(COMMAND);
      for (const _question of ['scenario', 'text', 'backend']) {
        await window.answer();
        await window.page.waitForTimeout(500);
      }
      await notified(window, /virtio-trace-no-tree-/);
      await window.screenshot('message');
    },
  },
  {
    name: 'Escape at the first question: nothing opens, nothing is said',
    run: async ({ open }) => {
      const window = await open();
      await window.palette(COMMAND);
      await window.page.locator('.quick-input-widget input:visible').first().waitFor();
      await window.page.keyboard.press('Escape');
      await window.page.waitForTimeout(1500);
      assert.equal(await window.page.locator('iframe.webview').count(), 0);
      assert.deepEqual(await window.notifications(), []);
    },
  },
  {
    name: 'an empty text: the command says so, or runs; nothing hangs',
    run: async ({ open }) => {
      const window = await open();
      await window.palette(COMMAND);
      await window.answer();
      await window.page.waitForTimeout(500);
      await window.answer('');
      await window.page.waitForTimeout(1000);
      const asksAgain = await window.page.locator('.quick-input-widget:visible').isVisible();
      if (asksAgain) await window.page.keyboard.press('Enter');
      await until(
        'a replay, a notification or a message in the question',
        async () =>
          (await new Replay(window).button('Step forward').count()) > 0 ||
          (await window.notifications()).length > 0 ||
          (await window.page.locator('.quick-input-message:visible').count()) > 0,
        30_000,
      );
    },
  },
  {
    name: 'a second trace after the first: one panel, a fresh run',
    run: async ({ open }) => {
      const window = await open();
      const first = await trace(window);
      await first.press('Step forward');
      await window.page.keyboard.press('Escape');
      await window.page.waitForTimeout(500);
      const second = await trace(window, 'again');
      await second.press('Step forward');
      assert.equal(await window.page.locator('iframe.webview.ready').count(), 1);
    },
  },
];

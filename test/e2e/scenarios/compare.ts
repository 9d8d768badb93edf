import assert from 'node:assert/strict';
import type { FrameLocator } from 'playwright-core';
import { until } from '../replay.ts';
import { presentTree, type Scenario } from '../runner.ts';
import type { Workbench } from '../workbench.ts';

/** The numbers that a row of the table of counts shows for both runs. */
async function counts(view: FrameLocator, name: string): Promise<readonly [number, number]> {
  const cells = await view.locator('table.figures tr', { hasText: name }).first().locator('td').allTextContents();
  return [Number(cells[0]?.replaceAll(',', '')), Number(cells[1]?.replaceAll(',', ''))];
}

async function compareStockWith(window: Workbench, scenario: string): Promise<FrameLocator> {
  await window.palette('Virtio Trace: Compare two runs');
  await window.answer();
  await window.page.waitForTimeout(600);
  await window.answer(scenario);
  const view = window.panel();
  await view.locator('table.figures').waitFor({ timeout: 60_000 });
  return view;
}

/** Two runs side by side, and two trees under one run. */
export const comparing: readonly Scenario[] = [
  {
    name: 'compare two runs: stock against ioeventfd, difference by difference, the code beside them',
    run: async ({ open }) => {
      const window = await open();
      const view = await compareStockWith(window, 'ioeventfd');
      const [without, withFd] = await counts(view, 'eventfd signals');
      assert.ok(withFd > without, `ioeventfd signals ${withFd} times, stock ${without}`);
      const exits = await counts(view, 'VM exits');
      assert.ok(exits[0] > 0 && exits[1] > 0, 'both runs leave the guest');
      await view.getByText('The same bytes leave the machine.').waitFor();
      await window.screenshot('runs');
      await view.getByRole('button', { name: 'Next difference' }).click();
      await until('the code of a difference', async () => (await window.shown()) !== undefined, 15_000);
      await view.getByText('Differences only').click();
      const all = await view.getByRole('option').count();
      assert.ok(all > 5, 'rows that differ are listed');
      assert.equal(await view.locator('.row.is-same').count(), 0);
      await window.screenshot('differences-only');
    },
  },
  {
    name: 'compare two trees: the embedded sample against the real ones, under one run',
    needs: ['acrn', 'linux'],
    run: async ({ open }) => {
      const window = await open();
      await window.palette('Virtio Trace: Compare two source trees');
      const input = window.page.locator('.quick-input-widget input:visible').first();
      await input.waitFor();
      await input.fill(`${presentTree('linux')}/`);
      await window.page.waitForTimeout(1000);
      await window.page.keyboard.press('Enter');
      await window.page.waitForTimeout(500);
      const view = window.panel();
      await view.locator('.side-heads').waitFor({ timeout: 90_000 });
      const heads = await view.locator('.side-head').allTextContents();
      assert.match(heads[0] ?? '', /Linux 6\.12\.0-sample/);
      assert.match(heads[1] ?? '', /of \d+ stages found/);
      await window.screenshot('trees');
      await view.locator('td.is-shown').first().locator('vscode-link').click();
      await until('the code of a row', async () => (await window.shown()) !== undefined, 15_000);
      await window.screenshot('trees-code');
    },
  },
];

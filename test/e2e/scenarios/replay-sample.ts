import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Folders, trace, until, walk } from '../replay.ts';
import type { Scenario } from '../runner.ts';
import type { Workbench } from '../workbench.ts';

/** The sample trees inside the installed extension, as the editor's file shows where that is. */
async function installedSample(window: Workbench): Promise<Folders> {
  await until('code in the editor', async () => (await window.shown()) !== undefined, 30_000);
  const { file } = (await window.shown()) ?? { file: '' };
  const at = file.lastIndexOf(`${path.sep}sample${path.sep}`);
  assert.ok(at !== -1, `the editor shows ${file}, which is no part of the sample`);
  const sample = file.slice(0, at + '/sample'.length);
  assert.deepEqual(
    readdirSync(sample).filter((name) => ['acrn', 'linux'].includes(name)),
    ['acrn', 'linux'],
  );
  return { acrn: path.join(sample, 'acrn'), linux: path.join(sample, 'linux') };
}

/** What a newcomer does: no sources at hand, F1, Enter, Enter, then step by step. */
export const replayOnSample: readonly Scenario[] = [
  {
    name: 'without any folder, Enter, Enter: the whole path on the sample, the editor at every step',
    run: async ({ open }) => {
      const window = await open();
      const replay = await trace(window);
      const folders = await installedSample(window);
      const said = [...(await window.notifications()), await window.panel().locator('body').textContent()].join('\n');
      assert.match(said, /sample/i, 'the user is told that this is the sample');
      await window.screenshot('start');
      await walk(window, replay, folders, 'to the end');
      await window.screenshot('end');
    },
  },
  {
    name: 'a folder without any tree, a text of one line: step back, play, pause, a click on a stage',
    run: async ({ open }) => {
      const folder = mkdtempSync(path.join(tmpdir(), 'virtio-trace-folder-'));
      writeFileSync(path.join(folder, 'notes.txt'), 'no C here\n');
      const window = await open(folder);
      const replay = await trace(window, 'one line');
      await installedSample(window);
      const first = await replay.position();
      await replay.press('Step forward');
      const second = await replay.step();
      await replay.press('Step forward');
      await replay.press('Step back');
      assert.deepEqual(await replay.step(), second);
      await replay.button('Play').click();
      await until('two steps of playing', async () => (await replay.position()).step >= first.step + 3, 15_000);
      await replay.button('Pause').click();
      const { step } = await replay.position();
      await window.page.waitForTimeout(1500);
      assert.ok((await replay.position()).step <= step + 1, 'it goes on after Pause');
      await window.screenshot('paused');
      await replay.click('hvc_push');
      await until('the clicked stage', async () => (await replay.step()).function === 'hvc_push');
      await until('hvc_console.c', async () => (await window.shown())?.file.endsWith('hvc_console.c') === true);
    },
  },
];

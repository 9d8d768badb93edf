import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { until } from './replay.ts';
import type { Workbench } from './workbench.ts';

/** The views, by their names. */
export class Views {
  readonly #window: Workbench;

  constructor(window: Workbench) {
    this.#window = window;
  }

  /** Opens the container by its icon in the activity bar. */
  async open(): Promise<void> {
    const icon = this.#window.page.getByRole('tab', { name: /Virtio Trace/ }).first();
    await icon.click();
    await this.pane('Routes')
      .waitFor()
      .catch(() => undefined);
  }

  /** A view by the name in its title. */
  pane(name: string): Locator {
    return this.#window.page
      .locator('.pane', { has: this.#window.page.locator('.pane-header', { hasText: name }) })
      .first();
  }

  /** Unfolds or folds a view. */
  async toggle(name: string): Promise<void> {
    await this.pane(name).locator('.pane-header').click();
  }

  /** A row of a view by the words it is read out with. */
  row(view: string, words: RegExp): Locator {
    return this.pane(view).getByRole('treeitem', { name: words }).first();
  }

  /** Unfolds a row. */
  async expand(view: string, words: RegExp): Promise<void> {
    const row = this.row(view, words);
    await row.waitFor({ timeout: 60_000 });
    await row.locator('.monaco-tl-twistie').click();
    await until(`${words} unfolded`, async () => (await row.getAttribute('aria-expanded')) === 'true', 15_000);
  }

  /** Presses a button that a row shows under the pointer. */
  async press(view: string, words: RegExp, button: string): Promise<void> {
    const row = this.row(view, words);
    await row.hover();
    await row.getByRole('button', { name: button }).click();
  }

  /** What the rows of a view are read out as. */
  async names(view: string): Promise<string[]> {
    const rows = await this.pane(view).getByRole('treeitem').all();
    return Promise.all(rows.map(async (row) => (await row.getAttribute('aria-label')) ?? ''));
  }
}

/** Waits until a notification says something. */
export async function notified(window: Workbench, pattern: RegExp, limit = 60_000): Promise<void> {
  await until(
    `a notification like ${pattern}`,
    async () => (await window.notifications()).some((text) => pattern.test(text)),
    limit,
  );
}

/** The text of the editor in front, as far as it is on screen. */
export async function editorText(window: Workbench): Promise<string> {
  const lines = await window.page.locator('.editor-instance:visible .view-line').allInnerTexts();
  return lines.map((line) => line.replaceAll('\u00a0', ' ')).join('\n');
}

/** Waits until the editor in front shows something. */
export async function shows(window: Workbench, pattern: RegExp, limit = 60_000): Promise<void> {
  await until(`an editor that shows ${pattern}`, async () => pattern.test(await editorText(window)), limit);
}

/** Puts a path into the dialog that asks for a file or folder, and takes it. */
export async function answerDialog(window: Workbench, file: string): Promise<void> {
  const input = window.page.locator('.quick-input-widget input:visible').first();
  await input.waitFor();
  await window.page.waitForTimeout(600);
  await input.fill(file);
  await window.page.waitForTimeout(1200);
  await window.page.keyboard.press('Enter');
}

/** The text of our item in the status bar. */
export async function treesInStatusBar(window: Workbench): Promise<string> {
  const item = window.page.locator('.statusbar-item[id$=".trees"]');
  await item.waitFor({ timeout: 30_000 });
  return ((await item.textContent()) ?? '').trim();
}

/** Fails where a list holds what it should not. */
export function none(list: readonly string[], pattern: RegExp): void {
  assert.deepEqual(
    list.filter((one) => pattern.test(one)),
    [],
  );
}

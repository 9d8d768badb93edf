import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { until } from './replay.ts';
import type { Workbench } from './workbench.ts';

/** A C file in the editor, as a person reads and edits it. */
export class CEditor {
  readonly #window: Workbench;

  constructor(window: Workbench) {
    this.#window = window;
  }

  /** Opens a file of the open folder, and puts the cursor to a line and column. */
  async open(name: string, line: number, column = 1): Promise<void> {
    await this.#window.quickOpen(name);
    await until(
      `${name} in the editor`,
      async () => (await this.#window.shown())?.file.endsWith(name) === true,
      15_000,
    );
    await this.goTo(line, column);
  }

  /** Puts the cursor to a line and column. */
  async goTo(line: number, column = 1): Promise<void> {
    const { page } = this.#window;
    await page.keyboard.press('Control+KeyG');
    const input = page.locator('.quick-input-widget input:visible').first();
    await input.fill(`:${line}:${column}`);
    await page.waitForTimeout(200);
    await page.keyboard.press('Enter');
    await until(`line ${line}`, async () => (await this.#window.shown())?.line === line, 10_000);
  }

  /** Visible lenses, as one text each. */
  lenses(): Promise<string[]> {
    return this.#window.page.locator('.codelens-decoration:visible').allInnerTexts();
  }

  /** A visible lens with this text. */
  lens(text: RegExp | string): Locator {
    return this.#window.page.locator('.codelens-decoration a:visible', { hasText: text }).first();
  }

  /** Waits until a lens with this text is on screen. */
  async sees(text: RegExp, milliseconds = 60_000): Promise<void> {
    const seen = async (): Promise<boolean> => (await this.lenses()).some((lens) => text.test(plain(lens)));
    await until(`a lens like ${text}`, seen, milliseconds).catch(async (error: unknown) => {
      throw new Error(`${String(error)}; on screen: ${(await this.lenses()).map(plain).join(' ## ')}`);
    });
  }

  /** What the hover at the cursor says. */
  async hover(expected: RegExp): Promise<string> {
    const { page } = this.#window;
    const texts = async (): Promise<string> =>
      plain((await page.locator('.monaco-hover:visible .hover-contents').allInnerTexts()).join('\n'));
    // what stands at the cursor is known once there are lenses
    await this.sees(/./, 10_000).catch(() => undefined);
    await page.keyboard.press('Control+KeyK');
    await page.keyboard.press('Control+KeyI');
    await until(`a hover like ${expected}`, async () => expected.test(await texts()), 60_000).catch(
      async (error: unknown) => {
        throw new Error(`${String(error)}; it says: ${await texts()}`);
      },
    );
    return texts();
  }

  /** Rows of a peek that is open in the editor: the places it lists. */
  async peekRows(): Promise<string[]> {
    const rows = this.#window.page.locator('.zone-widget .monaco-list-row');
    await rows.first().waitFor({ timeout: 30_000 });
    return (await rows.allInnerTexts()).map(plain);
  }

  /** Closes a peek or a hover. */
  async escape(): Promise<void> {
    const { page } = this.#window;
    await page.keyboard.press('Escape');
    await page.waitForTimeout(500);
  }

  /** Waits for a row of the side bar with this text; answers all rows there. */
  async viewRows(wanted: RegExp): Promise<string[]> {
    const rows = this.#window.page.locator('.sidebar .monaco-list-row');
    const texts = async (): Promise<string[]> => (await rows.allInnerTexts()).map(plain);
    await until(`a row like ${wanted}`, async () => (await texts()).some((text) => wanted.test(text)), 60_000).catch(
      async (error: unknown) => {
        throw new Error(`${String(error)}; rows: ${(await texts()).join(' ## ')}`);
      },
    );
    return texts();
  }
}

/** Text without the spaces that do not break and the marks that lenses carry. */
export const plain = (text: string): string => text.replace(/[\u00a0\s]+/g, ' ').trim();

/** Fails with all texts where none is like the pattern. */
export function oneLike(texts: readonly string[], pattern: RegExp): void {
  assert.ok(
    texts.some((text) => pattern.test(text)),
    `none of these is like ${pattern}:\n${texts.join('\n')}`,
  );
}

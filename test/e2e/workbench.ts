import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { type Browser, chromium, type FrameLocator, type Page } from 'playwright-core';

/** Where screenshots and logs are kept; git ignores it. */
export const ARTIFACTS = path.join(import.meta.dirname, '.artifacts');

const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts the browser: Debian's Chromium, or the one that `CHROMIUM` names. */
export async function startBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: CHROMIUM_ARGS });
}

/** What the code editor shows: the file's path as its tab tells it, and the line of the cursor. */
export interface Shown {
  readonly file: string;
  readonly line: number;
}

/** A VS Code window, driven as a person would: by keys, clicks and what can be seen. */
export class Workbench {
  readonly page: Page;
  readonly #name: string;

  private constructor(page: Page, name: string) {
    this.page = page;
    this.#name = name;
  }

  /** Opens a window on a folder, or without one, and waits until it is ready. `name` marks its screenshots. */
  static async open(browser: Browser, url: string, name: string, folder?: string): Promise<Workbench> {
    const permissions = ['clipboard-read', 'clipboard-write'];
    const context = await browser.newContext({ viewport: { width: 1600, height: 1000 }, permissions });
    const page = await context.newPage();
    await page.goto(folder === undefined ? `${url}/?ew=true` : `${url}/?folder=${encodeURIComponent(folder)}`);
    await page.locator('.monaco-workbench').waitFor();
    await page.locator('.statusbar-item').first().waitFor();
    return new Workbench(page, name);
  }

  /** Runs a command by its full title in the palette. */
  async palette(title: string): Promise<void> {
    await this.#pick('F1', `>${title}`, title);
  }

  /** Opens a file by its name. */
  async quickOpen(name: string): Promise<void> {
    await this.#pick('Control+KeyP', name, name);
  }

  /** Puts the cursor of the active editor to a line. */
  async goToLine(line: number): Promise<void> {
    await this.#pick('Control+KeyG', `:${line}`, String(line));
  }

  /**
   * Waits for a question (an input box or a list), the one of a title where it is named, and answers it with Enter. Without
   * its title a question may be taken for the one before it.
   */
  async answer(text?: string, title = ''): Promise<void> {
    const input = this.page.locator('.quick-input-widget input:visible');
    await this.page.locator('.quick-input-widget:visible', { hasText: title }).first().waitFor({ timeout: 30_000 });
    await input.first().waitFor();
    // Where a webview had the focus, the editor may give it back late, after the question has come up.
    await input.first().click();
    if (text !== undefined) await input.first().fill(text);
    await this.page.waitForTimeout(300);
    await this.page.keyboard.press('Enter');
  }

  /** Where the code editor stands; undefined while no code is shown. */
  async shown(): Promise<Shown | undefined> {
    const seen = await this.page.evaluate(() => {
      const groups = [...document.querySelectorAll('.editor-group-container')];
      const group = groups.find((it) => it.querySelector('.editor-instance .active-line-number') !== null);
      const tab = group?.querySelector('.tab.active');
      return {
        line: group?.querySelector('.editor-instance .active-line-number')?.textContent,
        name: tab?.getAttribute('data-resource-name'),
        folder: tab?.querySelector('.label-description')?.textContent,
      };
    });
    if (!seen.line || !seen.name || !seen.folder) return undefined;
    return { file: path.join(seen.folder.replace(/^~/, homedir()), seen.name), line: Number(seen.line) };
  }

  /** The content of the webview panel. */
  panel(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
  }

  /** The notifications on screen, as text. */
  async notifications(): Promise<string[]> {
    return this.page.locator('.notification-toast').allInnerTexts();
  }

  /** Keeps a picture of the window, with the window's name in front. */
  async screenshot(what: string): Promise<void> {
    mkdirSync(ARTIFACTS, { recursive: true });
    await this.page.screenshot({ path: path.join(ARTIFACTS, `${this.#name}-${what}.png`) });
  }

  /** Keeps a picture of a part of the window under a name of its own. */
  async picture(
    name: string,
    clip: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
  ): Promise<void> {
    mkdirSync(ARTIFACTS, { recursive: true });
    await this.page.screenshot({ path: path.join(ARTIFACTS, `picture-${name}.png`), clip });
  }

  /** Closes the window. */
  async close(): Promise<void> {
    await this.page.context().close();
  }

  /**
   * Opens the list on top by a key, types, and takes the first row once that is the expected one. Just after a window has
   * opened the list does not know everything yet: then it is closed and opened again.
   */
  async #pick(key: string, text: string, row: string): Promise<void> {
    const widget = this.page.locator('.quick-input-widget');
    const expected = widget.locator('.monaco-list-row[data-index="0"]', { hasText: row });
    for (let tries = 1; ; tries++) {
      await this.page.keyboard.press(key);
      await widget.locator('input:visible').first().fill(text);
      const found = await expected.waitFor({ timeout: 3000 }).then(
        () => true,
        () => false,
      );
      if (found) break;
      if (tries === 10) throw new Error(`"${row}" is not the first row for "${text}"`);
      await this.page.keyboard.press('Escape');
      await this.page.waitForTimeout(500);
    }
    await this.page.waitForTimeout(250);
    await this.page.keyboard.press('Enter');
  }
}

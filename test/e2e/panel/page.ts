import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as esbuild from 'esbuild';
import type { Browser, Page } from 'playwright-core';

/** Where the built panel lies. */
const DIST = path.resolve('dist');
const ORIGIN = 'http://panel.test';
const NONCE = 'panelnonce';

/** How the page is looked at. */
export interface Look {
  readonly width: number;
  readonly height: number;
  readonly scheme?: 'light' | 'dark';
  readonly contrast?: 'more' | 'no-preference';
  readonly language?: 'en' | 'zh-cn';
  readonly reducedMotion?: boolean;
}

/** What the page notes of its own frames: end of each, and its begin, put forward by what messages before it took; in ms. */
export interface Frames {
  readonly begins: number[];
  readonly ends: number[];
}

let hostScript: string | undefined;

/** The host as one script, bundled once. */
async function fakeHost(): Promise<string> {
  if (hostScript === undefined) {
    const { outputFiles } = await esbuild.build({
      entryPoints: [path.resolve('test/e2e/panel/fake-host.ts')],
      bundle: true,
      format: 'iife',
      platform: 'browser',
      target: 'es2022',
      write: false,
      logLevel: 'warning',
    });
    hostScript = outputFiles[0]?.text ?? '';
  }
  return hostScript;
}

/** What stands around the panel: VS Code's side of the messages, and a note of every frame's script time. */
const AROUND = `
  const frames = { begins: [], ends: [] };
  let answering = 0;
  const fakeView = (message) => {
    const begin = performance.now();
    window.dispatchEvent(new MessageEvent('message', { data: message }));
    window.fake.answered = performance.now();
    answering += window.fake.answered - begin;
  };
  const request = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (draw) => request((time) => {
    const begin = performance.now();
    draw(time);
    frames.begins.push(begin - answering);
    answering = 0;
    frames.ends.push(performance.now());
  });
  const worker = new Worker('host.js');
  const refused = [];
  const arrived = {};
  const prepared = new Promise((done) => {
    worker.addEventListener('message', ({ data }) => {
      if (data.told === 'view') arrived[data.message.t] ??= performance.now();
      if (data.told === 'view') fakeView(data.message);
      if (data.told === 'prepared') done(data.events);
      if (data.told === 'refused') refused.push(data.reason);
    });
  });
  let state;
  window.acquireVsCodeApi = () => ({
    postMessage: (message) => worker.postMessage({ ask: 'view', message }),
    getState: () => state,
    setState: (next) => { state = next; },
  });
  window.fake = {
    frames,
    refused,
    arrived,
    seekBegan: 0,
    answered: 0,
    prepare: (run) => { worker.postMessage({ ask: 'prepare', run }); return prepared; },
    open: (language) => {
      frames.begins.length = 0;
      frames.ends.length = 0;
      const start = performance.now();
      worker.postMessage({ ask: 'open', language });
      const script = document.createElement('script');
      script.src = 'webview.js';
      script.nonce = '${NONCE}';
      // The controls read the theme when the page has loaded, which this one has before its panel comes.
      script.addEventListener('load', () => window.dispatchEvent(new Event('load')));
      document.body.append(script);
      return start;
    },
  };
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  const high = matchMedia('(prefers-contrast: more)').matches;
  document.body.dataset.vscodeThemeKind = document.body.className = (high ? 'vscode-high-contrast' : 'vscode') + (dark ? (high ? '' : '-dark') : '-light');
`;

const POLICY = [
  "default-src 'none'",
  `script-src 'nonce-${NONCE}'`,
  `style-src 'self' 'nonce-${NONCE}'`,
  "font-src 'self'",
  "img-src 'self'",
  "worker-src 'self'",
].join('; ');

const HTML = `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}"><meta property="csp-nonce" content="${NONCE}">
<title>Panel</title><link rel="stylesheet" href="theme.css"><link rel="stylesheet" href="webview.css"></head>
<body><script nonce="${NONCE}" src="around.js"></script></body></html>`;

const TYPES: Readonly<Record<string, string>> = { js: 'text/javascript', css: 'text/css', ttf: 'font/ttf' };

/** What the page's own script hangs on the window. */
interface Fake {
  readonly frames: Frames;
  readonly refused: string[];
  /** Times of messages that arrived for the view, by tag: the first of each. */
  readonly arrived: Record<string, number>;
  seekBegan: number;
  /** When the last message had been dealt with. */
  readonly answered: number;
  prepare(run: string): Promise<number>;
  open(language: string): number;
}

declare global {
  interface Window {
    fake: Fake;
  }
}

/** The built panel in a page of its own, with a host in a worker. */
export class PanelPage {
  readonly page: Page;
  /** Errors of the page's console: there should be none. */
  readonly errors: string[] = [];

  private constructor(page: Page) {
    this.page = page;
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') this.errors.push(message.text());
    });
    page.on('pageerror', (error) => this.errors.push(error.message));
  }

  /** Opens the page and runs `run`; the panel itself opens with `open`. */
  static async prepare(browser: Browser, run: string, look: Look): Promise<PanelPage> {
    const context = await browser.newContext({
      viewport: { width: look.width, height: look.height },
      colorScheme: look.scheme ?? 'light',
      contrast: look.contrast ?? 'no-preference',
      reducedMotion: look.reducedMotion === true ? 'reduce' : 'no-preference',
    });
    const page = await context.newPage();
    const host = await fakeHost();
    const own: Readonly<Record<string, string>> = { '': HTML, 'around.js': AROUND, 'host.js': host };
    await page.route(`${ORIGIN}/**`, async (route) => {
      const name = new URL(route.request().url()).pathname.slice(1);
      const body = own[name] ?? readFileSync(name === 'theme.css' ? 'src/standalone/theme.css' : path.join(DIST, name));
      await route.fulfill({ body, contentType: TYPES[name.slice(name.lastIndexOf('.') + 1)] ?? 'text/html' });
    });
    const made = new PanelPage(page);
    await page.goto(`${ORIGIN}/`);
    await page.evaluate((name) => window.fake.prepare(name), run);
    return made;
  }

  /** Opens the panel and waits until it has drawn everything; ms from the beginning to the end of the last draw. */
  async open(language: 'en' | 'zh-cn' = 'en'): Promise<number> {
    const start = await this.page.evaluate((name) => window.fake.open(name), language);
    await this.page.locator('.timeline-note[hidden]').waitFor({ state: 'attached', timeout: 60_000 });
    await this.quiet();
    return (await this.lastDraw()) - start;
  }

  /** Waits until nothing has been drawn for a while. */
  async quiet(): Promise<void> {
    await this.page.waitForFunction(
      () => performance.now() - Math.max(window.fake.frames.ends.at(-1) ?? 0, window.fake.answered) > 250,
      undefined,
      { polling: 50 },
    );
  }

  /** When the last draw ended, on a canvas or by what a message changed, in ms of the page's clock. */
  async lastDraw(): Promise<number> {
    return this.page.evaluate(() => Math.max(window.fake.frames.ends.at(-1) ?? 0, window.fake.answered));
  }

  /** Script time of each frame drawn since the last call, in ms. */
  async takeFrames(): Promise<number[]> {
    return this.page.evaluate(() => {
      const { begins, ends } = window.fake.frames;
      const times = ends.map((end, at) => end - (begins[at] ?? end));
      begins.length = 0;
      ends.length = 0;
      return times;
    });
  }

  /** Keeps a picture in the folder of artefacts. */
  async screenshot(name: string): Promise<void> {
    const folder = path.resolve('test/e2e/.artifacts/panel');
    mkdirSync(folder, { recursive: true });
    await this.page.screenshot({ path: path.join(folder, `${name}.png`) });
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}

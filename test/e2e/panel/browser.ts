import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Browser } from 'playwright-core';

const ARGS = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-sync'];

/** Debian's Chromium, or the one that `CHROMIUM` names. */
export const chromiumPath = (): string => process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/** A browser; undefined where Chromium or the package that drives it is not installed. Works from every folder of the project. */
export async function findBrowser(): Promise<Browser | undefined> {
  const manifest = path.resolve('test/e2e/package.json');
  if (!existsSync(chromiumPath()) || !existsSync(path.resolve('test/e2e/node_modules/playwright-core')))
    return undefined;
  const { chromium } = createRequire(manifest)('playwright-core') as typeof import('playwright-core');
  return chromium.launch({ executablePath: chromiumPath(), args: ARGS });
}

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';

const FOLDER = fileURLToPath(new URL('./golden/', import.meta.url));

/** Compares a text with `test/golden/NAME`. `RESET_GOLDEN=1` rewrites the file; a missing file fails once it has been written. */
export function expectGolden(name: string, text: string): void {
  const file = path.join(FOLDER, name);
  const known = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  if (known === undefined || process.env['RESET_GOLDEN'] === '1') {
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(file, text);
  }
  if (process.env['RESET_GOLDEN'] === '1') {
    return;
  }
  expect(text, `differs from test/golden/${name}: RESET_GOLDEN=1 rewrites it`).toBe(
    known ?? 'a golden file that was there before',
  );
}

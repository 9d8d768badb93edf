import { spawnSync } from 'node:child_process';
import type { Row } from './rows.ts';

const NAMES = ['panel.open-1m', 'panel.frame', 'panel.seek', 'panel.bundle'];

/**
 * Rows of the panel, measured in the page by a program of its own: the package that drives the browser belongs to test/e2e,
 * which keeps its own dependencies.
 */
export function panelRows(): Row[] {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/run-ts.mjs', 'test/e2e/panel/measure.ts'], {
    encoding: 'utf8',
  });
  if (status === 0) {
    return JSON.parse(stdout) as Row[];
  }
  console.error(stderr);
  return NAMES.map((name) => ({ name, unit: name.endsWith('bundle') ? 'bytes' : 'ms', reason: 'the page failed' }));
}

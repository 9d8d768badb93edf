import { existsSync } from 'node:fs';
import path from 'node:path';
import { it } from 'vitest';

const TREES = {
  ACRN_SRC: { name: 'ACRN', landmark: 'hypervisor/Makefile' },
  LINUX_SRC: { name: 'Linux', landmark: 'include/linux' },
} as const;

/** Tests that need a real tree, by their names. */
export type TreeTests = Readonly<Record<string, (root: string) => void | Promise<void>>>;

/**
 * Declares tests that run on the tree which the environment variable names. Without it they are not declared, and one
 * line says how many were not run: they are counted, not hidden.
 */
export function onRealTree(variable: keyof typeof TREES, tests: TreeTests): void {
  const { name, landmark } = TREES[variable];
  const root = process.env[variable];
  if (root === undefined || root === '' || !existsSync(path.join(root, landmark))) {
    const why =
      root === undefined || root === '' ? `no ${name} tree, set ${variable}` : `${variable} is no ${name} tree`;
    console.log(`${Object.keys(tests).length} not run (${why})`);
    return;
  }
  for (const [title, run] of Object.entries(tests)) {
    it(`${name}: ${title}`, () => run(root), 300_000);
  }
}

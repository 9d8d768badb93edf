import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Seconds that a program takes; undefined where it is not installed or cannot do it. */
export function seconds(program: string, args: readonly string[], cwd?: string): number | undefined {
  const start = process.hrtime.bigint();
  const options = { stdio: 'ignore' as const, ...(cwd === undefined ? {} : { cwd }) };
  const { status } = spawnSync(program, [...args], options);
  return status === 0 ? Number(process.hrtime.bigint() - start) / 1e9 : undefined;
}

/** Seconds of `cscope -bk` over a tree. */
export const cscope = (tree: string): number | undefined =>
  inScratch((folder) => seconds('cscope', ['-bkR', '-s', tree, '-f', path.join(folder, 'out')], folder));

/** Seconds of `ctags -R` over a tree's C. */
export const ctags = (tree: string): number | undefined =>
  inScratch((folder) => seconds('ctags', ['-R', '--languages=C', '-f', path.join(folder, 'tags'), tree], folder));

function inScratch<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(path.join(tmpdir(), 'virtio-trace-bench-'));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

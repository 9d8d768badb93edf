import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Row } from './rows.ts';

const CLI = 'dist/cli.js';

/** Seconds that a program takes; undefined where it is not installed or fails. */
function seconds(program: string, args: readonly string[], cwd?: string): number | undefined {
  const start = process.hrtime.bigint();
  const options = { stdio: 'ignore' as const, ...(cwd === undefined ? {} : { cwd }) };
  const { status } = spawnSync(program, [...args], options);
  return status === 0 ? Number(process.hrtime.bigint() - start) / 1e9 : undefined;
}

/** Adds a peer's figure to a row, where both were measured. */
function beside(row: Row, peer: string, peerValue: number | undefined): Row {
  return row.value === undefined || peerValue === undefined
    ? row
    : { ...row, peer, peerValue, ratio: row.value / peerValue };
}

function inScratch<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'virtio-trace-bench-'));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const cscope = (tree: string): number | undefined =>
  inScratch((folder) => seconds('cscope', ['-bkR', '-s', tree, '-f', join(folder, 'out')], folder));
const ctags = (tree: string): number | undefined =>
  inScratch((folder) => seconds('ctags', ['-R', '--languages=C', '-f', join(folder, 'tags'), tree], folder));

/** Command to first replayable step: the command line as a child process, its own caches empty. */
function firstTrace(acrn: string | undefined, linux: string | undefined): Row[] {
  const cold: Row = { name: 'first-trace.cold', unit: 's', budget: 3 };
  const cached: Row = { name: 'first-trace.cached', unit: 's', budget: 0.5, reason: 'the command line keeps no cache' };
  if (acrn === undefined || linux === undefined || !existsSync(CLI)) {
    const reason = existsSync(CLI) ? 'ACRN_SRC and LINUX_SRC name no trees' : 'npm run build comes first';
    return [{ ...cold, reason }, cached];
  }
  const value = seconds(process.execPath, [CLI, 'trace', '--write', 'hello', '--acrn', acrn, '--linux', linux]);
  const row: Row = value === undefined ? { ...cold, reason: 'the command failed' } : { ...cold, value };
  return [beside(row, 'cscope -bk', row.value === undefined ? undefined : cscope(linux)), cached];
}

function indexRows(acrn: string | undefined): Row[] {
  const row: Row = { name: 'index.acrn', unit: 's', budget: 1 };
  const oneFile: Row = { name: 'index.one-file', unit: 'ms', budget: 50, reason: 'measured in the editor only' };
  const help = existsSync(CLI) ? spawnSync(process.execPath, [CLI, '--help'], { encoding: 'utf8' }).stdout : '';
  if (acrn === undefined || !/^ {2}index /m.test(help)) {
    const reason = acrn === undefined ? 'ACRN_SRC names no tree' : 'the command line has no index command';
    return [{ ...row, reason }, oneFile];
  }
  const value = seconds(process.execPath, [CLI, 'index', acrn, '--json']);
  const measured: Row = value === undefined ? { ...row, reason: 'the command failed' } : { ...row, value };
  return [
    beside(measured, 'ctags', ctags(acrn)),
    beside({ ...measured, name: 'index.acrn (cscope)' }, 'cscope -bk', cscope(acrn)),
    oneFile,
  ];
}

function packageRow(): Row {
  const row: Row = { name: 'extension.vsix', unit: 'bytes', budget: 5 * 1024 * 1024 };
  const file = existsSync('out') ? readdirSync('out').find((name) => name.endsWith('.vsix')) : undefined;
  return file === undefined
    ? { ...row, reason: 'npm run package comes first' }
    : { ...row, value: statSync(join('out', file)).size };
}

/** Rows of whole programs: ours as child processes, peers where they are installed. */
export function programRows(): Row[] {
  const named = (variable: string): string | undefined => {
    const root = process.env[variable];
    return root !== undefined && root !== '' && existsSync(root) ? root : undefined;
  };
  const [acrn, linux] = [named('ACRN_SRC'), named('LINUX_SRC')];
  return [...firstTrace(acrn, linux), ...indexRows(acrn), packageRow()];
}

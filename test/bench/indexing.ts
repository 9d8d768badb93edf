import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type Parser from 'tree-sitter';
import { neverCancelled } from '../../src/base/cancel.ts';
import { createEngine, findEngine } from '../../src/host-node/engines.ts';
import { IndexPool } from '../../src/host-node/index-pool.ts';
import { listTreeFiles } from '../../src/host-node/tree-files.ts';
import { indexText } from '../../src/indexer/index-text.ts';
import { acrnDialect } from '../../src/sourcemap/dialects/acrn-masks.ts';
import { linuxDialect } from '../../src/sourcemap/dialects/linux-masks.ts';
import { cscope, ctags, seconds } from './peers.ts';
import { beside, type Row } from './rows.ts';

const CLI = 'dist/cli.js';
const WORKER = 'dist/index-worker.cjs';

/** The largest file on the stock route, for the cost of one saved file. */
const LARGE_FILE = 'kernel/workqueue.c';

/** Command to first replayable step as a child process, and indexing, with caches of their own that begin empty. */
export async function indexingRows(acrn: string | undefined, linux: string | undefined): Promise<Row[]> {
  const reason = !existsSync(CLI)
    ? 'npm run build comes first'
    : acrn === undefined || linux === undefined
      ? 'ACRN_SRC and LINUX_SRC name no trees'
      : undefined;
  if (acrn === undefined || linux === undefined || reason !== undefined) {
    const names = ['first-trace.cold', 'first-trace.cached', 'index.acrn', 'index.acrn.bare-parse', 'index.one-file'];
    return names.map((name) => ({ name, unit: name.endsWith('file') ? 'ms' : 's', reason: reason ?? '' }));
  }
  return [...firstTrace(acrn, linux), ...indexAcrn(acrn), await ratioToParse(acrn), await oneFile(linux)];
}

function firstTrace(acrn: string, linux: string): Row[] {
  const cache = mkdtempSync(path.join(tmpdir(), 'virtio-trace-bench-'));
  try {
    const command = [CLI, 'trace', '--write', 'hello', '--acrn', acrn, '--linux', linux, '--cache', cache];
    const cold = row({ name: 'first-trace.cold', unit: 's', budget: 3 }, seconds(process.execPath, command));
    const again = [1, 2, 3].map(() => seconds(process.execPath, command) ?? Number.POSITIVE_INFINITY);
    return [
      beside(cold, 'cscope -bk', cscope(linux)),
      row({ name: 'first-trace.cached', unit: 's', budget: 0.5 }, Math.min(...again)),
    ];
  } finally {
    rmSync(cache, { recursive: true, force: true });
  }
}

function indexAcrn(acrn: string): Row[] {
  const times = [1, 2, 3].map(() => seconds(process.execPath, [CLI, 'index', acrn, '--no-cache', '--json']));
  const best = Math.min(...times.map((one) => one ?? Number.POSITIVE_INFINITY));
  const measured = row({ name: 'index.acrn', unit: 's', budget: 1 }, best);
  return [
    beside(measured, 'ctags', ctags(acrn)),
    beside(
      { name: 'index.acrn (cscope)', unit: 's', ...(measured.value && { value: measured.value }) },
      'cscope -bk',
      cscope(acrn),
    ),
  ];
}

/** Processor time of the whole indexing of ACRN against that of the bare parse, both on one thread, best of several. */
async function ratioToParse(acrn: string): Promise<Row> {
  const source = await findEngine();
  if (!('native' in source)) {
    return { name: 'index.acrn.bare-parse', unit: 'times', reason: 'the native parser does not load here' };
  }
  const engine = await createEngine(source);
  const require = createRequire(import.meta.url);
  const Native = require(source.native.parser) as typeof Parser;
  const bare = new Native();
  bare.setLanguage(require(source.native.grammar) as Parser.Language);
  const { files } = await listTreeFiles(acrn);
  const texts = files.map((file) => ({ path: file.path, text: readFileSync(path.join(acrn, file.path), 'utf8') }));
  const parse = (): void => {
    for (const { text } of texts) {
      bare.parse((at) => (at < text.length ? text.slice(at, at + 65_536) : null), undefined, { bufferSize: 65_536 });
    }
  };
  const index = (): void => {
    for (const { path: file, text } of texts) {
      indexText(file, text, engine, acrnDialect);
    }
  };
  const rounds = Array.from({ length: 6 }, () => [processor(parse), processor(index)] as const);
  const [parsing, indexing] = [0, 1].map((at) => Math.min(...rounds.map((round) => round[at] ?? 0)));
  const value = (indexing ?? 0) / (parsing ?? 1);
  return { name: 'index.acrn.bare-parse', unit: 'times', budget: 1.5, value };
}

/** Seconds of processor time. */
function processor(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

/** One saved file read anew by a worker that is warm, as behind an editor. */
async function oneFile(linux: string): Promise<Row> {
  const pool = await IndexPool.start({ workers: 1, program: path.resolve(WORKER) });
  try {
    const text = readFileSync(path.join(linux, LARGE_FILE), 'utf8');
    const times: number[] = [];
    for (let i = 0; i < 30; i++) {
      const start = performance.now();
      await pool.indexTexts(linuxDialect, [{ path: LARGE_FILE, text: `${text}\nint saved${i};\n` }], neverCancelled);
      times.push(performance.now() - start);
    }
    const value = times.toSorted((a, b) => a - b)[times.length >> 1] ?? 0;
    return { name: 'index.one-file', unit: 'ms', budget: 50, value };
  } finally {
    pool.dispose();
  }
}

function row(one: Row, value: number | undefined): Row {
  return value === undefined || !Number.isFinite(value) ? { ...one, reason: 'the command failed' } : { ...one, value };
}

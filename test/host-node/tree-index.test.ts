import { type ChildProcess, spawn } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { neverCancelled } from '../../src/base/cancel.ts';
import type { PoolOptions } from '../../src/host-node/index-pool.ts';
import { readSource } from '../../src/host-node/read-source.ts';
import { listTreeFiles } from '../../src/host-node/tree-files.ts';
import { indexTree, type TreeIndex } from '../../src/host-node/tree-index.ts';
import { MAX_TEXT } from '../../src/indexer/index-text.ts';
import { nativeLoads } from '../native-engine.ts';

let folder: string;
let program: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'tree-index-'));
  program = path.join(folder, 'worker.cjs');
  await build({
    entryPoints: ['src/host-node/index-worker.ts'],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'error',
    external: ['tree-sitter', 'tree-sitter-c'],
    define: { 'import.meta.url': 'here' },
    banner: { js: 'const here = require("node:url").pathToFileURL(__filename).href;' },
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A new folder with files; `0.c`, `1.c` and so on hold `count` functions each where only a number is given. */
function treeOf(name: string, files: Readonly<Record<string, string>>): string {
  const root = path.join(folder, name);
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  }
  return root;
}

const body = (name: string): string => `static int ${name}(struct s *p)\n{\n\treturn p->run(${name.length});\n}\n`;

const indexOf = (root: string, pool: PoolOptions = {}): Promise<TreeIndex> =>
  indexTree(root, { cancel: neverCancelled, want: 'functions', pool });

describe('the index of a whole tree', () => {
  it('counts what is there and lists every function, the same with any number of threads and either engine', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 90 }, (_, i) => [`d${i % 7}/f${i}.c`, body(`f${i}`).repeat(i + 1)]),
    );
    const root = treeOf('many', {
      ...many,
      'boot.S': 'start:\n\tcall main\n',
      'bad.c': 'int f( {;\n',
      'notes.txt': 'no C',
    });
    const here = await indexOf(root);
    expect(here.counts).toMatchObject({ files: 92, filesWithErrors: 1, functions: 4096, indirectCalls: 4095 });
    expect(here.functions[0]).toEqual({ name: 'start', file: 'boot.S', line: 1, static: false, origin: 'label' });
    expect(here.functions.find((row) => row.file === 'd1/f1.c')).toMatchObject({ name: 'f1', line: 1, static: true });
    expect(here.engine).toBe(nativeLoads ? 'tree-sitter' : 'web-tree-sitter');
    for (const workers of [1, 3]) {
      expect(await indexOf(root, { workers, program })).toEqual(here);
    }
    const wasm = await indexOf(root, { engine: 'web-tree-sitter', workers: 2, program });
    expect(wasm).toEqual({ ...here, engine: 'web-tree-sitter' });
  });

  it('goes around links that lead in circles, and reads a file outside once', async () => {
    const outside = treeOf('outside', { 'far.c': body('far'), 'deep/not.c': body('not') });
    const root = treeOf('circle', { 'a/x.c': body('x'), 'b/y.c': body('y') });
    symlinkSync('..', path.join(root, 'a/up'));
    symlinkSync(root, path.join(root, 'b/self'));
    symlinkSync('loop.c', path.join(root, 'loop.c'));
    symlinkSync('../a/x.c', path.join(root, 'b/x-again.c'));
    symlinkSync(path.join(outside, 'far.c'), path.join(root, 'far1.c'));
    symlinkSync(path.join(outside, 'far.c'), path.join(root, 'far2.c'));
    symlinkSync(outside, path.join(root, 'outside'));
    const { functions, problems } = await indexOf(root);
    expect(functions.map((row) => row.name).toSorted()).toEqual(['far', 'x', 'y']);
    expect(problems).toEqual([{ code: 'file-unreadable', args: { path: 'loop.c', reason: 'ELOOP' } }]);
  });

  it('names a folder that may not be read and a header of 50 MB, and indexes the rest', async () => {
    const root = treeOf('closed', { 'open/x.c': body('x'), 'shut/y.c': body('y'), 'gen/huge.h': '' });
    truncateSync(path.join(root, 'gen/huge.h'), 50 << 20);
    chmodSync(path.join(root, 'shut'), 0);
    chmodSync(folder, 0o755);
    const { functions, problems } = await asNobody(() => indexOf(root));
    chmodSync(path.join(root, 'shut'), 0o755);
    expect(functions.map((row) => row.name)).toEqual(['x']);
    expect(problems).toEqual([
      { code: 'file-too-large', args: { path: 'gen/huge.h', bytes: 50 << 20, limit: MAX_TEXT } },
      { code: 'file-unreadable', args: { path: 'shut', reason: 'EACCES' } },
    ]);
  });

  it('says that a folder is not there, and counts nothing in an empty one', async () => {
    await expect(indexOf(path.join(folder, 'nowhere'))).rejects.toMatchObject({ problem: { code: 'no-such-folder' } });
    await expect(indexOf(program)).rejects.toMatchObject({ problem: { code: 'no-such-folder' } });
    expect((await indexOf(treeOf('empty', { 'readme.txt': '' }))).counts.files).toBe(0);
  });

  it('stops soon when it is cancelled, in the list of files and in the midst of them', async () => {
    const root = treeOf(
      'long',
      Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`f${i}.c`, body('f').repeat(9000)])),
    );
    const early = { cancelled: true };
    await expect(listTreeFiles(root, early)).rejects.toMatchObject({ problem: { code: 'cancelled' } });
    const cancel = { cancelled: false };
    const seen: number[] = [];
    const onProgress = (done: number): void => {
      seen.push(done);
      cancel.cancelled = true;
    };
    const running = indexTree(root, { cancel, want: 'counts', pool: { workers: 1, program }, onProgress });
    await expect(running).rejects.toMatchObject({ problem: { code: 'cancelled' } });
    expect(seen[0]).toBeLessThan(10);
  });
});

describe('a file that changes while it is read', () => {
  it('is read again until it holds still, and is a problem where it never does', () => {
    const place = path.join(treeOf('changing', { 'x.c': 'int a;\n' }), 'x.c');
    let changes = 1;
    const reader = (file: string): Uint8Array => {
      const bytes = readFileSync(file);
      if (changes-- > 0) {
        appendFileSync(file, 'int b;\n');
      }
      return bytes;
    };
    expect(readSource(place, 'x.c', reader)).toEqual({ ok: true, value: Buffer.from('int a;\nint b;\n') });
    changes = 9;
    expect(readSource(place, 'x.c', reader)).toMatchObject({ ok: false, error: { code: 'file-changing' } });
  });
});

describe('an index run that is killed', () => {
  it('leaves a cache that the next run completes with the right facts', async () => {
    const root = treeOf(
      'killed',
      Object.fromEntries(Array.from({ length: 400 }, (_, i) => [`f${i}.c`, body(`f${i}`).repeat(40)])),
    );
    const cache = { folder: path.join(folder, 'killed-cache'), stamp: 'x' };
    const whole = await indexOf(root);
    for (let kill = 0; kill < 3; kill++) {
      const before = entriesIn(cache.folder);
      const child = indexProcess(root, cache.folder);
      while (entriesIn(cache.folder) < before + 20 && child.exitCode === null) {
        await wait(2);
      }
      await killed(child);
    }
    const kept = entriesIn(cache.folder);
    expect(kept).toBeGreaterThan(20);
    expect(kept).toBeLessThan(400);
    expect(await indexOf(root, { cache })).toEqual(whole);
    expect(await indexOf(root, { cache })).toEqual(whole);
  });
});

/** A process of its own that indexes a tree with a worker of the bundle, as the command line does. */
function indexProcess(root: string, cache: string): ChildProcess {
  const batch = { id: 0, dialectId: 0, dialect: 'plain', root, want: 'counts' };
  const script = `
    const { Worker } = require('node:worker_threads');
    const { readdirSync } = require('node:fs');
    const require2 = require('node:module').createRequire(${JSON.stringify(path.resolve('package.json'))});
    const native = { parser: require2.resolve('tree-sitter'), grammar: require2.resolve('tree-sitter-c') };
    const { readFileSync } = require('node:fs');
    const wasm = {
      runtime: readFileSync(require2.resolve('web-tree-sitter/web-tree-sitter.wasm')),
      grammar: readFileSync(require2.resolve('tree-sitter-c/tree-sitter-c.wasm')),
    };
    const workerData = { engine: ${nativeLoads} ? { native } : { wasm }, cache: { folder: ${JSON.stringify(cache)}, stamp: 'x' } };
    const worker = new Worker(${JSON.stringify(program)}, { workerData });
    const dialect = { name: 'C', masks: [], makers: [], registrars: [], runners: [], attachers: [], typeMacros: [], units: [], labelMacros: [], neverDefined: [] };
    const files = readdirSync(${JSON.stringify(root)}).map((path) => ({ path }));
    worker.postMessage({ ...${JSON.stringify(batch)}, dialect, files });
    worker.on('message', () => process.exit(0));`;
  return spawn(process.execPath, ['-e', script], { stdio: 'ignore' });
}

async function killed(child: ChildProcess): Promise<void> {
  const ended = new Promise((resume) => child.once('exit', resume));
  if (child.exitCode === null) {
    child.kill('SIGKILL');
    await ended;
  }
}

/** Entries of a cache, whole ones and others. */
function entriesIn(cache: string): number {
  try {
    return readdirSync(cache, { recursive: true, encoding: 'utf8' }).filter((name) => name.includes('.msgpack')).length;
  } catch {
    return 0;
  }
}

/** Runs as a user who may not read everything, where this one may. */
async function asNobody<T>(use: () => Promise<T>): Promise<T> {
  if (process.getuid?.() !== 0) {
    return use();
  }
  process.seteuid?.(65534);
  try {
    return await use();
  } finally {
    process.seteuid?.(0);
  }
}

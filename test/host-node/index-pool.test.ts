import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { neverCancelled } from '../../src/base/cancel.ts';
import { IndexPool } from '../../src/host-node/index-pool.ts';
import { MAX_TEXT } from '../../src/indexer/index-text.ts';
import { testDialect } from '../indexer/test-dialect.ts';

let folder: string;
let program: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'index-pool-'));
  program = path.join(folder, 'worker.cjs');
  await build({
    entryPoints: ['src/host-node/index-worker.ts'],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'error',
    define: { 'import.meta.url': 'here' },
    banner: { js: 'const here = require("node:url").pathToFileURL(__filename).href;' },
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, content: string | Uint8Array): string => {
  writeFileSync(path.join(folder, name), content);
  return name;
};

/** Some C files, each with a function of its own. */
const manyFiles = (count: number): { path: string; text: string }[] =>
  Array.from({ length: count }, (_, i) => ({
    path: `f${i}.c`,
    text: `int f${i}(void)\n{\n\treturn g(${i});\n}\n`.repeat(200),
  }));

async function withPool<T>(workers: number, use: (pool: IndexPool) => Promise<T>, worker = program): Promise<T> {
  const pool = await IndexPool.start({ workers, program: worker });
  try {
    return await use(pool);
  } finally {
    pool.dispose();
  }
}

describe('the index pool', () => {
  it('gives the same facts in the same order whatever the number of threads', async () => {
    const files = manyFiles(60);
    const here = await withPool(1, (pool) => pool.indexTexts(testDialect, files, neverCancelled), 'nowhere');
    expect(here.facts.map((file) => file.path)).toEqual(files.map((file) => file.path));
    expect(here.facts[7]?.functions[0]?.name).toBe('f7');
    for (const workers of [1, 2, 3]) {
      expect(await withPool(workers, (pool) => pool.indexTexts(testDialect, files, neverCancelled))).toEqual(here);
    }
  });

  it('reads files itself and says which it could not read', async () => {
    mkdirSync(path.join(folder, 'folder.c'));
    symlinkSync('loop.c', path.join(folder, 'loop.c'));
    write('latin1.c', Uint8Array.from(Buffer.from('/* caf\xe9 */ int f(void) { return 0; }\n', 'latin1')));
    const names = [write('good.c', 'int good;\n'), 'missing.c', 'folder.c', 'loop.c', 'latin1.c', write('empty.c', '')];
    const { facts, problems } = await withPool(2, (pool) =>
      pool.indexFiles(testDialect, folder, names, neverCancelled),
    );
    expect(facts.map((file) => file.path)).toEqual(['good.c', 'latin1.c', 'empty.c']);
    expect(facts[1]?.functions.map((f) => f.name)).toEqual(['f']);
    expect(problems).toEqual([
      { code: 'file-unreadable', args: { path: 'missing.c', reason: 'ENOENT' } },
      { code: 'file-unreadable', args: { path: 'folder.c', reason: 'ENOTFILE' } },
      { code: 'file-unreadable', args: { path: 'loop.c', reason: 'ELOOP' } },
      { code: 'file-not-utf8', args: { path: 'latin1.c' } },
    ]);
  });

  it('does not wait on a pipe and does not read a file of 50 MB', async () => {
    execFileSync('mkfifo', [path.join(folder, 'pipe.c')]);
    truncateSync(path.join(folder, write('huge.h', 'int x;\n')), 50 * 1024 * 1024);
    const names = ['pipe.c', 'huge.h'];
    const { facts, problems } = await withPool(1, (pool) =>
      pool.indexFiles(testDialect, folder, names, neverCancelled),
    );
    expect(facts).toEqual([]);
    expect(problems).toEqual([
      { code: 'file-unreadable', args: { path: 'pipe.c', reason: 'ENOTFILE' } },
      { code: 'file-too-large', args: { path: 'huge.h', bytes: 50 * 1024 * 1024, limit: MAX_TEXT } },
    ]);
  });

  it('stops when it is cancelled, and works on afterwards', async () => {
    await withPool(1, async (pool) => {
      const signal = { cancelled: false };
      const running = pool.indexTexts(testDialect, manyFiles(3000), signal);
      signal.cancelled = true;
      await expect(running).rejects.toMatchObject({ problem: { code: 'cancelled' } });
      const after = await pool.indexTexts(testDialect, manyFiles(2), neverCancelled);
      expect(after.facts).toHaveLength(2);
    });
  });

  it('says so when a worker dies, and starts another one', async () => {
    const dying = path.join(folder, 'dying.cjs');
    writeFileSync(dying, 'require("node:worker_threads").parentPort.on("message", () => process.exit(3));');
    await withPool(
      1,
      async (pool) => {
        for (let i = 0; i < 2; i++) {
          const running = pool.indexTexts(testDialect, manyFiles(1), neverCancelled);
          await expect(running).rejects.toMatchObject({
            problem: { code: 'worker-failed', args: { reason: 'exit 3' } },
          });
        }
      },
      dying,
    );
  });
});

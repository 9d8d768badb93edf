import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { neverCancelled } from '../../src/base/cancel.ts';
import type { Problem } from '../../src/base/problem.ts';
import { createEngine, findEngine } from '../../src/host-node/engines.ts';
import { extractorStamp } from '../../src/host-node/extractor-stamp.ts';
import { FactCache, type WriteBytes } from '../../src/host-node/fact-cache.ts';
import { userCacheFolder, withFactsSource } from '../../src/host-node/facts.ts';
import { plainC } from '../../src/indexer/dialect.ts';
import type { ParseEngine } from '../../src/indexer/engine.ts';
import type { FileFacts } from '../../src/indexer/facts.ts';
import { indexText } from '../../src/indexer/index-text.ts';
import type { SourceFile } from '../../src/sourcemap/facts-source.ts';
import { testDialect } from '../indexer/test-dialect.ts';

const TEXT = readFileSync('test/indexer/fixtures/bindings.c', 'utf8');

let engine: ParseEngine;
let folder: string;
beforeAll(async () => {
  engine = await createEngine(await findEngine());
});
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'fact-cache-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const cacheOf = (limitBytes?: number, write?: WriteBytes): FactCache =>
  new FactCache({ folder, stamp: 'one', ...(limitBytes === undefined ? {} : { limitBytes }) }, write);

const factsOf = (file: string, text = TEXT): FileFacts => indexText(file, text, engine, testDialect);

/** Every file of the cache, relative to its folder. */
const entries = (): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(path.join(folder, name)).isFile(),
  );

describe('the fact cache', () => {
  it('gives back exactly what was kept, under the path that is asked for, in another process too', () => {
    const cache = cacheOf();
    const key = cache.keyOf('a/x.c', TEXT, testDialect);
    expect(cache.get(key, 'a/x.c')).toBeUndefined();
    cache.put(key, factsOf('a/x.c'));
    expect(cacheOf().get(key, 'a/x.c')).toEqual(factsOf('a/x.c'));
    expect(cacheOf().get(key, 'b/y.c')).toEqual(factsOf('b/y.c'));
    expect(entries()).toHaveLength(1);
  });

  it('names facts by content, dialect, language and extractor, not by path', () => {
    const cache = cacheOf();
    const key = cache.keyOf('x.c', TEXT, testDialect);
    expect(cache.keyOf('other/y.h', new TextEncoder().encode(TEXT), testDialect)).toBe(key);
    expect(cache.keyOf('x.S', TEXT, testDialect)).not.toBe(key);
    expect(cache.keyOf('x.c', `${TEXT} `, testDialect)).not.toBe(key);
    expect(cache.keyOf('x.c', TEXT, plainC)).not.toBe(key);
    expect(new FactCache({ folder, stamp: 'two' }).keyOf('x.c', TEXT, testDialect)).not.toBe(key);
    expect(extractorStamp()).toMatch(/^[0-9a-f]{64}$/);
  });

  it('takes a half-written or damaged entry for none, and mends it', () => {
    const cache = cacheOf();
    const key = cache.keyOf('x.c', TEXT, testDialect);
    cache.put(key, factsOf('x.c'));
    const [name = ''] = entries();
    const place = path.join(folder, name);
    const whole = readFileSync(place);
    for (let size = 0; size < whole.length; size += 97) {
      truncateSync(place, size);
      expect(cache.get(key, 'x.c')).toBeUndefined();
      writeFileSync(place, whole);
    }
    for (let at = 10; at < whole.length; at += 61) {
      const damaged = Uint8Array.from(whole);
      damaged[at] = (damaged[at] ?? 0) ^ 0x55;
      writeFileSync(place, damaged);
      expect(cache.get(key, 'x.c')).toBeUndefined();
    }
    cache.put(key, factsOf('x.c'));
    expect(cache.get(key, 'x.c')).toEqual(factsOf('x.c'));
  });

  it('stops writing when the disk is full, says so, leaves nothing half-written, and goes on reading', () => {
    let room = 1;
    const full: WriteBytes = (file, bytes) => {
      writeFileSync(file, room > 0 ? bytes : bytes.subarray(0, 7));
      if (room-- <= 0) {
        throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
      }
    };
    const cache = cacheOf(undefined, full);
    const keys = [1, 2, 3].map((n) => cache.keyOf('x.c', TEXT + '\n'.repeat(n), testDialect));
    for (const key of keys) {
      cache.put(key, factsOf('x.c'));
    }
    expect(keys.map((key) => cache.get(key, 'x.c') !== undefined)).toEqual([true, false, false]);
    expect(cache.problem).toEqual({ code: 'cache-unwritable', args: { path: folder, reason: 'ENOSPC' } });
    expect(entries()).toHaveLength(1);
  });

  it('is bounded: what was used longest ago goes first, and what a killed process left behind', async () => {
    const cache = cacheOf();
    const keys = Array.from({ length: 20 }, (_, n) => cache.keyOf('x.c', TEXT + '\n'.repeat(n), testDialect));
    for (const [n, key] of keys.entries()) {
      cache.put(key, factsOf('x.c'));
      const place = path.join(
        folder,
        key.slice(0, 2),
        entries()
          .find((name) => name.includes(key.slice(2)))
          ?.slice(3) ?? '',
      );
      utimesSync(place, 1000 + n, 1000 + n);
    }
    const size = cache.writtenBytes / keys.length;
    writeFileSync(path.join(folder, keys[0]?.slice(0, 2) ?? '', 'left.tmp'), 'half');
    utimesSync(path.join(folder, keys[0]?.slice(0, 2) ?? '', 'left.tmp'), 1000, 1000);
    const first = keys[0] ?? '';
    expect(cache.get(first, 'x.c')).toBeDefined();
    await cacheOf(size * 5.5).sweep(cache.writtenBytes);
    const kept = keys.filter((key) => cache.get(key, 'x.c') !== undefined);
    expect(kept).toEqual([first, ...keys.slice(-4)]);
    expect(entries().filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });
});

describe('facts with a cache', () => {
  const files = (changed = ''): SourceFile[] =>
    ['a.c', 'b.c', 'c.h'].map((name) => ({
      path: name,
      text: `int ${name.replace('.', '_')};\n${TEXT}${name === 'b.c' ? changed : ''}`,
    }));
  const read = (sources: readonly SourceFile[], problems: Problem[] = []): Promise<readonly FileFacts[]> =>
    withFactsSource((source) => source.factsOf('acrn', sources, neverCancelled), {
      cacheFolder: folder,
      onProblem: (one) => problems.push(one),
    });

  it('are the same with it, without it, and from it; a changed file alone is read anew', async () => {
    const without = await withFactsSource((source) => source.factsOf('acrn', files(), neverCancelled));
    expect(await read(files())).toEqual(without);
    expect(entries().filter((name) => name.endsWith('.gz'))).toHaveLength(3);
    expect(await read(files())).toEqual(without);
    const changed = await read(files('int fresh(void)\n{\n\treturn 1;\n}\n'));
    expect(changed.find((one) => one.path === 'b.c')?.functions.map((f) => f.name)).toContain('fresh');
    expect(entries().filter((name) => name.endsWith('.gz'))).toHaveLength(4);
  });

  it('are whole where the cache’s folder cannot be made, and the user is told once', async () => {
    writeFileSync(path.join(folder, 'facts'), 'a file where the folder should be');
    const problems: Problem[] = [];
    expect(await read(files(), problems)).toHaveLength(3);
    expect(problems.map((one) => one.code)).toEqual(['cache-unwritable']);
  });

  it('stand in the system’s own place for what can be made anew', () => {
    expect(userCacheFolder({ XDG_CACHE_HOME: path.resolve('x') }, 'linux')).toBe(path.resolve('x', 'virtio-trace'));
    expect(userCacheFolder({ XDG_CACHE_HOME: 'relative' }, 'linux')).toMatch(/\.cache[/\\]virtio-trace$/);
    expect(userCacheFolder({}, 'darwin')).toMatch(/Library[/\\]Caches[/\\]virtio-trace$/);
    expect(userCacheFolder({ LOCALAPPDATA: path.resolve('l') }, 'win32')).toBe(
      path.resolve('l', 'virtio-trace', 'Cache'),
    );
  });
});

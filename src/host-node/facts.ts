import { homedir } from 'node:os';
import path from 'node:path';
import type { CancelSignal } from '../base/cancel.ts';
import type { Disposable } from '../base/disposable.ts';
import type { Problem } from '../base/problem.ts';
import type { FileFacts } from '../indexer/facts.ts';
import { DIALECTS } from '../sourcemap/dialects/dialects.ts';
import type { FactsSource, SourceFile } from '../sourcemap/facts-source.ts';
import type { TreeKind } from '../sourcemap/trees.ts';
import { extractorStamp } from './extractor-stamp.ts';
import { type CacheSettings, FactCache } from './fact-cache.ts';
import { IndexPool, type PoolOptions } from './index-pool.ts';

/** What a host decides about indexing. */
export interface FactsHost {
  /** Folder in which facts are kept between runs; nothing is kept where it is left out. */
  readonly cacheFolder?: string | undefined;
  readonly pool?: Omit<PoolOptions, 'cache'>;
  /** Told what could not be kept or read. */
  readonly onProblem?: (problem: Problem) => void;
}

/** The cache in a folder, for the facts that this program's extractor makes. */
export function cacheIn(folder: string | undefined): CacheSettings | undefined {
  return folder === undefined ? undefined : { folder: path.join(folder, 'facts'), stamp: extractorStamp() };
}

/** Where programs of this user keep what they can make anew: the system's own place. */
export function userCacheFolder(env: NodeJS.ProcessEnv = process.env, platform: string = process.platform): string {
  const name = 'virtio-trace';
  if (platform === 'win32') {
    return path.join(env['LOCALAPPDATA'] ?? path.join(homedir(), 'AppData', 'Local'), name, 'Cache');
  }
  if (platform === 'darwin') {
    return path.join(homedir(), 'Library', 'Caches', name);
  }
  const xdg = env['XDG_CACHE_HOME'];
  return path.join(xdg !== undefined && path.isAbsolute(xdg) ? xdg : path.join(homedir(), '.cache'), name);
}

/** Facts out of the cache and out of worker threads, for as long as `use` runs. */
export async function withFactsSource<T>(use: (source: FactsSource) => Promise<T>, host: FactsHost = {}): Promise<T> {
  const source = new CachedFacts(host);
  try {
    return await use(source);
  } finally {
    source.dispose();
  }
}

/** Texts looked up before others get their turn. */
const TURN = 32;

/**
 * Facts that are kept come from the cache; worker threads are started for the first text whose facts are not, and stay until
 * it is disposed. An editor's window holds one of these.
 */
export class CachedFacts implements FactsSource, Disposable {
  readonly #host: FactsHost;
  readonly #settings: CacheSettings | undefined;
  readonly #cache: FactCache | undefined;
  #pool: Promise<IndexPool> | undefined;

  constructor(host: FactsHost = {}) {
    this.#host = host;
    this.#settings = cacheIn(host.cacheFolder);
    this.#cache = this.#settings === undefined ? undefined : new FactCache(this.#settings);
  }

  async factsOf(kind: TreeKind, files: readonly SourceFile[], cancel: CancelSignal): Promise<readonly FileFacts[]> {
    const kept = await this.#kept(kind, files);
    const missing = files.filter((file) => !kept.has(file.path));
    if (missing.length === 0) {
      return [...kept.values()];
    }
    const { facts, problems } = await (await this.pool()).indexTexts(DIALECTS[kind], missing, cancel);
    for (const problem of problems) {
      this.#host.onProblem?.(problem);
    }
    return [...kept.values(), ...facts];
  }

  /** The threads, also for who indexes a whole tree. A pool that could not be started is tried anew by the next who asks. */
  pool(): Promise<IndexPool> {
    const pool = this.#pool ?? IndexPool.start({ ...this.#host.pool, cache: this.#settings });
    this.#pool = pool;
    pool.catch(() => {
      this.#pool = this.#pool === pool ? undefined : this.#pool;
    });
    return pool;
  }

  async #kept(kind: TreeKind, files: readonly SourceFile[]): Promise<Map<string, FileFacts>> {
    const kept = new Map<string, FileFacts>();
    for (const [at, file] of files.entries()) {
      const facts = this.#cache?.get(this.#cache.keyOf(file.path, file.text, DIALECTS[kind]), file.path);
      if (facts !== undefined) {
        kept.set(file.path, facts);
      }
      if (at % TURN === TURN - 1) {
        await new Promise<void>((resume) => setImmediate(resume));
      }
    }
    return kept;
  }

  dispose(): void {
    this.#pool?.then((pool) => pool.dispose()).catch(() => undefined);
    this.#pool = undefined;
  }
}

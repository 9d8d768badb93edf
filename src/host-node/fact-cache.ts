import { hash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { Packr } from 'msgpackr/pack';
import { type Problem, problem } from '../base/problem.ts';
import type { Dialect } from '../indexer/dialect.ts';
import type { FileFacts } from '../indexer/facts.ts';
import { ageOf, DAY_MS, removeOldest } from './cache-sweep.ts';
import { codeOf } from './tree-files.ts';

/** Where facts are kept, plain data that a worker thread can be started with. */
export interface CacheSettings {
  /** Folder of the cache; it is created where it is not there. */
  readonly folder: string;
  /** Which extractor made the facts (see `extractorStamp`): those of another one are never read. */
  readonly stamp: string;
  /** Most bytes that stay after `sweep`; what was used longest ago goes first. */
  readonly limitBytes?: number;
}

/** Most bytes that the cache keeps: a whole Linux tree takes about half of it. */
const LIMIT_BYTES = 1 << 30;
/** Bytes written since the last sweep that make another one worth its time. */
const SWEEP_AFTER_BYTES = 1 << 24;
const ENTRY = '.msgpack.gz';
/** Written when the folder was swept; its time says when that was. */
const SWEPT = 'swept';

/**
 * The objects that facts are made of, by the names of their fields in order: an entry then need not say them, and reading
 * one compiles no reader of its own. An object of another shape is kept with its names. A change makes another extractor.
 */
const SHAPES: readonly string[] = [
  'path functions calls bindings macros cases structs variables typedefs includes errorLines',
  'name line endLine isStatic origin params returns',
  'name type',
  'callee name indirect args inFunction line',
  'value target receiver struct index callee argument inFunction how line',
  'value target receiver struct index callee argument inFunction line how',
  'name params body line',
  'label inFunction line',
  'name type inFunction line',
  'name line members',
  'name type isFunctionPointer line',
];

/** Bytes to disk: replaced in tests of a full disk. */
export type WriteBytes = (file: string, bytes: Uint8Array) => void;

/**
 * Facts of files by what stands in them: each entry is MessagePack in gzip, in a file named by the SHA-256 of the
 * extractor's stamp, the dialect and the text. An entry is written beside its place and renamed, and gzip's checksum
 * tells a damaged one, so that a process killed in the middle costs one entry at most. Several processes may share the
 * folder. Nothing here throws: facts that cannot be kept are read anew the next time.
 */
export class FactCache {
  readonly settings: CacheSettings;
  readonly #write: WriteBytes;
  readonly #packr = new Packr({
    useRecords: true,
    bundleStrings: true,
    structures: SHAPES.map((shape) => shape.split(' ')),
    maxSharedStructures: SHAPES.length,
  });
  readonly #dialects = new WeakMap<Dialect, string>();
  readonly #folders = new Set<string>();
  #problem: Problem | undefined;
  #written = 0;
  #serial = 0;

  constructor(settings: CacheSettings, write: WriteBytes = writeFileSync) {
    this.settings = settings;
    this.#write = write;
  }

  /** Why nothing is kept any more: a full disk, a folder that may not be written. */
  get problem(): Problem | undefined {
    return this.#problem;
  }

  /** Bytes kept by this object. */
  get writtenBytes(): number {
    return this.#written;
  }

  /** The name of the facts of a text: the same for the same content, wherever the file stands. */
  keyOf(file: string, content: string | Uint8Array, dialect: Dialect): string {
    const kind = /\.[sS]$/.test(file) ? 'assembler' : 'c';
    const content256 = hash('sha256', content);
    return hash('sha256', `${this.settings.stamp}\n${this.#stampOf(dialect)}\n${kind}\n${content256}`);
  }

  /** The facts of that name, as those of the file at `file`; undefined where they are not kept or damaged. */
  get(key: string, file: string): FileFacts | undefined {
    const place = this.#placeOf(key);
    try {
      const facts: unknown = this.#packr.unpack(gunzipSync(readFileSync(place)));
      if (!isFacts(facts)) {
        return undefined;
      }
      const now = new Date();
      utimesSync(place, now, now);
      return { ...facts, path: file };
    } catch {
      return undefined;
    }
  }

  /** Keeps facts under a name. After the first failure nothing more is written: a full disk stays full. */
  put(key: string, facts: FileFacts): void {
    if (this.#problem !== undefined) {
      return;
    }
    const place = this.#placeOf(key);
    const beside = `${place}.${process.pid}-${hash('sha1', key + performance.now()).slice(0, 8)}-${this.#serial++}.tmp`;
    try {
      this.#makeFolder(path.dirname(place));
      const bytes = gzipSync(this.#packr.pack({ ...facts, path: '' }), { level: 1 });
      this.#write(beside, bytes);
      renameSync(beside, place);
      this.#written += bytes.length;
    } catch (error) {
      removeIfThere(beside);
      this.#problem = problem('cache-unwritable', { path: this.settings.folder, reason: codeOf(error) });
    }
  }

  /**
   * Bounds the cache: removes what was used longest ago, and what a killed process left half-written. Does nothing where
   * little was written since the last time. Never waits for the disk: others get their turn meanwhile.
   */
  async sweep(writtenBytes = this.#written): Promise<void> {
    const marker = path.join(this.settings.folder, SWEPT);
    const limit = this.settings.limitBytes ?? LIMIT_BYTES;
    try {
      if (writtenBytes >= Math.min(SWEEP_AFTER_BYTES, limit / 8) || (await ageOf(marker)) >= DAY_MS) {
        await removeOldest(this.settings.folder, limit, ENTRY);
        this.#write(marker, new Uint8Array());
      }
    } catch (error) {
      this.#problem ??= problem('cache-unwritable', { path: this.settings.folder, reason: codeOf(error) });
    }
  }

  #placeOf(key: string): string {
    return path.join(this.settings.folder, key.slice(0, 2), `${key.slice(2)}${ENTRY}`);
  }

  #makeFolder(folder: string): void {
    if (!this.#folders.has(folder)) {
      mkdirSync(folder, { recursive: true });
      this.#folders.add(folder);
    }
  }

  #stampOf(dialect: Dialect): string {
    const stamp = this.#dialects.get(dialect) ?? hash('sha256', JSON.stringify(dialect));
    this.#dialects.set(dialect, stamp);
    return stamp;
  }
}

const LISTS = ['functions', 'calls', 'bindings', 'macros', 'cases', 'structs', 'variables', 'typedefs', 'includes'];

function isFacts(value: unknown): value is FileFacts {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  const lists: Readonly<Record<string, unknown>> = { ...value };
  return [...LISTS, 'errorLines'].every((name) => Array.isArray(lists[name]));
}

/** A leftover that cannot be removed now goes with the next sweep. */
function removeIfThere(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // the folder itself is not there
  }
}

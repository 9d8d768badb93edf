import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';

/** Milliseconds of a day. */
export const DAY_MS = 86_400_000;

interface Entry {
  readonly file: string;
  readonly size: number;
  readonly used: number;
}

/**
 * Removes, from the folders that a cache's folder is divided into, what was used longest ago until at most `limit` bytes
 * stay, and what is no entry (its name does not end in `ending`) and was left there more than a day ago.
 */
export async function removeOldest(folder: string, limit: number, ending: string): Promise<void> {
  const entries = await entriesOf(folder);
  let kept = 0;
  for (const entry of entries.toSorted((a, b) => b.used - a.used)) {
    const isEntry = entry.file.endsWith(ending);
    const isAbandoned = !isEntry && Date.now() - entry.used > DAY_MS;
    if (isAbandoned || (isEntry && kept + entry.size > limit)) {
      await rm(entry.file, { force: true });
    } else {
      kept += entry.size;
    }
  }
}

async function entriesOf(folder: string): Promise<readonly Entry[]> {
  const entries: Entry[] = [];
  for (const name of await readdir(folder)) {
    if (/^[0-9a-f]{2}$/.test(name)) {
      const files = await readdir(path.join(folder, name));
      entries.push(...(await Promise.all(files.map((file) => entryOf(path.join(folder, name, file))))).flat());
    }
  }
  return entries;
}

/** An entry may vanish at any time: another process sweeps too. */
async function entryOf(file: string): Promise<readonly Entry[]> {
  try {
    const { size, mtimeMs } = await stat(file);
    return [{ file, size, used: mtimeMs }];
  } catch {
    return [];
  }
}

/** Milliseconds since a file was written; endless where there is none. */
export async function ageOf(file: string): Promise<number> {
  try {
    return Date.now() - (await stat(file)).mtimeMs;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Recordings in the repository; a folder of the same layout may be given instead. */
export const RECORDED = 'test/recorded';

/** JSON documents of a folder by name without the ending, in order; none where there is no such folder. */
export function documents(folder: string): { readonly name: string; readonly json: unknown }[] {
  const names = existsSync(folder) ? readdirSync(folder).sort() : [];
  return names
    .filter((name) => name.endsWith('.json') && !name.endsWith('.meta.json'))
    .map((name) => ({
      name: name.slice(0, -5),
      json: JSON.parse(readFileSync(join(folder, name), 'utf8')) as unknown,
    }));
}

/** What a comparison brought, for one recording. */
export interface Verdict {
  readonly name: string;
  /** First difference, for people; undefined where both are equal. */
  readonly difference: string | undefined;
  /** Why acrn-dm is meant to differ here, where it is. */
  readonly reason?: string;
}

/** Equal, or where both sides first differ. */
export function compared(name: string, expected: unknown, actual: unknown, reason?: string): Verdict {
  const [a, b] = [JSON.stringify(expected), JSON.stringify(actual)];
  const at = [...a].findIndex((character, i) => character !== b[i]);
  const from = Math.max(0, at - 40);
  const difference = a === b ? undefined : `expected …${a.slice(from, at + 160)} got …${b.slice(from, at + 160)}`;
  return { name, difference, ...(reason === undefined ? {} : { reason }) };
}

import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesUnder } from './source-files.ts';

/** A catalogue's content: sentences, functions that make sentences, and groups of both. */
type Texts = { readonly [key: string]: Texts | string | ((...args: readonly never[]) => string) };

interface Catalogue {
  readonly name: string;
  readonly en: Texts;
  readonly chinese: Texts;
}

function asCatalogue(name: string, value: unknown): Catalogue[] {
  if (typeof value !== 'object' || value === null || !('en' in value) || !('zh-cn' in value)) return [];
  return [{ name, en: value.en as Texts, chinese: value['zh-cn'] as Texts }];
}

/** Every catalogue that a file of `src/texts` exports. */
async function catalogues(): Promise<Catalogue[]> {
  const found = filesUnder('src/texts', '.ts').map(async (file) => {
    const module: Record<string, unknown> = await import(path.resolve(file));
    return Object.entries(module).flatMap(([name, value]) => asCatalogue(`${file} ${name}`, value));
  });
  return (await Promise.all(found)).flat();
}

const placeholders = (text: string): string => (text.match(/\{\d+\}/g) ?? []).sort().join();

/** Where the two languages differ in what they hold, as `path: what`. */
function differences(at: string, en: Texts[string] | undefined, chinese: Texts[string] | undefined): string[] {
  if (typeof en !== typeof chinese || en === undefined || chinese === undefined) return [`${at}: only in one language`];
  if (typeof en === 'string' && typeof chinese === 'string') {
    if (en.trim() === '' || chinese.trim() === '') return [`${at}: empty`];
    return placeholders(en) === placeholders(chinese) ? [] : [`${at}: other placeholders`];
  }
  if (typeof en === 'function' && typeof chinese === 'function') {
    return en.length === chinese.length ? [] : [`${at}: other arguments`];
  }
  if (typeof en !== 'object' || typeof chinese !== 'object') return [];
  const keys = new Set([...Object.keys(en), ...Object.keys(chinese)]);
  return [...keys].flatMap((key) => differences(`${at}.${key}`, en[key], chinese[key]));
}

describe('what the user reads', () => {
  it('is there in both languages, with the same places to fill in', async () => {
    const all = await catalogues();
    expect(all.length).toBeGreaterThan(0);
    expect(all.flatMap(({ name, en, chinese }) => differences(name, en, chinese))).toEqual([]);
  });

  it('is compared for real', () => {
    const en = { a: 'x {0}', b: { c: 'y' }, d: 'z', e: () => 'e' };
    const chinese = { a: 'x', b: { c: ' ' }, e: (_name: string) => 'e' };
    expect(differences('t', en, chinese)).toEqual([
      't.a: other placeholders',
      't.b.c: empty',
      't.d: only in one language',
      't.e: other arguments',
    ]);
  });
});

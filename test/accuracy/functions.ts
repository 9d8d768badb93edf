import type { Part } from '../../src/sourcemap/query/parts.ts';
import { ctagsFunctions, hasCtags } from './ctags.ts';
import { share, type Table } from './table.ts';

/** Definitions that ctags lists and the index does not, and the other way round, over all of ACRN. */
export function functionTable(root: string, parts: readonly Part[]): Table | undefined {
  if (!hasCtags()) {
    return undefined;
  }
  const known = ctagsFunctions(root, ['hypervisor', 'devicemodel', 'misc']);
  const own = new Map<string, string>();
  for (const part of parts) {
    for (const { path, functions } of part.links.allFiles()) {
      for (const fn of functions.filter((one) => one.origin !== 'function-like-macro' && /\.[ch]$/.test(path))) {
        own.set(`${path} ${fn.name}`, `${path}:${fn.line} ${fn.name} (${fn.origin})`);
      }
    }
  }
  const listed = new Set(known.map((one) => `${one.file} ${one.name}`));
  const missed = known.filter((one) => !own.has(`${one.file} ${one.name}`));
  const more = [...own].filter(([key]) => !listed.has(key)).map(([, text]) => text);
  return {
    title: 'functions of ACRN against Universal Ctags',
    rows: [
      ...missed.map((one) => `not indexed: ${one.file}:${one.line} ${one.name}`),
      ...more.map((text) => `not in ctags: ${text}`),
    ],
    bounds: [
      { what: 'definitions that ctags lists', ...share(known.length - missed.length, known.length), least: 0.999 },
    ],
  };
}

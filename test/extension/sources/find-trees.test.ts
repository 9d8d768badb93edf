import { describe, expect, it } from 'vitest';
import { findTrees, type Look } from '../../../src/extension/sources/find-trees.ts';
import type { TreeKind } from '../../../src/sourcemap/trees.ts';

/** A file system of folders; a value says which tree stands there. Counts the folders that are looked at. */
function disk(folders: Readonly<Record<string, TreeKind | ''>>): Look & { looked: number } {
  const all = new Set<string>(['/']);
  for (const folder of Object.keys(folders)) {
    for (let at = folder; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
      all.add(at);
    }
  }
  const look = {
    looked: 0,
    kindOf: (folder: string) => {
      look.looked++;
      return Promise.resolve(folders[folder] || undefined);
    },
    children: (folder: string) =>
      Promise.resolve(
        [...all].filter((one) => one.startsWith(`${folder}/`) && !one.slice(folder.length + 1).includes('/')),
      ),
    parent: (folder: string) => (folder === '/' ? undefined : folder.slice(0, folder.lastIndexOf('/')) || '/'),
  };
  return look;
}

describe('source trees in a workspace', () => {
  it('are found as roots, beside each other, and below, nearest first', async () => {
    const look = disk({ '/w/deep/er/linux': 'linux', '/w/acrn': 'acrn', '/v': 'linux', '/w/acrn/inner': 'linux' });
    expect(await findTrees(['/w', '/v'], look)).toEqual([
      { kind: 'linux', folder: '/v' },
      { kind: 'acrn', folder: '/w/acrn' },
      { kind: 'linux', folder: '/w/deep/er/linux' },
    ]);
  });

  it('are found around a folder that is a part of one, and nothing is searched inside it', async () => {
    const look = disk({ '/src/acrn': 'acrn', '/src/acrn/devicemodel/hw/pci': '', '/src/linux': 'linux' });
    expect(await findTrees(['/src/acrn/devicemodel/hw'], look)).toEqual([{ kind: 'acrn', folder: '/src/acrn' }]);
    expect(look.looked).toBe(3);
  });

  it('are not looked for deeper, higher or longer than the bounds say', async () => {
    const deep = disk({ '/w/1/2/3/4': 'acrn', '/a/b/c/d/e/f': '' });
    expect(await findTrees(['/w'], deep)).toEqual([]);
    expect(await findTrees(['/w'], deep, { depth: 4, folders: 9, above: 0 })).toHaveLength(1);
    const wide = disk(Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`/w/${at}/x/y`, '' as const])));
    await findTrees(['/w'], wide, { depth: 9, folders: 100, above: 1 });
    expect(wide.looked).toBeLessThanOrEqual(102);
  });

  it('are each told once, also where roots overlap', async () => {
    const look = disk({ '/w/acrn': 'acrn' });
    expect(await findTrees(['/w', '/w/acrn', '/w'], look)).toEqual([{ kind: 'acrn', folder: '/w/acrn' }]);
    expect(await findTrees([], look)).toEqual([]);
  });
});

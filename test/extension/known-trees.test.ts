import { describe, expect, it } from 'vitest';
import { KnownTrees } from '../../src/extension/known-trees.ts';
import type { TreeKind } from '../../src/sourcemap/trees.ts';

function treesWith(roots: Readonly<Record<string, TreeKind>>): { trees: KnownTrees; looked: string[] } {
  const looked: string[] = [];
  const trees = new KnownTrees((folder) => {
    looked.push(folder);
    return Promise.resolve(roots[folder]);
  });
  return { trees, looked };
}

describe('the tree of a C file', () => {
  it('costs no look where the path cannot be that of a tree', async () => {
    const { trees, looked } = treesWith({});
    expect(await trees.treeOf('/elsewhere/project/main.c')).toBeUndefined();
    expect(looked).toEqual([]);
  });

  it('is looked for once for all files of a folder', async () => {
    const { trees, looked } = treesWith({ '/src/linux': 'linux' });
    const file = await trees.treeOf('/src/linux/drivers/char/virtio_console.c');
    expect(file).toEqual({ kind: 'linux', root: '/src/linux', path: 'drivers/char/virtio_console.c' });
    await trees.treeOf('/src/linux/drivers/char/misc.c');
    expect(looked).toEqual(['/src/linux']);
  });

  it('may begin at any of the folders that a path names', async () => {
    const { trees } = treesWith({ '/src/linux': 'linux', '/src/lib/acrn': 'acrn' });
    const header = await trees.treeOf('/src/linux/arch/x86/include/asm/io.h');
    expect(header).toMatchObject({ root: '/src/linux', path: 'arch/x86/include/asm/io.h' });
    const host = await trees.treeOf('/src/linux/drivers/virt/acrn/ioreq.c');
    expect(host).toMatchObject({ root: '/src/linux' });
    const inner = await trees.treeOf('/src/lib/acrn/hypervisor/dm/io_req.c');
    expect(inner).toMatchObject({ kind: 'acrn', root: '/src/lib/acrn' });
  });

  it('is told for paths of Windows too', async () => {
    const { trees } = treesWith({ 'C:/src/acrn': 'acrn' });
    const file = await trees.treeOf('C:\\src\\acrn\\devicemodel\\core\\main.c');
    expect(file).toEqual({ kind: 'acrn', root: 'C:/src/acrn', path: 'devicemodel/core/main.c' });
  });

  it('is looked for anew after folders have come or gone', async () => {
    const roots: Record<string, TreeKind> = {};
    const { trees } = treesWith(roots);
    expect(await trees.treeOf('/src/acrn/hypervisor/dm/io_req.c')).toBeUndefined();
    roots['/src/acrn'] = 'acrn';
    expect(await trees.treeOf('/src/acrn/hypervisor/dm/io_req.c')).toBeUndefined();
    trees.forget();
    expect(await trees.treeOf('/src/acrn/hypervisor/dm/io_req.c')).toMatchObject({ kind: 'acrn' });
  });
});

import { describe, expect, it } from 'vitest';
import { problem } from '../../src/base/problem.ts';
import { err, ok } from '../../src/base/result.ts';
import { identifyTree, openTree, roleOf, type TreeReader } from '../../src/sourcemap/trees.ts';

/** A tree in memory. */
function memory(files: Readonly<Record<string, string>>, there = true): TreeReader {
  const text = new Map(Object.entries(files));
  return {
    path: 'tree',
    exists: (path) => Promise.resolve(path === '.' ? there : text.has(path)),
    readText: (path) => {
      const found = text.get(path);
      const missing = problem('file-missing-in-tree', { path, tree: 'tree' });
      return Promise.resolve(found === undefined ? err(missing) : ok({ text: found }));
    },
  };
}

const ACRN = { 'hypervisor/dm/io_req.c': '' };
const LINUX = { 'drivers/virtio/virtio_ring.c': '' };

describe('a tree', () => {
  it('is known by its landmarks', async () => {
    expect(await identifyTree(memory(ACRN))).toBe('acrn');
    expect(await identifyTree(memory({ 'devicemodel/core/vmmapi.c': '' }))).toBe('acrn');
    expect(await identifyTree(memory(LINUX))).toBe('linux');
    expect(await identifyTree(memory({ 'main.c': '' }))).toBeUndefined();
  });

  it('states its version', async () => {
    const version = 'MAJOR_VERSION=3\nMINOR_VERSION=4\nEXTRA_VERSION=-unstable\n';
    const acrn = await openTree('acrn', memory({ ...ACRN, VERSION: version }));
    expect(acrn.ok && acrn.value.info).toEqual({ path: 'tree', version: '3.4-unstable' });
    const make = 'VERSION = 6\nPATCHLEVEL = 12\nSUBLEVEL = 117\nEXTRAVERSION =\nNAME = x\n';
    const linux = await openTree('linux', memory({ ...LINUX, Makefile: make }));
    expect(linux.ok && linux.value.info.version).toBe('6.12.117');
  });

  it('asks the next file where one does not state it, and says unknown in the end', async () => {
    const release = { Makefile: 'obj-y += a.o\n', 'include/config/kernel.release': '6.1.0-18-amd64\n' };
    const built = await openTree('linux', memory({ ...LINUX, ...release }));
    expect(built.ok && built.value.info.version).toBe('6.1.0-18-amd64');
    const header = { 'include/generated/utsrelease.h': '#define UTS_RELEASE "6.12.1"\n' };
    const other = await openTree('linux', memory({ ...LINUX, ...header }));
    expect(other.ok && other.value.info.version).toBe('6.12.1');
    const part = await openTree('linux', memory(LINUX));
    expect(part.ok && part.value.info.version).toBe('unknown');
    const half = await openTree('acrn', memory({ ...ACRN, VERSION: 'MAJOR_VERSION=3\n' }));
    expect(half.ok && half.value.info.version).toBe('unknown');
  });

  it('is refused with the landmark that it lacks, or because there is no such folder', async () => {
    expect(await openTree('acrn', memory(LINUX))).toEqual(
      err(problem('not-a-tree', { path: 'tree', kind: 'acrn', landmark: 'hypervisor/dm/io_req.c' })),
    );
    expect(await openTree('linux', memory({}, false))).toEqual(err(problem('no-such-folder', { path: 'tree' })));
  });

  it('is chosen by the program of a stage', () => {
    expect(roleOf({ program: 'guest-kernel', tree: 'linux' })).toBe('guestLinux');
    expect(roleOf({ program: 'service-vm-kernel', tree: 'linux' })).toBe('serviceLinux');
    expect(roleOf({ program: 'hypervisor', tree: 'acrn' })).toBe('acrn');
    expect(roleOf({ program: 'guest-user', tree: undefined })).toBeUndefined();
  });
});

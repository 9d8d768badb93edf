import { describe, expect, it } from 'vitest';
import { defined } from '../../src/base/assert.ts';
import { type Problem, problem } from '../../src/base/problem.ts';
import { err, ok, type Result } from '../../src/base/result.ts';
import type { FactsSource } from '../../src/sourcemap/facts-source.ts';
import { buildMap } from '../../src/sourcemap/map.ts';
import type { HopRef, StageRef } from '../../src/sourcemap/map-types.ts';
import { reportOf } from '../../src/sourcemap/report.ts';
import type { SourceText, Tree, TreeReader } from '../../src/sourcemap/trees.ts';
import { testFacts } from './fixture-trees.ts';

/** A tree in memory that notes which files were read. */
class MemoryTree implements TreeReader {
  readonly path = 'tree';
  readonly read: string[] = [];
  readonly #files: ReadonlyMap<string, string | Problem>;

  constructor(files: Readonly<Record<string, string | Problem>>) {
    this.#files = new Map(Object.entries(files));
  }

  exists(path: string): Promise<boolean> {
    return Promise.resolve(this.#files.has(path));
  }

  readText(path: string): Promise<Result<SourceText, Problem>> {
    const found = this.#files.get(path);
    if (found === undefined) {
      return Promise.resolve(err(problem('file-missing-in-tree', { path, tree: 'tree' })));
    }
    this.read.push(path);
    return Promise.resolve(typeof found === 'string' ? ok({ text: found }) : err(found));
  }
}

const treeOf = (kind: Tree['kind'], reader: TreeReader, version = '9.9'): Tree => ({
  kind,
  reader,
  info: { path: 'tree', version },
});

const acrn = (reader: TreeReader, version?: string) => ({ acrn: treeOf('acrn', reader, version) });

function stage(program: StageRef['program'], file: string, name: string): StageRef {
  const tree = program.includes('kernel') ? 'linux' : 'acrn';
  return { id: `${tree}:${file}#${name}`, program, tree, file, function: name };
}

const IO_REQ = 'hypervisor/dm/io_req.c';
const emulateIo = stage('hypervisor', IO_REQ, 'emulate_io');
const insert = stage('hypervisor', IO_REQ, 'acrn_insert_request');
const call: HopRef = { route: 'r', from: emulateIo.id, to: insert.id, kind: 'direct_call' };
const TEXT =
  'int acrn_insert_request(void)\n{\n\treturn 0;\n}\n\nint emulate_io(void)\n{\n\treturn acrn_insert_request();\n}\n';

describe('a map', () => {
  it('finds the stages, proves the hops and counts them', async () => {
    const map = await buildMap(
      [emulateIo, insert],
      [call],
      acrn(new MemoryTree({ [IO_REQ]: TEXT })),
      await testFacts(),
    );
    expect(map.stages.map((place) => [place.function, place.line])).toEqual([
      ['emulate_io', 6],
      ['acrn_insert_request', 1],
    ]);
    expect(map.hops[0]).toMatchObject({
      ...call,
      status: 'proven',
      evidence: [{ file: IO_REQ, line: 8, role: 'call' }],
    });
    expect(reportOf(map)).toMatchObject({ stages: { found: 2, absent: 0 }, hops: { proven: 1, unproven: 0 } });
    expect(map.problems).toEqual([]);
    expect(map.read).toEqual({ files: 1, bytes: TEXT.length });
  });

  it('leaves a user process out: it belongs to no tree', async () => {
    const user: StageRef = {
      id: 'user:write(2)',
      program: 'guest-user',
      tree: undefined,
      file: '',
      function: 'write(2)',
    };
    const map = await buildMap([user, emulateIo], [], acrn(new MemoryTree({ [IO_REQ]: TEXT })), await testFacts());
    expect(map.stages.map((place) => place.id)).toEqual([emulateIo.id]);
  });

  it('says which tree was not given', async () => {
    const write = stage('guest-kernel', 'fs/read_write.c', 'vfs_write');
    const other = stage('guest-kernel', 'fs/read_write.c', 'ksys_write');
    const hop: HopRef = { route: 'r', from: other.id, to: write.id, kind: 'direct_call' };
    const map = await buildMap([write, other], [hop], {}, await testFacts());
    expect(map.stages[0]).toMatchObject({ status: 'absent', reason: 'no-tree' });
    expect(map.hops[0]).toMatchObject({ status: 'unproven', reason: 'no-tree', evidence: [] });
    expect(map.read.files).toBe(0);
  });

  it('goes on without a file that is missing or cannot be read, and says so', async () => {
    const lost = stage('hypervisor', 'hypervisor/common/lost.c', 'lost');
    const locked = stage('hypervisor', 'hypervisor/common/locked.c', 'locked');
    const unreadable = problem('file-unreadable', { path: locked.file, reason: 'EACCES' });
    const reader = new MemoryTree({ [IO_REQ]: TEXT, [locked.file]: unreadable });
    const map = await buildMap([emulateIo, lost, locked], [], acrn(reader), await testFacts());
    expect(map.stages.map((place) => place.reason ?? place.status)).toEqual([
      'found',
      'file-missing',
      'file-unreadable',
    ]);
    expect(map.problems.map((one) => one.code).sort()).toEqual(['file-missing-in-tree', 'file-unreadable']);
  });

  it('calls no file missing that a later version brought', async () => {
    const io = stage('device-model', 'devicemodel/core/iothread.c', 'io_thread');
    const old = await buildMap([io], [], acrn(new MemoryTree({}), '2.0'), await testFacts());
    expect(old.problems).toEqual([]);
    expect(old.stages[0]?.reason).toBe('not-in-version');
    const young = await buildMap([io], [], acrn(new MemoryTree({}), '3.2'), await testFacts());
    expect(young.problems).toHaveLength(1);
    expect(young.stages[0]?.reason).toBe('file-missing');
  });

  it('reads a predecessor only where the stage is not there', async () => {
    const sbuf = stage('hypervisor', 'hypervisor/common/sbuf.c', 'sbuf_put');
    const text = 'int sbuf_put(void)\n{\n\treturn 0;\n}\n';
    const before = { 'hypervisor/debug/sbuf.c': text };
    const old = new MemoryTree(before);
    const map = await buildMap([sbuf], [], acrn(old, '2.0'), await testFacts());
    expect(map.stages[0]).toMatchObject({ status: 'found', reason: 'moved', file: 'hypervisor/debug/sbuf.c' });
    const now = new MemoryTree({ ...before, [sbuf.file]: text });
    await buildMap([sbuf], [], acrn(now), await testFacts());
    expect(now.read).toEqual([sbuf.file]);
  });

  it('reads the headers of a stage in its own folders, never outside of the tree', async () => {
    const text = `#include <asm/guest/vcpu.h>\n#include "../../secret.h"\n#include <none.h>\n${TEXT}`;
    const reader = new MemoryTree({
      [IO_REQ]: text,
      'hypervisor/include/arch/x86/asm/guest/vcpu.h': '#include <types.h>\n',
      'hypervisor/include/lib/types.h': 'typedef int x;\n',
      'hypervisor/dm/../../secret.h': '',
      'hypervisor/include/unused.h': '',
    });
    await buildMap([emulateIo], [], acrn(reader), await testFacts());
    expect(reader.read).toEqual([
      IO_REQ,
      'hypervisor/include/arch/x86/asm/guest/vcpu.h',
      'hypervisor/include/lib/types.h',
    ]);
  });

  it('reads one kernel once for both VMs, and two kernels each on its own', async () => {
    const file = 'drivers/virtio/virtio_ring.c';
    const guest = stage('guest-kernel', file, 'virtqueue_notify');
    const service = stage('service-vm-kernel', 'fs/eventfd.c', 'eventfd_signal_mask');
    const files = {
      [file]: 'void virtqueue_notify(void)\n{\n}\n',
      'fs/eventfd.c': 'void eventfd_signal_mask(void)\n{\n}\n',
    };
    const one = new MemoryTree(files);
    const both = treeOf('linux', one);
    const map = await buildMap([guest, service], [], { guestLinux: both, serviceLinux: both }, await testFacts());
    expect(map.stages.map((place) => place.tree)).toEqual(['guestLinux', 'serviceLinux']);
    expect(one.read.sort()).toEqual([file, 'fs/eventfd.c'].sort());
    expect(map.read.files).toBe(2);
    const [other, another] = [new MemoryTree(files), new MemoryTree(files)];
    const trees = { guestLinux: treeOf('linux', other), serviceLinux: treeOf('linux', another) };
    const apart = await buildMap([guest, service], [], trees, await testFacts());
    expect(apart.stages.map((place) => place.status)).toEqual(['found', 'found']);
    expect(other.read).toContain(file);
    expect(another.read).toContain('fs/eventfd.c');
  });

  it('stops where it is cancelled', async () => {
    const never: FactsSource = { factsOf: () => Promise.reject(new Error('asked after the cancel')) };
    const trees = acrn(new MemoryTree({ [IO_REQ]: TEXT }));
    const stopped = buildMap([emulateIo], [], trees, never, { cancelled: true });
    await expect(stopped).rejects.toMatchObject({ problem: { code: 'cancelled' } });
  });

  it('leaves out a hop whose stages nobody named', async () => {
    const map = await buildMap([emulateIo], [call], acrn(new MemoryTree({ [IO_REQ]: TEXT })), await testFacts());
    expect(map.hops).toEqual([]);
    expect(defined(map.stages[0], 'place').status).toBe('found');
  });
});

import { describe, expect, it } from 'vitest';
import { line } from '../../../src/base/brand.ts';
import { compareMaps } from '../../../src/replay/compare/maps.ts';
import type { HopProof, SourceMap, StagePlace } from '../../../src/sourcemap/map-types.ts';

const stage = (name: string, more: Partial<StagePlace> = {}): StagePlace => ({
  id: `acrn:hypervisor/dm/io_req.c#${name}`,
  program: 'hypervisor',
  tree: 'acrn',
  status: 'found',
  file: 'hypervisor/dm/io_req.c',
  line: line(10),
  function: name,
  ...more,
});

const hop = (more: Partial<HopProof> = {}): HopProof => ({
  route: 'stock',
  from: 'acrn:hypervisor/dm/io_req.c#a',
  to: 'acrn:hypervisor/dm/io_req.c#b',
  kind: 'direct_call',
  status: 'proven',
  evidence: [{ tree: 'acrn', file: 'hypervisor/dm/io_req.c', line: line(12), role: 'call', shows: 'b' }],
  ...more,
});

const mapOf = (stages: readonly StagePlace[], hops: readonly HopProof[] = []): SourceMap => ({
  trees: { acrn: { path: 'acrn', version: '2.0' }, guestLinux: undefined, serviceLinux: undefined },
  stages,
  hops,
  problems: [],
  read: { files: 1, bytes: 1 },
});

const compare = (left: SourceMap, right: SourceMap) => compareMaps(left, right, { left: 'v2.0', right: 'HEAD' }, 'en');

describe('two trees under one run', () => {
  it('differ in no line number', () => {
    const { view } = compare(mapOf([stage('a')], [hop()]), mapOf([stage('a', { line: line(99) })], [hop()]));
    expect(view.rows).toEqual([]);
    expect(view.alike).toBe(2);
  });

  it('differ where a stage has another name, and say which line each can show', () => {
    const renamed = stage('a', { status: 'renamed', function: 'old_a' });
    const { view, rows } = compare(mapOf([renamed]), mapOf([stage('a')]));
    expect(view.rows).toMatchObject([{ what: 'stage', name: 'a', left: expect.stringContaining('old_a'), lane: 1 }]);
    expect(rows[0]?.left).toEqual({ tree: 'acrn', file: 'hypervisor/dm/io_req.c', line: 10 });
  });

  it('differ where a stage is absent, which has no line', () => {
    const { id, program, tree } = stage('a');
    const absent: StagePlace = { id, program, tree, status: 'absent', reason: 'not-in-version' };
    const { view } = compare(mapOf([absent]), mapOf([stage('a')]));
    expect(view.rows).toMatchObject([{ leftLine: false, rightLine: true }]);
    expect(view.counts).toEqual({ left: [1, 0, 0, 0], right: [1, 1, 0, 0] });
  });

  it('differ where a hop is proven by one tree only', () => {
    const unproven = hop({ status: 'unproven', reason: 'no-binding', evidence: [] });
    const { view } = compare(mapOf([stage('a')], [unproven]), mapOf([stage('a')], [hop()]));
    expect(view.rows).toMatchObject([{ what: 'hop', name: 'a → b · call', leftLine: false, rightLine: true, lane: 1 }]);
    expect(view.rows[0]?.left).toContain('not proven');
  });

  it('differ where only one of them was asked', () => {
    const { view } = compare(mapOf([stage('a'), stage('b')]), mapOf([stage('b'), stage('c')]));
    expect(view.rows.map((row) => [row.name, row.left === '', row.right === ''])).toEqual([
      ['a', false, true],
      ['c', true, false],
    ]);
  });
});

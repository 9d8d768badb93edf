import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import type { SourceMap } from '../../src/sourcemap/map-types.ts';
import { mapStockRun, notShown, unprovenLine } from './run-on-trees.ts';

const SAMPLE = fileURLToPath(new URL('../../sample', import.meta.url));
const ACRN = path.join(SAMPLE, 'acrn');
const LINUX = path.join(SAMPLE, 'linux');

let map: SourceMap;

beforeAll(async () => {
  map = await mapStockRun(ACRN, LINUX, ['run']);
});

describe('the stock run on the sample', () => {
  it('has every stage in its file', () => {
    expect(map.stages.filter((place) => place.status !== 'found').map((place) => place.id)).toEqual([]);
    expect(map.problems).toEqual([]);
  });

  it('has every hop proven', () => {
    expect(map.hops.filter((hop) => hop.status === 'unproven').map(unprovenLine)).toEqual([]);
  });

  it('shows on each line of evidence what it claims', () => {
    expect(map.hops.flatMap((hop) => hop.evidence).length).toBeGreaterThan(map.hops.length);
    expect(notShown(map, ACRN, LINUX)).toEqual([]);
  });
});

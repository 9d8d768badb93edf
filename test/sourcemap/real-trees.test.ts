import { describe, expect, it } from 'vitest';
import { STAGE_HISTORIES } from '../../src/sourcemap/dialects/renames.ts';
import type { SourceMap } from '../../src/sourcemap/map-types.ts';
import { reportOf } from '../../src/sourcemap/report.ts';
import { mapStockRun, notShown, unprovenLine } from './run-on-trees.ts';

const { ACRN_SRC, LINUX_SRC } = process.env;

/** Share of hops that must be proven on the trees that the machine stands for. */
const SHARE = 0.95;

const share = (map: SourceMap): number => reportOf(map).hops.proven / map.hops.length;

describe('the tables about versions', () => {
  it('name the last version of each old name', () => {
    const versions = STAGE_HISTORIES.flatMap((history) => history.predecessors.map((before) => before.until));
    expect(versions.filter((version) => !/^(?:v[123]\.\d+(?:\.\d)?|6\.\d+)$/.test(version))).toEqual([]);
  });
});

if (ACRN_SRC !== undefined && LINUX_SRC !== undefined) {
  describe('the stock run on real trees', () => {
    it('is mapped with every stage in its place and its hops proven', async () => {
      const map = await mapStockRun(ACRN_SRC, LINUX_SRC, ['run']);
      const elsewhere = map.stages.filter((place) => place.status === 'absent' || place.status === 'ambiguous');
      const known = elsewhere.filter(
        (place) => place.reason !== 'not-in-version' && place.reason !== 'not-in-mainline',
      );
      expect(known.map((place) => place.id)).toEqual([]);
      const unproven = map.hops.filter((hop) => hop.status === 'unproven').map(unprovenLine);
      expect(share(map), unproven.join('\n')).toBeGreaterThanOrEqual(SHARE);
      expect(notShown(map, ACRN_SRC, LINUX_SRC)).toEqual([]);
    });

    it('shows on each line of the set-up what it claims', async () => {
      const map = await mapStockRun(ACRN_SRC, LINUX_SRC, ['set-up']);
      expect(notShown(map, ACRN_SRC, LINUX_SRC)).toEqual([]);
      expect(reportOf(map).stages.ambiguous).toBe(0);
    });
  });
}

import { describe, expect, it } from 'vitest';
import { notesOn, notShownBy, verdictsOf } from './notes-on-trees.ts';

const { ACRN_SRC, LINUX_SRC, ACRN_OLD } = process.env;

/** Verdicts at ACRN HEAD d61d98cf8 with Linux 6.12: found by reading the source, not by this program. */
const AT_HEAD: Readonly<Record<string, readonly number[]>> = {
  true: [3, 10, 15, 16, 17, 18, 19, 20, 21, 23, 24],
  conditional: [4, 6, 11, 12, 14],
  renamed: [8, 9, 13, 22],
  wrong: [1, 2, 5, 7, 25],
  missing: [26, 27],
};

/** What differs in older releases: no I/O threads before 3.1, and the names of VHM before 2.6. */
const BEFORE_IOTHREADS = { 6: 'wrong', 8: 'wrong', 11: 'wrong', 12: 'wrong' };
const BEFORE_HSM = { 21: 'renamed' };

const expected = (major: number, minor: number): Record<number, string> => ({
  ...Object.fromEntries(Object.entries(AT_HEAD).flatMap(([verdict, ids]) => ids.map((id) => [id, verdict]))),
  ...(major * 100 + minor < 301 ? BEFORE_IOTHREADS : {}),
  ...(major * 100 + minor < 206 ? BEFORE_HSM : {}),
});

describe('the verdicts found by reading', () => {
  it('are given for every claim, at HEAD and in older releases', () => {
    for (const [major, minor] of [
      [3, 4],
      [3, 0],
      [2, 0],
    ] as const) {
      expect(Object.keys(expected(major, minor))).toEqual(Array.from({ length: 27 }, (_, at) => `${at + 1}`));
    }
  });
});

if (ACRN_SRC !== undefined && LINUX_SRC !== undefined) {
  describe('the notes on real trees', () => {
    it('have the verdicts that reading the source gives, each with lines that show it', async () => {
      const report = await notesOn(ACRN_SRC, LINUX_SRC);
      expect(verdictsOf(report)).toEqual(expected(3, 4));
      expect(report.claims.filter((claim) => claim.evidence.length === 0)).toEqual([]);
      expect(notShownBy(report, ACRN_SRC, LINUX_SRC)).toEqual([]);
    }, 300_000);

    // ACRN_OLD: older trees as `2.0=DIR:3.1=DIR`
    for (const [version = '', folder = ''] of (ACRN_OLD ?? '').split(':').map((one) => one.split('='))) {
      const [major, minor] = version.split('.').map(Number);
      if (major !== undefined && minor !== undefined && folder !== '') {
        it(`have those of ACRN ${version} on its tree`, async () => {
          const report = await notesOn(folder, LINUX_SRC);
          expect(verdictsOf(report)).toEqual(expected(major, minor));
          expect(notShownBy(report, folder, LINUX_SRC)).toEqual([]);
        }, 300_000);
      }
    }
  });
} else {
  console.log('notes on real trees: 1 not run (no trees, set ACRN_SRC and LINUX_SRC)');
}

import { describe, expect, it } from 'vitest';
import { detailOf, firstFolding, foldingOf, toggled } from '../../../src/webview/timeline/folding.ts';
import {
  bandsOf,
  fits,
  groupsOf,
  HEIGHTS,
  heightOf,
  shortName,
  USER_COLOUR,
} from '../../../src/webview/timeline/rows.ts';
import { smallSession } from '../../replay/small-run.ts';

const { lanes, contexts } = smallSession().head();
const ROWS = Uint8Array.from([1, 18, 7, 0, 9]);
const groups = groupsOf(lanes, contexts, ROWS);

describe('the lanes of a timeline', () => {
  it('are grouped by program, in the order in which a write meets them', () => {
    expect(groups.map(({ name, colour }) => [name, colour])).toEqual([
      ['guest process', USER_COLOUR],
      ['guest kernel', 0],
      ['hypervisor', 1],
      ['device model', 3],
    ]);
    expect(groups.flatMap((group) => group.lanes.map(({ context }) => context))).toEqual([0, 1, 2, 4]);
  });

  it('are named by what is particular about them', () => {
    expect(shortName('User VM vCPU 0 (pCPU of that vCPU), process context')).toBe('process context · vCPU 0');
    expect(shortName('User VM vCPU 0, idle task')).toBe('idle task · vCPU 0');
    expect(shortName('Service VM, kworker of ordered WQ "ioreq_wq" (WQ_HIGHPRI|WQ_MEM_RECLAIM)')).toBe(
      'kworker of ordered WQ "ioreq_wq"',
    );
    expect(shortName('guest user process')).toBe('guest user process');
  });

  it('stand below one another without a gap or an overlap', () => {
    for (const detail of ['programs', 'contexts', 'calls'] as const) {
      const bands = bandsOf(groups, foldingOf(groups, detail), 300);
      expect(bands[0]?.top).toBe(0);
      for (const [at, band] of bands.entries()) {
        expect(bands[at + 1]?.top ?? heightOf(bands)).toBe(band.top + band.height);
        expect(band.strip + band.row * (band.lanes[0]?.rows ?? 0)).toBeLessThan(band.height + 1);
      }
    }
  });

  it('are as high as the room allows, within bounds', () => {
    const folding = foldingOf(groups, 'contexts');
    const strips = (room: number): Set<number> => new Set(bandsOf(groups, folding, room).map(({ strip }) => strip));
    expect(strips(0)).toEqual(new Set([HEIGHTS.leastStrip]));
    expect(strips(10_000)).toEqual(new Set([HEIGHTS.mostStrip]));
    expect(heightOf(bandsOf(groups, folding, 120))).toBeLessThanOrEqual(120);
  });

  it('have rows for calls where they are open', () => {
    const bands = bandsOf(groups, { closed: new Set(), open: new Set([1]) }, 300);
    const open = bands.filter(({ row }) => row > 0);
    expect(open.map(({ lanes: [lane] }) => lane?.context)).toEqual([1]);
    expect(open[0]?.height).toBeGreaterThan(18 * HEIGHTS.row);
  });
});

describe('what is open', () => {
  const many = groupsOf(
    lanes,
    [...contexts, ...Array.from({ length: 9 }, (_, at) => ({ lane: 2, program: 'kernel', name: `worker ${at}` }))],
    Uint8Array.from([...ROWS, ...Array.from({ length: 9 }, () => 3)]),
  );

  it('is at first as much as can be seen at once', () => {
    expect(detailOf(groups, firstFolding(groups, 2000))).toBe('calls');
    expect(detailOf(many, firstFolding(many, 330))).toBe('contexts');
    expect(detailOf(many, firstFolding(many, 140))).toBe('programs');
    expect(fits(many, 140)).toBe(false);
    expect(heightOf(bandsOf(many, firstFolding(many, 140), 140))).toBeLessThanOrEqual(140);
  });

  it('is opened and closed one by one', () => {
    const closed = toggled(foldingOf(many, 'contexts'), { group: 'kernel' });
    expect(bandsOf(many, closed, 300).find(({ group }) => group.id === 'kernel')?.lanes.length).toBe(9);
    expect(toggled(closed, { group: 'kernel' })).toEqual(foldingOf(many, 'contexts'));
    expect(toggled(closed, { context: 4 }).open).toEqual(new Set([4]));
  });
});

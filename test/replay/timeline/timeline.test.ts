import { describe, expect, it } from 'vitest';
import { seededChoice } from '../../../src/emulator/scheduler.ts';
import {
  type FromTimelineView,
  NO_CONTEXT,
  TIMELINE_LIMITS,
  type TimelineWindow,
  WAIT_KINDS,
} from '../../../src/protocol/timeline.ts';
import { Session } from '../../../src/replay/session.ts';
import { Column } from '../../../src/replay/timeline/skyline.ts';
import { timelineOf } from '../../../src/replay/timeline/timeline.ts';
import { windowOf } from '../../../src/replay/timeline/window.ts';
import { stock } from '../../../src/scenarios/named.ts';
import { runScenario } from '../../../src/scenarios/run.ts';
import { HOP_KINDS } from '../../../src/trace/kinds.ts';
import { STAGES, smallMap, smallSession } from '../small-run.ts';

const FARTHEST = Number.MAX_SAFE_INTEGER;

const ask = (session: Session, wanted: Partial<FromTimelineView>): TimelineWindow => {
  const question: FromTimelineView = {
    t: 'want-timeline',
    request: 0,
    shown: 'run',
    scale: 'steps',
    from: 0,
    to: FARTHEST,
    columns: 1000,
    lanes: [],
    ...wanted,
  };
  return windowOf(timelineOf(session), session.ranges[question.shown], question);
};

/** Bytes of all arrays of an answer. */
const bytesOf = (value: unknown): number => {
  if (ArrayBuffer.isView(value)) {
    return value.byteLength;
  }
  return typeof value === 'object' && value !== null
    ? Object.values(value).reduce((sum: number, one) => sum + bytesOf(one), 0)
    : 0;
};

describe('the timeline of a small run', () => {
  const session = smallSession();
  const window = ask(session, {});
  const context = (number: number | undefined): string => session.parts.trace.contexts[number ?? 0]?.name ?? '';
  const named = (stage: number | undefined): string => STAGES[stage ?? 0]?.function ?? '-';

  it('is as long as its phase, whatever is asked for', () => {
    expect([window.from, window.to, window.first, window.last]).toEqual([4, 16, 4, 16]);
    const none = ask(session, { from: 900, to: 800 });
    expect([none.from, none.to]).toEqual([16, 16]);
    expect(none.columnStep.every((step) => step >= 15 && step <= 16)).toBe(true);
  });

  it('has a row for each call of a context around a step, and none for contexts that take no part', () => {
    expect(Object.fromEntries(Array.from(window.rows, (rows, at) => [context(at), rows]))).toEqual({
      'user process': 1,
      'User VM vCPU 0': 2,
      'pCPU 1': 2,
      'acrn-dm thread': 0,
      vm_loop: 2,
    });
    expect(ask(session, { shown: 'set-up' }).rows[3]).toBe(1);
  });

  it('draws each call from its entry to its return, by the depth in its own context', () => {
    const { slices } = window;
    const shown = Array.from(slices.stage, (stage, at) => {
      const ends = `${slices.start[at]}-${slices.end[at]}`;
      return `${context(slices.context[at])} ${slices.depth[at]} ${named(stage)} ${ends}`;
    });
    expect(shown).toEqual([
      'vm_loop 0 vm_loop 0-16',
      'user process 0 write(2) 4-16',
      'User VM vCPU 0 0 ksys_write 6-16',
      'User VM vCPU 0 1 vp_notify 7-16',
      'pCPU 1 0 emulate_io 9-16',
      'pCPU 1 1 hv_emulate_pio 10-11',
      'pCPU 1 1 acrn_insert_request 11-16',
      'vm_loop 1 virtio_console_notify_tx 13-15',
    ]);
  });

  it('says why each context that has begun does not run', () => {
    const { waits, expressions } = window;
    const shown = Array.from(waits.kind, (kind, at) => {
      const what = `${WAIT_KINDS[kind]} ${named(waits.stage[at])} ${expressions[waits.expression[at] ?? 0]}`;
      return `${context(waits.context[at])}: ${what} ${waits.start[at]}-${waits.end[at]}`;
    });
    expect(shown).toEqual([
      'vm_loop: ready vm_loop  4-13',
      'user process: call write(2) write 6-16',
      'User VM vCPU 0: vm-exit vp_notify  9-16',
      'pCPU 1: block acrn_insert_request wait_event 13-15',
      'vm_loop: ready vm_loop  15-16',
    ]);
  });

  it('draws the hops between contexts, with their proof', () => {
    const { hops } = window;
    const shown = Array.from(hops.kind, (kind, at) => {
      const to = hops.to[at] === NO_CONTEXT ? '-' : context(hops.to[at]);
      return `${HOP_KINDS[kind]} ${context(hops.from[at])} > ${to} ${hops.fromStep[at]}-${hops.toStep[at]} ${hops.proof[at]}`;
    });
    expect(shown).toEqual([
      'syscall user process > User VM vCPU 0 5-6 2',
      'vm_exit User VM vCPU 0 > pCPU 1 8-9 2',
      'waitqueue_wake vm_loop > pCPU 1 14-15 1',
    ]);
    expect(hops.count.every((count) => count === 1)).toBe(true);
  });

  it('marks hazards and output at their steps', () => {
    const { marks } = window;
    expect(Array.from(marks.step)).toEqual([13, 13]);
    expect(Array.from(marks.kind)).toEqual([1, 0]);
  });

  it('tells who runs and how deep, column by column', () => {
    const twelve = ask(session, { columns: 12 });
    const lane = (name: string): number[] => {
      const at = Array.from(twelve.lanes).findIndex((one) => context(one) === name);
      return Array.from(twelve.skyline.subarray(at * 12, at * 12 + 12));
    };
    expect(lane('User VM vCPU 0')).toEqual([0, 0, 1, 2, 2, 0, 0, 0, 0, 0, 0, 0]);
    expect(lane('pCPU 1')).toEqual([0, 0, 0, 0, 0, 1, 2, 2, 2, 0, 0, 2]);
    const one = ask(session, { columns: 1 });
    expect(Math.max(...one.load)).toBeGreaterThan(255 / 4);
    expect(one.load.reduce((sum, share) => sum + share, 0)).toBeGreaterThan(250);
  });

  it('tells of the lanes that are asked for only', () => {
    const one = ask(session, { lanes: [1, 77] });
    expect(Array.from(one.lanes)).toEqual([1]);
    expect(new Set(one.slices.context)).toEqual(new Set([1]));
    expect(one.hops.kind.length).toBe(0);
  });

  it('counts virtual time on the other scale', () => {
    const time = ask(session, { scale: 'time' });
    expect([time.first, time.last]).toEqual([0, 2501]);
    const at = Array.from(time.hops.kind).findIndex((kind) => HOP_KINDS[kind] === 'vm_exit');
    expect([time.hops.time[at], time.hops.endTime[at]]).toEqual([0, 2500]);
  });
});

describe('the timeline of a whole run', () => {
  const run = runScenario(stock);
  if (!run.ok) {
    throw new Error('the stock scenario does not run');
  }
  const { trace } = run.value;
  const map = smallMap(trace);
  const session = new Session({ trace, map, title: '', language: 'en', sample: false, canChooseFolders: false });
  const timeline = timelineOf(session);
  const pick = seededChoice(11);

  it('is made once', () => {
    expect(timelineOf(session)).toBe(timeline);
  });

  it('adds up blocks as single steps would', () => {
    const { steps } = session;
    const column = new Column(timeline.contexts);
    for (let turn = 0; turn < 60; turn++) {
      const from = pick(steps.length);
      const to = Math.min(steps.length, from + pick(turn % 2 === 0 ? 20_000 : 200));
      const plain = new Column(timeline.contexts);
      for (let step = from; step < to; step++) {
        const context = steps.context[step] ?? 0;
        plain.highest[context] = Math.max(plain.highest[context] ?? 0, (timeline.depth[step] ?? 0) + 1);
        plain.steps[context] = (plain.steps[context] ?? 0) + 1;
      }
      timeline.depths.read(column.cleared(), from, to);
      expect(column).toEqual(plain);
    }
  });

  it('has nothing in its spans that is narrower than two columns, and everything that is wider', () => {
    for (const columns of [50, 700, 4096]) {
      const window = ask(session, { shown: 'set-up', columns });
      const least = (2 * (window.to - window.from)) / columns;
      const { slices } = window;
      expect(slices.start.every((start, at) => (slices.end[at] ?? 0) - start >= least)).toBe(true);
      let wide = 0;
      for (let at = 0; at < timeline.slices.length; at++) {
        const [start = 0, end = 0] = [timeline.slices.start[at], timeline.slices.end[at]];
        const asked = (window.rows[timeline.slices.context[at] ?? 0] ?? 0) > 0;
        wide += asked && start < window.to && end > window.from && end - start >= least ? 1 : 0;
      }
      expect(slices.start.length).toBe(wide);
    }
  });

  it('counts every hop, drawn by itself or with others of its kind', () => {
    const near = ask(session, { columns: 4096 });
    expect(near.hops.count.every((count) => count === 1)).toBe(true);
    const far = ask(session, { columns: 20 });
    const sum = (window: TimelineWindow): number => window.hops.count.reduce((all, one) => all + one, 0);
    expect(far.hops.count.length).toBeLessThan(near.hops.count.length);
    expect(sum(far)).toBe(sum(near));
  });

  it('stays inside its limits and far below 4 MB wherever it is looked at', () => {
    for (let turn = 0; turn < 80; turn++) {
      const shown = turn % 3 === 0 ? 'run' : 'set-up';
      const scale = turn % 2 === 0 ? 'steps' : 'time';
      const { first, last } = ask(session, { shown, scale, columns: 1 });
      const from = first + ((last - first) * pick(1000)) / 1000;
      const to = from + ((last - first) * (pick(1000) + 1)) / 1000 / (1 + pick(500));
      const window = ask(session, { shown, scale, from, to, columns: 1 + pick(TIMELINE_LIMITS.columns) });
      expect(bytesOf(window)).toBeLessThan(2_000_000);
      expect(window.slices.start.length).toBeLessThanOrEqual(TIMELINE_LIMITS.slices);
      expect(window.hops.start.length).toBeLessThanOrEqual(TIMELINE_LIMITS.hops);
      expect(window.columnStep.length).toBe(window.columns + 1);
      expect(window.columnStep.every((step, at) => at === 0 || step >= (window.columnStep[at - 1] ?? 0))).toBe(true);
    }
  });

  it('finds the step at every position of both scales', () => {
    for (const scale of ['steps', 'time'] as const) {
      const axis = timeline.axis(scale);
      for (let turn = 0; turn < 500; turn++) {
        const step = pick(session.steps.length);
        const found = axis.stepAt(axis.positionOf(step));
        expect(axis.positionOf(found)).toBe(axis.positionOf(step));
        expect(found).toBeGreaterThanOrEqual(step);
        expect(axis.positionOf(step + 1)).toBeGreaterThanOrEqual(axis.positionOf(step));
      }
    }
  });

  it('knows the one write that the guest waits for, and the halt at the end', () => {
    const { waits } = ask(session, { columns: 4096 });
    const kinds = new Set(Array.from(waits.kind, (kind) => WAIT_KINDS[kind]));
    expect(kinds).toEqual(new Set(['block', 'halted', 'vm-exit', 'in-guest', 'call', 'interrupted']));
  });
});

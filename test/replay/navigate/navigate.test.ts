import { beforeEach, describe, expect, it } from 'vitest';
import { PROTOCOL_VERSION, type ToView } from '../../../src/protocol/messages.ts';
import { NAVIGATE_LIMITS, SPEEDS, type Target } from '../../../src/protocol/navigate.ts';
import { PLAY_INTERVAL, ReplayHost, type Start } from '../../../src/replay/host.ts';
import { momentOf } from '../../../src/replay/moment.ts';
import { effectsOf, wakerOf } from '../../../src/replay/navigate/causes.ts';
import { eventLine } from '../../../src/replay/navigate/event-line.ts';
import { scanEvents } from '../../../src/replay/navigate/scan.ts';
import { summaryOf } from '../../../src/replay/navigate/summary.ts';
import { findTargets } from '../../../src/replay/navigate/targets.ts';
import { HOP_KINDS } from '../../../src/trace/kinds.ts';
import { smallSession } from '../small-run.ts';

const session = smallSession();
const { steps } = session;
const nameAt = (step: number | undefined): string =>
  step === undefined ? '' : (session.parts.trace.stages[steps.stage[step] ?? 0]?.function ?? '');
const stepOf = (name: string, kind = 0): number =>
  Array.from({ length: steps.length }, (_, step) => step).find(
    (step) => nameAt(step) === name && steps.kind[step] === kind,
  ) ?? -1;

let posted: ToView[] = [];
let refused: string[] = [];
let waits: number[] = [];
let tick: (() => void) | undefined;
let kept: unknown[] = [];

const hostAt = (start: Start = {}): ReplayHost => {
  const host = new ReplayHost(
    session,
    {
      post: (message) => posted.push(message),
      arrived: () => undefined,
      open: () => undefined,
      chooseFolders: () => undefined,
      refused: (reason) => refused.push(reason),
      moves: (state) => kept.push(state),
      after: (milliseconds, action) => {
        waits.push(milliseconds);
        tick = action;
        return { dispose: () => undefined };
      },
    },
    '',
    start,
  );
  host.receive({ t: 'ready', version: PROTOCOL_VERSION });
  posted.length = 0;
  return host;
};

beforeEach(() => {
  [posted, refused, waits, kept] = [[], [], [], []];
});

const said = (): string[] => posted.flatMap((message) => (message.t === 'said' ? [message.text] : []));

describe('events of a trace', () => {
  const { trace } = session.parts;

  it('are looked for in both directions, from outside too', () => {
    const all = [...trace.events()].filter(({ kind }) => kind === 'exit').map(({ seq }) => Number(seq));
    const isExit = (at: number): boolean => trace.event(at)?.kind === 'exit';
    const forward: number[] = [];
    for (let at = scanEvents(trace, -1, 1, (_, row) => isExit(row)); at !== undefined; ) {
      forward.push(at);
      at = scanEvents(trace, at, 1, (_, row) => isExit(row));
    }
    expect(forward).toEqual(all);
    expect(scanEvents(trace, trace.length + 100, -1, (_, row) => isExit(row))).toBe(all.at(-1));
    expect(scanEvents(trace, trace.length, 1, () => true)).toBeUndefined();
    expect(scanEvents(trace, 0, -1, () => true)).toBeUndefined();
  });

  it('are told in words, each kind differently', () => {
    const lines = [...trace.events()].map(({ seq }) => eventLine(session, seq));
    expect(lines.filter((line) => line === '')).toEqual([]);
    expect(lines).toContain('vring.avail.idx: 0 → 1');
    expect(lines).toContain('enters vp_notify');
    expect(lines).toContain('blocks: wait_event');
    expect(lines.some((line) => line.startsWith('VM exit: outw'))).toBe(true);
    expect(eventLine(session, 9999)).toBe('');
  });
});

describe('causes', () => {
  it('who woke this: the boundary that was crossed to this context last', () => {
    const resumed = stepOf('acrn_insert_request', 2);
    expect(nameAt(wakerOf(session, resumed))).toBe('virtio_console_notify_tx');
    expect(nameAt(wakerOf(session, stepOf('hv_emulate_pio')))).toBe('vp_notify');
    expect(wakerOf(session, 0)).toBeUndefined();
  });

  it('after a call that comes back: the callee', () => {
    expect(nameAt(wakerOf(session, stepOf('vm_loop', 2)))).toBe('acrn_dev_ioctl');
  });

  it('what this caused: by a boundary itself, by a function until it ends', () => {
    const leaving = stepOf('vp_notify', 1);
    expect(effectsOf(session, leaving).map(nameAt)).toEqual(['emulate_io']);
    expect(effectsOf(session, stepOf('ksys_write')).map(nameAt)).toContain('emulate_io');
    expect(effectsOf(session, stepOf('hv_emulate_pio'))).toEqual([]);
    const moment = momentOf(session, stepOf('virtio_console_notify_tx'));
    expect(moment.causes.map(({ stage }) => session.parts.trace.stages[stage]?.function)).toEqual([
      'acrn_insert_request',
    ]);
  });
});

describe('finding', () => {
  const names = (text: string, what: Parameters<typeof findTargets>[2] = 'any'): string[] =>
    findTargets(session, text, what).entries.map(({ name }) => name);

  it('takes every word anywhere, exact names first', () => {
    expect(names('vp_notify')[0]).toBe('vp_notify');
    expect(names('notify', 'stage')).toEqual(expect.arrayContaining(['vp_notify', 'virtio_console_notify_tx']));
    expect(names('IO_REQ.c emul', 'stage').sort()).toEqual(['emulate_io', 'hv_emulate_pio']);
    expect(names('avail', 'field')).toEqual(['vring.avail.idx']);
    expect(names('hypercall', 'hop')).toEqual([]);
    expect(names('made-up')).toEqual(['made-up']);
    expect(names('no such thing')).toEqual([]);
  });

  it('counts and bounds what it lists', () => {
    expect(findTargets(session, 'vq->notify', 'field').entries).toMatchObject([{ count: 1, detail: 'device model' }]);
    expect(names('').length).toBeLessThanOrEqual(NAVIGATE_LIMITS.found);
  });
});

describe('moves', () => {
  const at = (host: ReplayHost): string => nameAt(host.step);

  it('by unit: stages, boundaries, events', () => {
    const host = hostAt();
    const first = host.step;
    host.receive({ t: 'unit', unit: 'boundaries' });
    host.receive({ t: 'move', by: 'next' });
    expect(steps.hopOf(host.step)?.kind).toBe('syscall');
    host.receive({ t: 'go', step: first });
    host.receive({ t: 'unit', unit: 'events' });
    const event = host.event;
    host.receive({ t: 'move', by: 'next' });
    expect(host.event).toBe(event + 1);
    host.receive({ t: 'move', by: 'last' });
    expect(host.event).toBe(session.parts.trace.length - 1);
    host.receive({ t: 'move', by: 'next' });
    expect(host.event).toBe(session.parts.trace.length - 1);
    for (let back = 0; back < 500; back++) {
      host.receive({ t: 'move', by: 'back' });
    }
    expect(host.step).toBe(first);
    expect(host.event).toBe(steps.seq[first]);
  });

  it('over events, a moment shows what has happened up to the event', () => {
    const host = hostAt();
    host.receive({ t: 'unit', unit: 'events' });
    host.receive({ t: 'seek', direction: 'next', what: 'field', id: 0 });
    const moment = posted.findLast((message) => message.t === 'moment');
    expect(moment).toMatchObject({ moment: { line: 'vring.avail.idx: 0 → 1', at: host.event } });
    expect(moment?.t === 'moment' ? moment.moment.changes : []).toHaveLength(1);
  });

  it('to hazards, hops, and what was looked for, and says where there is no more', () => {
    const host = hostAt();
    host.receive({ t: 'move', by: 'next-hazard' });
    expect(at(host)).toBe('virtio_console_notify_tx');
    host.receive({ t: 'move', by: 'next-hazard' });
    host.receive({ t: 'move', by: 'next-target' });
    expect(said()).toEqual([
      'No more hazards in this direction.',
      'Nothing has been found yet. Press F to find a stage, hop, hazard or field first.',
    ]);
    const target: Target = { what: 'hop', id: HOP_KINDS.indexOf('vm_exit') };
    host.receive({ t: 'seek', direction: 'previous', ...target });
    expect(at(host)).toBe('vp_notify');
    host.receive({ t: 'move', by: 'next-target' });
    expect(said().at(-1)).toBe('No later VM exit in this run.');
    host.receive({ t: 'move', by: 'previous-hop' });
    expect(steps.hopOf(host.step)?.kind).toBe('fptr_call');
  });

  it('turns round where what is looked for only lies behind, and says so', () => {
    const host = hostAt({ step: steps.length - 1 });
    const id = HOP_KINDS.indexOf('vm_exit');
    host.receive({ t: 'seek', direction: 'next', what: 'hop', id });
    expect(at(host)).toBe('vp_notify');
    expect(said()).toEqual(['No later VM exit in this run: this is the last one.']);
    posted.length = 0;
    host.receive({ t: 'seek', direction: 'previous', what: 'hop', id });
    expect(posted.map(({ t }) => t)).toEqual(['navigation', 'said']);
  });

  it('refuses a target that the run does not have', () => {
    const host = hostAt();
    for (const message of [
      { t: 'seek', direction: 'next', what: 'stage', id: 4000 },
      { t: 'seek', direction: 'next', what: 'field', id: 77 },
    ]) {
      host.receive(message);
    }
    expect(refused).toEqual(['seek: no such target', 'seek: no such target']);
    expect(posted).toEqual([]);
  });

  it('finds every entry of a stage, both ways', () => {
    const host = hostAt({ step: 0 });
    const target: Target = { what: 'stage', id: steps.stage[stepOf('virtio_console_notify_tx')] ?? 0 };
    host.seek(target, 1);
    const found = host.step;
    expect(at(host)).toBe('virtio_console_notify_tx');
    host.go(steps.length - 1);
    host.seek(target, -1);
    expect(host.step).toBe(found);
  });

  it('along causes', () => {
    const host = hostAt({ step: stepOf('vp_notify', 1) });
    host.receive({ t: 'move', by: 'what-caused' });
    expect(at(host)).toBe('emulate_io');
    host.receive({ t: 'move', by: 'who-woke' });
    expect(at(host)).toBe('vp_notify');
    host.go(0);
    host.receive({ t: 'move', by: 'who-woke' });
    expect(said()).toEqual(['Nobody woke this: it began by itself.']);
  });
});

describe('bookmarks', () => {
  it('are set, named, listed in order, gone to and removed', () => {
    const host = hostAt();
    host.move('last');
    host.toggleBookmark();
    host.move('first');
    host.receive({ t: 'bookmark', event: host.event, on: true, name: ' begin ' });
    const state = posted.findLast((message) => message.t === 'navigation');
    expect(state).toMatchObject({ state: { bookmarks: [{ name: 'begin' }, { name: 'acrn_insert_request' }] } });
    expect(kept.at(-1)).toMatchObject({ bookmarks: [{ name: 'begin' }, {}] });
    host.move('next-bookmark');
    expect(host.step).toBe(steps.length - 1);
    host.move('next-bookmark');
    expect(said()).toEqual(['No more bookmarks in this direction.']);
    host.move('previous-bookmark');
    host.toggleBookmark();
    expect(kept.at(-1)).toMatchObject({ bookmarks: [{ name: 'acrn_insert_request' }] });
  });

  it('are bounded, and only where there are events', () => {
    const bookmarks = Array.from({ length: NAVIGATE_LIMITS.bookmarks }, (_, event) => ({
      event: 5000 + event,
      name: '',
    }));
    const host = hostAt({ bookmarks });
    host.toggleBookmark();
    expect(said()).toEqual(['There are 100 bookmarks already. Remove one first.']);
    host.receive({ t: 'bookmark', event: 99_999, on: true, name: 'x' });
    expect(refused).toEqual(['bookmark: no such event']);
  });
});

describe('a start', () => {
  it('at an event, with what the user had chosen', () => {
    const step =
      Array.from({ length: 15 }, (_, at) => at).findLast((at) => session.endOf(at) - (steps.seq[at] ?? 0) > 1) ?? 0;
    const event = steps.seq[step] ?? 0;
    const host = hostAt({ event: event + 1, unit: 'events', speed: 5, following: false });
    expect([host.step, host.event, host.following]).toEqual([step, event + 1, false]);
    host.receive({ t: 'ready', version: PROTOCOL_VERSION });
    expect(posted.find((message) => message.t === 'navigation')).toMatchObject({
      state: { unit: 'events', speed: 5, following: false, canFollow: true, canLink: false },
    });
  });

  it('out of range is the nearest', () => {
    expect(hostAt({ step: 4000 }).step).toBe(steps.length - 1);
    expect(hostAt({ event: 4_000_000 }).step).toBe(steps.length - 1);
  });
});

describe('play', () => {
  it('goes at the chosen speed, also when that changes on the way', () => {
    const host = hostAt();
    host.play(true);
    host.receive({ t: 'speed', speed: SPEEDS.length - 1 });
    expect(waits).toEqual([PLAY_INTERVAL, PLAY_INTERVAL / 16]);
    const before = host.step;
    tick?.();
    expect(host.step).toBe(before + 1);
  });
});

describe('the picture in words', () => {
  it('tells who runs and where control crosses inside a window', () => {
    const { from, to } = session.ranges.run;
    const whole = summaryOf(session, from, to);
    expect(whole.lanes.reduce((sum, lane) => sum + lane.steps, 0)).toBe(to - from);
    expect(whole.crossings.map(({ taken }) => session.parts.trace.stages[taken]?.function)).toEqual(
      expect.arrayContaining(['ksys_write', 'emulate_io', 'acrn_insert_request']),
    );
    const part = summaryOf(session, to - 1, 99_999);
    expect([part.from, part.to, part.crossings]).toEqual([to - 1, to, []]);
    expect(summaryOf(session, 9, 3)).toMatchObject({ lanes: [], crossings: [], more: 0 });
  });
});

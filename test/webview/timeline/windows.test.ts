import { beforeEach, describe, expect, it } from 'vitest';
import type { FromTimelineView, TimelineWindow } from '../../../src/protocol/timeline.ts';
import { momentOf } from '../../../src/replay/moment.ts';
import { timelineOf } from '../../../src/replay/timeline/timeline.ts';
import { windowOf } from '../../../src/replay/timeline/window.ts';
import { replayTexts } from '../../../src/texts/replay.ts';
import { cursorOf, spanOfHit, stageSpan, stepOfHit } from '../../../src/webview/timeline/finding.ts';
import { isNear } from '../../../src/webview/timeline/hit.ts';
import { pressKey, type TimelineActions } from '../../../src/webview/timeline/keys.ts';
import type { Scene } from '../../../src/webview/timeline/scene.ts';
import { tipLines } from '../../../src/webview/timeline/tip.ts';
import { stepAt, Windows } from '../../../src/webview/timeline/windows.ts';
import { smallSession } from '../../replay/small-run.ts';

const session = smallSession();
const answer = (wanted: FromTimelineView): TimelineWindow =>
  windowOf(timelineOf(session), session.ranges[wanted.shown], wanted);

let sent: FromTimelineView[] = [];
let windows: Windows;

/** Answers all that was asked. */
function answerAll(): void {
  for (const wanted of sent.splice(0)) {
    windows.take(answer(wanted), wanted.request);
  }
}

beforeEach(() => {
  sent = [];
  windows = new Windows((message) => sent.push(message));
  windows.reset('run', 'steps');
});

describe('the windows of a timeline', () => {
  it('begin with the whole phase, asked for once', () => {
    windows.need(undefined, 500);
    windows.need(undefined, 500);
    expect(sent).toHaveLength(1);
    expect(windows.best({ from: 4, to: 16 })).toBeUndefined();
    answerAll();
    expect(windows.phase).toEqual({ from: 4, to: 16 });
    windows.need({ from: 4, to: 16 }, 500);
    expect(sent).toEqual([]);
  });

  it('ask for a finer part with something on each side, and use it while it reaches far enough', () => {
    windows.need(undefined, 500);
    answerAll();
    windows.need({ from: 8, to: 10 }, 500);
    expect(sent).toMatchObject([{ from: 6.5, to: 11.5, columns: 1250 }]);
    answerAll();
    windows.need({ from: 8.5, to: 10.5 }, 500);
    expect(sent).toEqual([]);
    expect(windows.best({ from: 8.5, to: 10.5 })?.columns).toBe(1250);
    expect(windows.best({ from: 4, to: 16 })?.columns).toBe(500);
    windows.need({ from: 12, to: 14 }, 500);
    expect(sent).toHaveLength(1);
  });

  it('refuse what nobody waits for any more', () => {
    windows.need(undefined, 500);
    const [old] = sent.splice(0);
    windows.reset('set-up', 'steps');
    expect(old === undefined || windows.take(answer(old), old.request)).toBe(false);
    expect(windows.whole).toBeUndefined();
  });

  it('know the step under a position', () => {
    windows.need(undefined, 500);
    answerAll();
    const window = windows.whole;
    for (const position of [4, 4.9, 9.5, 15.99]) {
      expect(window === undefined ? 0 : stepAt(window, position)).toBe(Math.floor(position));
    }
    expect(window === undefined ? 0 : stepAt(window, 3)).toBeUndefined();
  });
});

describe('what stands under the pointer', () => {
  const window = answer({
    t: 'want-timeline',
    request: 0,
    shown: 'run',
    scale: 'steps',
    from: 0,
    to: 99,
    columns: 900,
    lanes: [],
  });
  const scene = { window, head: session.head(), texts: replayTexts.en } as Scene;
  const lines = (hit: Parameters<typeof tipLines>[1]): string[] => tipLines(scene, hit, 4).map(({ text }) => text);

  it('is an arrow near which it is', () => {
    const arrow = {
      at: 0,
      x1: 10,
      y1: 0,
      x2: 110,
      y2: 100,
      kind: 'vm_exit',
      returns: false,
      unproven: false,
      label: undefined,
    };
    expect(isNear(arrow, 60, 50)).toBe(true);
    expect(isNear(arrow, 11, 20)).toBe(true);
    expect(isNear(arrow, 90, 20)).toBe(false);
    expect(isNear({ ...arrow, x2: 10 }, 13, 99)).toBe(true);
  });

  it('is told with context, steps, virtual time, kind and proof', () => {
    expect(lines({ what: 'hop', at: 1 })).toEqual([
      'VM exit',
      'vp_notify → emulate_io',
      'not proven',
      'guest kernel · User VM vCPU 0',
      '→ hypervisor · pCPU 1',
      'step 5 to 6',
      '0.000 µs to 2.500 µs',
    ]);
    expect(lines({ what: 'call', at: 7 })).toEqual([
      'virtio_console_notify_tx',
      'device model · vm_loop',
      'step 10 to 11',
      'from 2.500 µs, 0.000 µs long',
    ]);
    expect(lines({ what: 'wait', at: 3 }).slice(0, 2)).toEqual([
      'acrn_insert_request',
      'does not run: waits in wait_event',
    ]);
    expect(lines({ what: 'mark', at: 1 })[0]).toBe('The real code misbehaves here (1)');
  });

  it('is the step that a click selects', () => {
    expect(stepOfHit(window, { what: 'hop', at: 1 }, 3)).toBe(9);
    expect(stepOfHit(window, { what: 'call', at: 7 }, 3)).toBe(13);
    expect(stepOfHit(window, { what: 'wait', at: 0 }, 3)).toBe(3);
    expect(stepOfHit(window, undefined, undefined)).toBeUndefined();
    expect(spanOfHit(window, { what: 'call', at: 7 })).toEqual({ from: 13, to: 15 });
    expect(spanOfHit(window, { what: 'hop', at: 0 })).toBeUndefined();
  });

  it('shows the stage of the moment when it is zoomed to', () => {
    const moment = momentOf(session, 14);
    const cursor = cursorOf(moment, 'run', 'steps');
    expect(cursor).toMatchObject({ start: 14, end: 15 });
    expect(cursor === undefined ? 0 : stageSpan(window, moment, cursor)).toEqual({ from: 13, to: 15 });
    expect(cursorOf(moment, 'set-up', 'steps')).toBeUndefined();
    expect(cursorOf(moment, 'run', 'time')).toMatchObject({ start: 2500 });
  });
});

describe('the keys of a timeline', () => {
  const press = (key: string, inside: boolean, more: Partial<KeyboardEvent> = {}): string[] => {
    const done: string[] = [];
    const actions: TimelineActions = {
      zoom: (times) => done.push(times < 1 ? 'in' : 'out'),
      pan: (share) => done.push(share < 0 ? 'left' : 'right'),
      whole: () => done.push('whole'),
      zoomToStage: () => done.push('stage'),
      otherScale: () => done.push('scale'),
      detail: (by) => done.push(by > 0 ? 'more' : 'less'),
      tip: () => done.push('tip'),
    };
    const event = { key, defaultPrevented: false, preventDefault: () => undefined, ...more } as KeyboardEvent;
    expect(pressKey(event, inside, actions)).toBe(done.length > 0);
    return done;
  };

  it('zoom and move as in other timelines, while it has the focus', () => {
    expect(['w', 's', 'a', 'd', 'i'].flatMap((key) => press(key, true))).toEqual(['in', 'out', 'left', 'right', 'tip']);
    expect(['w', 's', 'a', 'd', 'i'].flatMap((key) => press(key, false))).toEqual([]);
    expect(['+', '=', '-', '0', 'z', 'x', 'g', 'G'].flatMap((key) => press(key, false))).toEqual([
      'in',
      'in',
      'out',
      'whole',
      'stage',
      'scale',
      'more',
      'less',
    ]);
  });

  it('leave what belongs to the editor', () => {
    expect(press('+', true, { ctrlKey: true })).toEqual([]);
    expect(press('0', true, { defaultPrevented: true })).toEqual([]);
    expect(press('ArrowRight', true)).toEqual([]);
  });
});

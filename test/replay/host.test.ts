import { beforeEach, describe, expect, it } from 'vitest';
import { type Moment, type PlaceHead, PROTOCOL_VERSION, type ToView } from '../../src/protocol/messages.ts';
import { ReplayHost, type ReplayPort } from '../../src/replay/host.ts';
import { smallSession } from './small-run.ts';

class Port implements ReplayPort {
  readonly posted: ToView[] = [];
  readonly shown: Moment[] = [];
  readonly opened: PlaceHead[] = [];
  readonly refusals: string[] = [];
  waiting: (() => void) | undefined;
  choices = 0;

  post(message: ToView): void {
    this.posted.push(message);
  }
  arrived(moment: Moment): void {
    this.shown.push(moment);
  }
  open(place: PlaceHead): void {
    this.opened.push(place);
  }
  chooseFolders(): void {
    this.choices++;
  }
  refused(reason: string): void {
    this.refusals.push(reason);
  }
  after(_milliseconds: number, action: () => void): { dispose(): void } {
    this.waiting = action;
    return {
      dispose: () => {
        this.waiting = this.waiting === action ? undefined : this.waiting;
      },
    };
  }
  tick(): void {
    const action = this.waiting;
    this.waiting = undefined;
    action?.();
  }
}

let port: Port;
let host: ReplayHost;

beforeEach(() => {
  port = new Port();
  host = new ReplayHost(smallSession(), port, 'kept words');
  host.receive({ t: 'ready', version: PROTOCOL_VERSION });
  port.posted.length = 0;
  port.shown.length = 0;
});

describe('the host of a replay', () => {
  it('takes nothing before a view of its version is ready', () => {
    host = new ReplayHost(smallSession(), port, '');
    host.receive({ t: 'move', by: 'last' });
    host.receive({ t: 'want-steps', request: 1, from: 0, count: 5 });
    host.receive({ t: 'ready', version: 99 });
    host.receive({ t: 'play', on: true });
    expect(port.refusals).toEqual(['move: before ready', 'want-steps: before ready', 'play: before ready']);
    expect(port.posted.map((message) => message.t)).toEqual(['notice']);
    expect(host.step).toBe(4);
  });

  it('greets a view with the session and the moment', () => {
    host.receive({ t: 'ready', version: PROTOCOL_VERSION });
    expect(port.posted.map((message) => message.t)).toEqual(['session', 'navigation', 'moment', 'playing']);
    expect(port.posted[0]).toMatchObject({ keep: 'kept words', language: 'en' });
    expect(port.shown[0]?.step).toBe(4);
  });

  it('refuses a view of another version in words', () => {
    host.receive({ t: 'ready', version: 99 });
    expect(port.posted).toMatchObject([{ t: 'notice', level: 'error' }]);
  });

  it('steps inside the phase and stops at its ends', () => {
    host.receive({ t: 'move', by: 'back' });
    expect(host.step).toBe(4);
    host.receive({ t: 'move', by: 'next-boundary' });
    expect(host.step).toBe(5);
    host.receive({ t: 'move', by: 'last' });
    host.receive({ t: 'move', by: 'next' });
    expect(host.step).toBe(15);
    host.receive({ t: 'show', shown: 'set-up' });
    expect(host.step).toBe(0);
    host.receive({ t: 'show', shown: 'set-up' });
    host.receive({ t: 'move', by: 'last' });
    expect(host.step).toBe(3);
  });

  it('answers windows of steps and of the timeline with the number of the request', () => {
    host.receive({ t: 'want-steps', request: 7, from: 4, count: 3 });
    host.receive({
      t: 'want-timeline',
      request: 8,
      shown: 'run',
      scale: 'steps',
      from: 0,
      to: 9,
      columns: 9,
      lanes: [],
    });
    expect(port.posted).toMatchObject([
      { t: 'steps', request: 7, from: 4 },
      { t: 'timeline', request: 8, window: { shown: 'run', columns: 9 } },
    ]);
  });

  it('plays to the end, stops there, and starts over', () => {
    host.receive({ t: 'go', step: 13 });
    host.receive({ t: 'play', on: true });
    port.tick();
    port.tick();
    expect(host.step).toBe(15);
    expect(host.playing).toBe(false);
    expect(port.waiting).toBeUndefined();
    host.receive({ t: 'play', on: true });
    expect(host.step).toBe(4);
    host.receive({ t: 'play', on: false });
    expect(port.waiting).toBeUndefined();
    expect(port.posted.filter((message) => message.t === 'playing')).toMatchObject([
      { on: true },
      { on: false },
      { on: true },
      { on: false },
    ]);
  });

  it('opens places and evidence, and refuses what is not there', () => {
    host.receive({ t: 'open', step: 9, evidence: -1 });
    host.receive({ t: 'open', step: 10, evidence: 0 });
    expect(port.opened.map((place) => place.line)).toEqual([expect.any(Number), 77]);
    host.receive({ t: 'open', step: 7, evidence: -1 });
    host.receive({ t: 'open', step: 4000, evidence: 0 });
    expect(port.refusals).toEqual(['open: no such place', 'open: no such step']);
  });

  it('logs what it refuses and goes on', () => {
    host.receive('rubbish');
    host.receive({ t: 'go', step: -1 });
    expect(port.refusals).toEqual(['not an object', 'go: wrong step']);
    host.receive({ t: 'choose-folders' });
    expect(port.choices).toBe(1);
  });

  it('stops when it is disposed', () => {
    host.play(true);
    host.dispose();
    expect(port.waiting).toBeUndefined();
  });
});

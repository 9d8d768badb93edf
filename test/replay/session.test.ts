import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../src/protocol/messages.ts';
import { momentOf, soughtAt } from '../../src/replay/moment.ts';
import { lineOf } from '../../src/replay/sources.ts';
import { smallSession } from './small-run.ts';

describe('a session', () => {
  const session = smallSession();

  it('splits its steps into set-up and run', () => {
    expect(session.ranges).toEqual({ 'set-up': { from: 0, to: 4 }, run: { from: 4, to: 16 } });
  });

  it('counts what was found and proven', () => {
    const { counts, lanes, stages } = session.head();
    expect(counts).toMatchObject({ found: 7, absent: 1, unproven: 3 });
    expect(counts.proven).toBeGreaterThan(3);
    expect(lanes.map((lane) => lane.program)).toEqual([
      'guest-kernel',
      'hypervisor',
      'service-vm-kernel',
      'device-model',
    ]);
    expect(stages[2]).toMatchObject({ function: 'vp_notify', status: 'absent', lane: 0 });
    expect(stages[0]).toMatchObject({ status: 'no-tree' });
  });

  it('hands out windows that never grow beyond their bound', () => {
    const window = session.window(8, 2);
    expect(Array.from(window.stage)).toEqual([2, 3]);
    expect(Array.from(window.other)).toEqual([3, 2]);
    expect(session.window(0, 1e9).kind.length).toBe(16);
    expect(session.window(1e9, 5).kind.length).toBe(0);
    expect(LIMITS.steps * 9).toBeLessThan(4_000_000);
  });

  it('shows the function head on entering, the call site on leaving and on going on', () => {
    expect(momentOf(session, 9).place).toMatchObject({ role: 'head', file: 'hypervisor/dm/io_req.c' });
    expect(momentOf(session, 12).place).toMatchObject({ role: 'call', line: 77 });
    expect(momentOf(session, 15).place).toMatchObject({ role: 'call', line: 77 });
  });

  it('looks for a call site that the map does not know', () => {
    const text = ['int f(void)', '{', '  vuh -> idx=uidx;', '}'];
    expect(lineOf({ expr: 'vuh->idx = uidx', from: 1, to: 4 }, (line) => text[line - 1])).toBe(3);
    expect(lineOf({ expr: 'writev', from: 1, to: 40 }, (line) => text[line - 1])).toBeUndefined();
    expect(soughtAt(session, 9)).toBeUndefined();
    expect(soughtAt(session, 12)).toBeUndefined();
  });

  it('says why a stage has no place and a hop no proof', () => {
    const moment = momentOf(session, 7);
    expect(moment.place).toBeUndefined();
    expect(moment.reason).toBe('This version does not have the function.');
    expect(moment.hop).toMatchObject({ kind: 'fptr_call', expr: 'vq->notify', proof: 'unproven' });
    expect(moment.hop?.reason).toBe('One of its two functions does not stand in this tree.');
  });

  it('tells what changes in a step', () => {
    const moment = momentOf(session, 6);
    expect(moment.changes).toEqual([
      { lane: 0, name: 'vring.avail.idx', before: '0', after: '1' },
      { lane: 0, name: 'User VM RAM 0x1000 +4', before: '61 61 61 61 "aaaa"', after: '68 65 6c 0a "hel\\n"' },
    ]);
    expect(momentOf(session, 0).changes).toEqual([
      { lane: 3, name: 'vq->notify', before: 'NULL', after: 'virtio_console_notify_tx' },
    ]);
    expect(momentOf(session, 13).notes).toEqual(['hazard: made-up head=3']);
  });

  it('tells what has been written so far', () => {
    expect(momentOf(session, 12).output).toEqual([{ endpoint: 'file', total: 0, tail: new Uint8Array(0) }]);
    const after = momentOf(session, 13).output[0];
    expect(new TextDecoder().decode(after?.tail)).toBe('hello');
    expect(after?.total).toBe(5);
  });

  it('knows the state after a step', () => {
    expect(session.stateOf(5).values[0]).toBe(0);
    expect(session.stateOf(6).values[0]).toBe(1);
  });

  it('finds the next boundary inside the phase', () => {
    expect(session.boundary(6, 1)).toBe(8);
    expect(session.boundary(4, -1)).toBe(4);
    expect(session.boundary(15, 1)).toBe(15);
  });
});

import { describe, expect, it } from 'vitest';
import { seededChoice } from '../../src/emulator/scheduler.ts';
import { parseKept, parseMoves } from '../../src/protocol/kept.ts';
import { LIMITS } from '../../src/protocol/messages.ts';
import { NAVIGATE_LIMITS } from '../../src/protocol/navigate.ts';
import { parseFromView } from '../../src/protocol/validate.ts';
import { fill } from '../../src/protocol/view-texts.ts';

const GOOD = [
  { t: 'ready', version: 1 },
  { t: 'want-steps', request: 1, from: 0, count: 10 },
  { t: 'want-timeline', request: 1, shown: 'run', scale: 'steps', from: 0, to: 99.5, columns: 100, lanes: [0, 3] },
  { t: 'go', step: 3 },
  { t: 'move', by: 'next' },
  { t: 'play', on: true },
  { t: 'show', shown: 'set-up' },
  { t: 'open', step: 3, evidence: -1 },
  { t: 'choose-folders' },
] as const;

describe('messages of a view', () => {
  it.each(GOOD)('$t is taken as it is', (message) => {
    expect(parseFromView(message)).toEqual({ ok: true, value: message });
  });

  it.each([
    [null, 'not an object'],
    [[], 'not an object'],
    ['go', 'not an object'],
    [{}, 'unknown tag'],
    [{ t: 'constructor' }, 'unknown tag'],
    [{ t: 'go' }, 'go: wrong step'],
    [{ t: 'go', step: 1.5 }, 'go: wrong step'],
    [{ t: 'go', step: Number.NaN }, 'go: wrong step'],
    [{ t: 'go', step: '3' }, 'go: wrong step'],
    [{ t: 'go', step: 3, also: 1 }, 'go: a field too many'],
    [{ t: 'want-steps', request: 1, from: 0, count: LIMITS.steps + 1 }, 'want-steps: wrong count'],
    [{ t: 'want-steps', request: 1, from: 0, count: 0 }, 'want-steps: wrong count'],
    [{ t: 'move', by: 'sideways' }, 'move: wrong by'],
    [{ t: 'play', on: 1 }, 'play: wrong on'],
    [{ t: 'show', shown: '__proto__' }, 'show: wrong shown'],
    [{ t: 'open', step: 1, evidence: -2 }, 'open: wrong evidence'],
  ])('%j is refused', (message, reason) => {
    expect(parseFromView(message)).toEqual({ ok: false, error: reason });
  });

  it('keep nothing of what is refused in the reason', () => {
    const secret = 'x'.repeat(100_000);
    for (const message of [{ t: secret }, { t: 'go', step: secret }, { t: 'go', step: 1, [secret]: 1 }]) {
      const parsed = parseFromView(message);
      expect(parsed.ok).toBe(false);
      expect(JSON.stringify(parsed).length).toBeLessThan(100);
    }
  });

  it('are never taken in part, whatever is put into their fields', () => {
    const pick = seededChoice(7);
    const junk = [undefined, null, -1, 2 ** 33, 0.5, '', 'run', {}, [], true, Number.POSITIVE_INFINITY, -0, 10n, 5];
    for (let turn = 0; turn < 5000; turn++) {
      const message: Record<string, unknown> = { ...GOOD[pick(GOOD.length)] };
      const keys = Object.keys(message);
      message[keys[pick(keys.length)] ?? 't'] = junk[pick(junk.length)];
      const parsed = parseFromView(message);
      if (parsed.ok) {
        expect(parsed.value).toEqual(message);
      } else {
        expect(parsed.error).toMatch(/^[a-z-]+(: wrong [a-z]+)?$|^not an object$|^unknown tag$/);
      }
    }
  });
});

describe('what a view kept', () => {
  const kept = { format: 1, keep: '{}', step: 5, shown: 'run' };

  it('is taken back', () => {
    expect(parseKept(kept)).toEqual({ ok: true, value: { ...kept, moves: {} } });
  });

  it('with what is right of the moves, and without the rest', () => {
    const moves = {
      unit: 'events',
      speed: 99,
      following: false,
      bookmarks: [{ event: 3, name: 'x' }, { event: -1 }, 7],
    };
    expect(parseKept({ ...kept, event: 77, moves })).toMatchObject({
      value: { event: 77, moves: { unit: 'events', following: false, bookmarks: [{ event: 3, name: 'x' }] } },
    });
    expect(parseMoves({ speed: 99 })).toEqual({});
    expect(parseMoves({ bookmarks: Array.from({ length: 500 }, (_, event) => ({ event, name: '' })) })).toMatchObject({
      bookmarks: { length: NAVIGATE_LIMITS.bookmarks },
    });
    expect(parseKept({ ...kept, event: 'x' })).toEqual({ ok: true, value: { ...kept, moves: {} } });
  });

  it.each([
    [undefined, 'not an object'],
    [{ ...kept, format: 2 }, 'other format'],
    [{ ...kept, keep: 'x'.repeat(300_001) }, 'wrong keep'],
    [{ ...kept, step: -1 }, 'wrong step'],
    [{ ...kept, shown: 'all' }, 'wrong shown'],
  ])('is refused where it is wrong (%#)', (value, reason) => {
    expect(parseKept(value)).toEqual({ ok: false, error: reason });
  });
});

describe('texts of a view', () => {
  it('are filled in', () => {
    expect(fill('Step {0} of {1}', 3, 9)).toBe('Step 3 of 9');
    expect(fill('{0}{5}', 'a')).toBe('a{5}');
  });
});

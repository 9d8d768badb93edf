import { describe, expect, it } from 'vitest';
import type { Actions } from '../../src/webview/actions.ts';
import { ChordWatch, KEY_LINES, keyName } from '../../src/webview/keys.ts';
import { TIMELINE_KEY_LINES } from '../../src/webview/timeline/keys.ts';

/** What a key asks for, in words. */
function asked(key: string): string {
  let done = '';
  const note =
    (name: string) =>
    (...given: readonly unknown[]): void => {
      done = [name, ...given].join(' ');
    };
  const actions = new Proxy({}, { get: (_, name) => note(String(name)) }) as Actions;
  KEY_LINES.find(({ keys }) => Object.hasOwn(keys, key))?.keys[key]?.(actions);
  return done;
}

describe('the keys of the panel', () => {
  it('mean one thing each', () => {
    const all = KEY_LINES.flatMap(({ keys }) => Object.keys(keys));
    expect(new Set(all).size).toBe(all.length);
    expect(new Set(KEY_LINES.map(({ does }) => does)).size).toBe(KEY_LINES.length);
  });

  it('leave to the timeline what it takes wherever the focus is', () => {
    const inside = ['W', 'S', 'A', 'D', 'I'];
    const own = KEY_LINES.flatMap(({ shown }) => shown);
    const everywhere = TIMELINE_KEY_LINES.flatMap(({ shown }) => shown).filter((key) => !inside.includes(key));
    expect(everywhere.filter((key) => own.includes(key))).toEqual([]);
  });

  it.each([
    ['ArrowRight', 'move next'],
    ['ArrowLeft', 'move back'],
    ['PageDown', 'move next-boundary'],
    ['Shift+ArrowRight', 'move next-hop'],
    ['h', 'move next-hazard'],
    ['H', 'move previous-hazard'],
    [']', 'move next-target'],
    ['w', 'move who-woke'],
    ['c', 'move what-caused'],
    ['.', 'faster 1'],
    [' ', 'play'],
    ['?', 'help'],
  ])('%s: %s', (key, action) => {
    expect(asked(key)).toBe(action);
  });

  it('leave to the editor what has a modifier, and the second key of a chord', () => {
    const plain = { shiftKey: false, ctrlKey: false, altKey: false, metaKey: false };
    const chords = new ChordWatch();
    expect(chords.isEditors({ ...plain, key: 'b' }, 1)).toBe(false);
    expect(chords.isEditors({ ...plain, key: ';', altKey: true }, 2)).toBe(true);
    expect(chords.isEditors({ ...plain, key: 'Shift', shiftKey: true }, 3)).toBe(true);
    expect(chords.isEditors({ ...plain, key: 'H', shiftKey: true }, 4)).toBe(true);
    expect(chords.isEditors({ ...plain, key: 'h' }, 5)).toBe(false);
    expect(chords.isEditors({ ...plain, key: '.', altKey: true }, 6)).toBe(true);
    expect(chords.isEditors({ ...plain, key: '.' }, 7)).toBe(false);
    expect(chords.isEditors({ ...plain, key: 'k', ctrlKey: true }, 8)).toBe(true);
    expect(chords.isEditors({ ...plain, key: 'm' }, 6000)).toBe(false);
  });

  it('are named with Shift only where the sign does not tell it', () => {
    expect(keyName({ key: 'B', shiftKey: true })).toBe('B');
    expect(keyName({ key: 'ArrowLeft', shiftKey: true })).toBe('Shift+ArrowLeft');
    expect(keyName({ key: '?', shiftKey: true })).toBe('?');
  });
});

import { describe, expect, it } from 'vitest';
import { replayTexts } from '../../src/texts/replay.ts';
import { PAGE, ViewModel } from '../../src/webview/model.ts';
import { microseconds, rowLabel, shortPlace } from '../../src/webview/words.ts';
import { smallSession } from '../replay/small-run.ts';

describe('what the view holds', () => {
  const session = smallSession();

  it('asks for a page once, and answers when it has come', () => {
    const asked: number[] = [];
    const model = new ViewModel(session.head(), replayTexts.en, 'en', (from, count) => asked.push(from, count));
    expect(model.row(9)).toBeUndefined();
    expect(model.row(10)).toBeUndefined();
    expect(asked).toEqual([0, PAGE]);
    model.take(0, session.window(0, PAGE));
    expect(model.row(9)).toMatchObject({ kind: 'enter', lane: 1, other: 'vp_notify', proof: 'unproven' });
    expect(model.row(9)?.hop).toMatchObject({ kind: 'vm_exit', name: 'VM exit', boundary: true });
    expect(model.row(400)).toBeUndefined();
    expect(asked).toHaveLength(2);
  });

  it('forgets the page that was used longest ago', () => {
    const asked: number[] = [];
    const model = new ViewModel(session.head(), replayTexts.en, 'en', (from) => asked.push(from));
    for (let page = 0; page < 30; page++) {
      model.take(page * PAGE, session.window(0, PAGE));
    }
    model.row(0);
    model.row(29 * PAGE);
    expect(asked).toEqual([0]);
  });

  it('reads a row out beginning with its function', () => {
    const model = new ViewModel(session.head(), replayTexts.en, 'en', () => undefined);
    model.take(0, session.window(0, PAGE));
    const read = (step: number): string => {
      const row = model.row(step);
      return row === undefined ? '' : rowLabel(model, row);
    };
    expect(read(7)).toBe(
      'vp_notify, guest kernel, reached by call through pointer from ksys_write, not proven, not found in this tree',
    );
    expect(read(12)).toMatch(/^acrn_insert_request, hypervisor, leaves by wait to acrn_insert_request, proven$/);
    expect(read(15)).toMatch(/^acrn_insert_request, hypervisor, goes on after wake-up from virtio_console_notify_tx/);
    expect(read(4)).toBe('write(2), guest process');
  });

  it('writes places and times short', () => {
    expect(shortPlace('a/b/c.c', 12)).toBe('c.c:12');
    expect(shortPlace('c.c', undefined)).toBe('c.c');
    expect(microseconds(2500)).toBe('2.50');
    expect(microseconds(1_234_567_000)).toBe('1\u202f234\u202f567');
  });
});

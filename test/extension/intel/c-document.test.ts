import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TextDocument, TextDocumentContentChangeEvent } from 'vscode';
import { CDocument, type DocumentHost } from '../../../src/extension/intel/c-document.ts';
import type { IntelAsks, UnsavedText } from '../../../src/host-node/intel/intel-messages.ts';
import type { FileIntel } from '../../../src/sourcemap/intel/file-intel.ts';
import { LineLog } from '../../../src/sourcemap/intel/line-shift.ts';

const KNOWN = { kind: 'acrn', root: '/acrn', path: 'devicemodel/core/main.c' } as const;

/** A text that is edited, and who reads it: each line `NAME()` is a function, each line `&NAME` binds one. */
class Desk implements DocumentHost {
  lines: string[] = [];
  version = 1;
  isDirty = false;
  readonly asked: string[] = [];
  readonly told: (string | undefined)[] = [];
  readonly failures: unknown[] = [];
  fail = false;

  readonly document = this as unknown as TextDocument;
  getText = (): string => this.lines.join('\n');

  ask<K extends 'file' | 'indexed'>(t: K, { text }: IntelAsks[K]['ask']): Promise<IntelAsks[K]['answer']> {
    this.asked.push(t);
    if (this.fail) {
      return Promise.reject(new Error('the worker died'));
    }
    const rows = text.split('\n').map((line, row) => ({ text: line, line: row + 1 }));
    const named = (mark: RegExp) =>
      rows.flatMap(({ text: line, line: at }) => {
        const name = mark.exec(line)?.[1];
        return name === undefined ? [] : [{ name, line: at }];
      });
    const intel: FileIntel = {
      ...KNOWN,
      functions: named(/^(\w+)\(\)$/).map(({ name, line }) => ({ name, line, endLine: line })),
      stages: [],
      bindings: [],
      boundaries: [],
      pointerCalls: [],
    };
    const bindings = named(/^&(\w+)$/).map(({ name, line }) => ({ line, function: name, calls: [], possible: 0 }));
    const answer = t === 'file' ? intel : { bindings, boundaries: [], files: 1, folders: [] };
    return Promise.resolve(answer as IntelAsks[K]['answer']);
  }

  folders = () => Promise.resolve({ acrn: '/acrn', linux: '/linux' });
  unsaved = ({ text }: UnsavedText): void => void this.told.push(text);
  failed = (reason: unknown): void => void this.failures.push(reason);

  /** Puts lines in front of a row (0-based), as typing does. */
  type(row: number, ...typed: readonly string[]): TextDocumentContentChangeEvent {
    this.lines.splice(row, 0, ...typed);
    this.version++;
    this.isDirty = true;
    const at = { line: row, character: 0 };
    return {
      range: { start: at, end: at },
      text: typed.map((line) => `${line}\n`).join(''),
    } as TextDocumentContentChangeEvent;
  }
}

let desk: Desk;
let one: CDocument;
let changed: number;
beforeEach(() => {
  vi.useFakeTimers();
  changed = 0;
  desk = new Desk();
  desk.lines = ['first()', '', 'second()', '&second'];
  one = new CDocument(desk, desk.document, KNOWN, new LineLog(), () => changed++);
});
afterEach(() => {
  one.dispose();
  vi.useRealTimers();
});

const lineOf = (name: string): number | undefined => one.intel?.functions.find((fn) => fn.name === name)?.line;

describe('an open C file', () => {
  it('is read once, however many ask', async () => {
    await Promise.all([one.read(), one.read(), one.read()]);
    expect([desk.asked, lineOf('second')]).toEqual([['file'], 3]);
  });

  it('has its lines go along at once while somebody types, and is read again after a pause', async () => {
    await one.read();
    for (let key = 0; key < 10; key++) {
      one.edited([desk.type(1, 'typed')]);
      expect(one.lineNow(lineOf('second') ?? 0)).toBe(3 + key + 1);
    }
    expect(desk.asked).toEqual(['file']);
    await vi.advanceTimersByTimeAsync(1000);
    expect(desk.asked).toEqual(['file', 'file', 'indexed']);
    expect([lineOf('second'), one.lineNow(13), changed]).toEqual([13, 13, 2]);
  });

  it('hands over what stands unsaved, and takes it back when it is saved or closed', async () => {
    await one.read();
    one.edited([desk.type(0, 'typed()')]);
    await one.read();
    expect(desk.told.at(-1)).toBe(desk.getText());
    one.saved();
    expect(desk.told.at(-1)).toBeUndefined();
  });

  it('says that a function is gone only after its text was read', async () => {
    await one.read();
    desk.lines = ['first()'];
    desk.version++;
    expect(lineOf('second')).toBe(3);
    await one.read();
    expect(lineOf('second')).toBeUndefined();
  });

  it('keeps what the index said, at the lines of the new text, until the index has answered again', async () => {
    await one.read();
    await one.index();
    expect(one.indexed?.bindings[0]?.line).toBe(4);
    one.edited([desk.type(0, 'typed', 'typed')]);
    await one.read();
    expect(one.indexed?.bindings[0]?.line).toBe(6);
    await one.index();
    expect([one.indexed?.bindings[0]?.line, desk.asked.filter((t) => t === 'indexed')]).toEqual([
      6,
      ['indexed', 'indexed'],
    ]);
  });

  it('leaves the last answer standing where the worker dies', async () => {
    await one.read();
    desk.fail = true;
    one.edited([desk.type(0, 'typed')]);
    await one.read();
    expect(desk.failures).toHaveLength(1);
    expect(one.lineNow(lineOf('second') ?? 0)).toBe(4);
  });
});

import { describe, expect, it } from 'vitest';
import { bytesOfEscaped } from '../../src/extension/escapes.ts';
import { keepRun, parseKeptRun } from '../../src/extension/kept-run.ts';
import { NewestWins } from '../../src/extension/newest-wins.ts';

describe('text with escapes', () => {
  it.each([
    ['hello\\n', [104, 101, 108, 108, 111, 10]],
    ['\\r\\t\\0\\\\', [13, 9, 0, 92]],
    ['\\x00\\xff', [0, 255]],
    ['é', [0xc3, 0xa9]],
    ['a\nb', [97, 10, 98]],
    ['', []],
  ])('%j is read', (text, bytes) => {
    expect(bytesOfEscaped(text)).toEqual({ ok: true, value: Uint8Array.from(bytes) });
  });

  it.each([
    ['a\\q', '\\q'],
    ['\\', '\\'],
    ['\\x4', '\\x'],
    ['\\xzz', '\\x'],
  ])('%j is refused', (text, wrong) => {
    expect(bytesOfEscaped(text)).toEqual({ ok: false, error: wrong });
  });

  it('may be long', () => {
    const read = bytesOfEscaped('x\\0\\n'.repeat(40_000));
    expect(read.ok && read.value.length).toBe(120_000);
  });
});

describe('a run that a panel keeps', () => {
  it('comes back as it was', () => {
    const run = { hex: '68690a', backend: 'file' } as const;
    expect(parseKeptRun(keepRun(run))).toEqual(run);
  });

  it('is not kept where its text is too long', () => {
    expect(keepRun({ hex: '00'.repeat(150_000), backend: 'stdio' })).toBe('');
  });

  it.each([
    '',
    'null',
    '[]',
    '{"hex":"zz","backend":"file"}',
    '{"hex":"00","backend":"/etc/passwd"}',
    '{"hex":7,"backend":"file"}',
  ])('is refused where it is wrong: %s', (text) => {
    expect(parseKeptRun(text)).toBeUndefined();
  });
});

describe('newest wins', () => {
  it('does the first and the last, and nothing queues in between', async () => {
    const done: number[] = [];
    const failures: unknown[] = [];
    const wins = new NewestWins<number>(
      async (job) => {
        await Promise.resolve();
        done.push(job);
        if (job === 1) {
          throw new Error('once');
        }
      },
      (reason) => failures.push(reason),
    );
    for (const job of [1, 2, 3, 4]) {
      wins.ask(job);
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
    wins.ask(5);
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(done).toEqual([1, 4, 5]);
    expect(failures).toHaveLength(1);
  });
});

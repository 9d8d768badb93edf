import { describe, expect, it } from 'vitest';
import { bytesOfEscaped, escapedOf } from '../../src/extension/escapes.ts';
import { keepScenario, parseKeptScenario } from '../../src/extension/kept-run.ts';
import { NewestWins } from '../../src/extension/newest-wins.ts';
import { backendOf, needsInput, textOf } from '../../src/extension/scenario-texts.ts';
import { NAMED, stock, withWrite } from '../../src/scenarios/named.ts';

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

describe('text for an input box', () => {
  it.each([
    [[104, 101, 108, 108, 111, 10], 'hello\\n'],
    [[0, 13, 9, 92, 1, 127], '\\0\\r\\t\\\\\\x01\\x7f'],
    [[0xc3, 0xa9, 10], 'é\\n'],
    [[0xff, 65], '\\xffA'],
    [[0xc2, 0x85], '\\xc2\\x85'],
  ])('%j', (bytes, text) => {
    expect(escapedOf(Uint8Array.from(bytes))).toBe(text);
    expect(bytesOfEscaped(text)).toEqual({ ok: true, value: Uint8Array.from(bytes) });
  });
});

describe('a run that a panel keeps', () => {
  it('comes back as it was: by name where it is the built-in one, else whole', () => {
    expect(keepScenario(stock)).toBe('stock');
    expect(parseKeptScenario('stock')).toBe(stock);
    for (const scenario of NAMED.values()) {
      const changed = withWrite(scenario, Uint8Array.from([104, 0]), needsInput(scenario) ? 'pty' : 'file');
      expect(parseKeptScenario(keepScenario(changed))).toEqual(changed);
    }
  });

  it('is not kept where its text is too long', () => {
    expect(keepScenario(withWrite(stock, new Uint8Array(150_000)))).toBe('');
  });

  it.each(['', 'null', '[]', 'no such scenario', '{', '{"format":1,"name":"x","actions":7}', '{"hex":"00"}'])(
    'is refused where it is wrong: %s',
    (text) => {
      expect(parseKeptScenario(text)).toBeUndefined();
    },
  );
});

describe('what of a scenario can be changed', () => {
  const told = (name: string): readonly unknown[] => {
    const scenario = NAMED.get(name) ?? stock;
    const text = textOf(scenario);
    return [text?.kind, text?.at, text && escapedOf(text.bytes), backendOf(scenario), needsInput(scenario)];
  };

  it('is what the guest writes, or what comes in', () => {
    expect(told('stock')).toEqual(['write', '/dev/hvc0', 'hello\\n', 'stdio', false]);
    expect(told('receive')[0]).toBe('input');
    expect(told('set-up')).toEqual([undefined, undefined, undefined, 'stdio', false]);
    expect(told('receive-tty')).toContain('tty');
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

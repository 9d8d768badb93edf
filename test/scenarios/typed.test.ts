import { describe, expect, it } from 'vitest';
import { utf8 } from '../../src/base/bytes.ts';
import { consoleOptions, stock, withWrite } from '../../src/scenarios/named.ts';
import { parseScenario } from '../../src/scenarios/parse.ts';
import { type Run, runScenario } from '../../src/scenarios/run.ts';
import type { Scenario } from '../../src/scenarios/scenario.ts';
import { withTyped } from '../../src/scenarios/typed.ts';

function run(scenario: Scenario): Run {
  const result = runScenario(scenario);
  if (!result.ok) {
    throw new Error(result.error.code);
  }
  return result.value;
}

const shown = ({ output }: Run): string => new TextDecoder().decode(output.get('stdio'));

describe('a run that goes on with what is typed', () => {
  const first = run(stock);

  it('is the same run up to there', () => {
    const second = run(withTyped(stock, utf8('abc\r')));
    expect(second.trace.length).toBeGreaterThan(first.trace.length);
    for (let at = 0; at < first.trace.length; at += 997) {
      expect(second.trace.event(at)).toEqual(first.trace.event(at));
    }
    const before = first.trace.length - 1;
    expect(second.trace.event(before)).toEqual(first.trace.event(before));
  });

  it('gives the line to a process of the guest, which echoes it', () => {
    const typed = run(withTyped(stock, utf8('abc\r')));
    expect(typed.outcomes.map(({ read }) => new TextDecoder().decode(read))).toContain('abc\n');
    expect(shown(typed)).toBe(`${shown(first)}abc\r\n`);
  });

  it('goes on again and again', () => {
    const twice = withTyped(withTyped(stock, utf8('one\r')), utf8('two\r'));
    expect(shown(run(twice))).toBe(`${shown(first)}one\r\ntwo\r\n`);
    expect(parseScenario(JSON.parse(JSON.stringify(twice)))).toMatchObject({ ok: true });
  });

  it('reaches the port where the console has none', () => {
    const port = {
      ...withWrite(stock, utf8('x')),
      machine: { ...stock.machine, console: consoleOptions('stdio', false) },
    };
    expect(run(withTyped(port, utf8('abc'))).outcomes.map(({ path }) => path)).toContain('/dev/vport0p0');
  });
});

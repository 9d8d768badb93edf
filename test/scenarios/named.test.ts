import { describe, expect, it } from 'vitest';
import { utf8 } from '../../src/base/bytes.ts';
import { NAMED, withWrite } from '../../src/scenarios/named.ts';
import { parseScenario } from '../../src/scenarios/parse.ts';
import { BACKENDS, ROUTES } from '../../src/scenarios/scenario.ts';
import { traceHash } from '../../src/trace/hash.ts';
import { codes, named, runOf } from './entered.ts';

const text = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);

describe.each([...NAMED.values()])('$name', (scenario) => {
  it('runs as it says, and the same way twice', () => {
    const run = runOf(scenario);
    const { expected } = scenario;
    expect({ end: run.end, hangs: run.hangs }).toEqual({ end: expected?.end, hangs: expected?.hangs ?? false });
    expect(codes(run, 'hazard')).toEqual(expect.arrayContaining([...(expected?.hazards ?? [])]));
    expect(run.trace.dropped).toBe(0);
    expect(traceHash(runOf(scenario).trace)).toBe(traceHash(run.trace));
  });

  it('is a scenario file, with title and sentence in both languages', () => {
    const parsed = parseScenario(JSON.parse(JSON.stringify(scenario)));
    expect(parsed).toEqual({ ok: true, value: scenario });
    for (const words of [scenario.title, scenario.summary]) {
      expect(words.en).toMatch(/^[\x20-\x7e]{10,}$/);
      expect(words['zh-cn']).toMatch(/[\u4e00-\u9fff]{2}/);
    }
  });
});

it('there is one for each route, and at least 25 in all', () => {
  expect([...NAMED.keys()].slice(0, ROUTES.length)).toEqual(ROUTES);
  expect(ROUTES.map((route) => named(route).route)).toEqual(ROUTES);
  expect(NAMED.size).toBeGreaterThanOrEqual(25);
});

describe('what they show', () => {
  it('four ports write to four backends', () => {
    const { output } = runOf(named('several-ports'));
    expect(text(output.get('stdio'))).toBe('hello\r\n');
    expect(text(output.get('file'))).toBe('hello\nhello\n');
    expect(text(output.get('pty0'))).toBe('hello\n');
  });

  it('two vCPUs lose no byte, whatever the order', () => {
    for (const seed of [0, 1, 2, 3]) {
      const scenario = named('two-vcpus');
      const { output } = runOf({ ...scenario, machine: { ...scenario.machine, seed } });
      const lines = text(output.get('file'));
      expect([...lines].sort()).toEqual([...'from vCPU 0\r\nfrom vCPU 1\r\n'].sort());
    }
  });

  it('a full ring makes its writer wait, and loses nothing', () => {
    const run = runOf(named('ring-full'));
    expect(text(run.output.get('file'))).toBe('x'.repeat(100));
    const waits = [...run.trace.events(run.trace.runStart)].filter((event) => event.kind === 'block');
    expect(waits.length).toBeGreaterThan(0);
  });

  it.each(['receive', 'receive-pty', 'receive-tty', 'receive-socket'])('%s hands the line to the reader', (name) => {
    expect(text(runOf(named(name)).outcomes[0]?.read)).toBe('hello\n');
  });

  it('a suppressed notification spares the kick of the receive queue', () => {
    const run = runOf(named('notification-suppressed'));
    expect(run.outcomes.map((one) => text(one.read))).toEqual(['first\n', 'second\n']);
    const notified = [...run.trace.events(run.trace.runStart)].filter(
      (event) => event.kind === 'enter' && run.trace.stages[event.stage]?.function === 'virtio_console_notify_rx',
    );
    expect(notified).toEqual([]);
  });

  it('a dropped upcall is never made up for', () => {
    expect(runOf(named('upcall-dropped')).outcomes).toEqual([]);
  });
});

describe('another text, another backend', () => {
  it.each(BACKENDS)('the stock write comes out at %s', (backend) => {
    const { output } = runOf(withWrite(named('stock'), utf8('other\n'), backend));
    expect([...output.values()].map(text)).toEqual(['other\r\n']);
  });

  it.each(['stdio', 'tty', 'pty', 'socket'] as const)('what the outside sends by %s is read', (backend) => {
    const { outcomes } = runOf(withWrite(named('receive'), utf8('sent\n'), backend));
    expect(text(outcomes[0]?.read)).toBe('sent\n');
  });
});

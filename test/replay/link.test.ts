import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { seededChoice } from '../../src/emulator/scheduler.ts';
import { LINK_LIMITS, linkedEvent, linkQuery, type MomentLink, parseLink } from '../../src/replay/link.ts';
import { NAMED, stock, withWrite } from '../../src/scenarios/named.ts';
import { runScenario } from '../../src/scenarios/run.ts';
import { smallSession } from './small-run.ts';

const HASH = '0123456789abcdef';
const STAGE = 'linux:fs/read_write.c#SYSCALL_DEFINE3(write)';
const moment = (scenario = stock): MomentLink => ({ scenario, event: 1234, hash: HASH, stage: STAGE });
const tail = `seed=0&event=5&hash=${HASH}&stage=`;

describe('a link to a moment', () => {
  it.each([...NAMED.values()].map((scenario) => [scenario.name, scenario] as const))(
    'comes back: %s',
    async (name, scenario) => {
      const query = await linkQuery(moment(scenario));
      expect(query).toContain(`scenario=${name}&`);
      expect(await parseLink(query ?? '')).toEqual({ ok: true, value: moment(scenario) });
    },
  );

  it('holds a scenario that has no name of its own, and its seed', async () => {
    const written = withWrite(stock, new TextEncoder().encode('héllo 你好\n'), 'pty');
    const scenario = { ...written, machine: { ...written.machine, seed: 7 } };
    const query = (await linkQuery(moment(scenario))) ?? '';
    expect(query).toMatch(/^json=[A-Za-z0-9_-]+&seed=7&/);
    expect(query.length).toBeLessThan(1000);
    expect(await parseLink(query)).toEqual({ ok: true, value: moment(scenario) });
  });

  it('with another seed of a named scenario still names it', async () => {
    const scenario = { ...stock, machine: { ...stock.machine, seed: 3 } };
    expect(await linkQuery(moment(scenario))).toMatch(/^scenario=stock&seed=3&/);
  });

  it('is not made where the scenario is too long for one', async () => {
    const pick = seededChoice(5);
    const noise = Uint8Array.from({ length: 20_000 }, () => 33 + pick(90));
    expect(await linkQuery(moment(withWrite(stock, noise)))).toBeUndefined();
  });
});

describe('a hostile link', () => {
  const packed = (bytes: Uint8Array | string): string => deflateRawSync(bytes).toString('base64url');
  const json = (value: unknown): string => `json=${packed(JSON.stringify(value))}&${tail}`;

  it.each([
    ['empty', '', 'wrong-event'],
    ['oversized', `scenario=stock&${tail}${'x'.repeat(LINK_LIMITS.query)}`, 'too-long'],
    ['no scenario', tail, 'no-scenario'],
    ['two scenarios', `scenario=stock&json=AAAA&${tail}`, 'no-scenario'],
    ['an unknown scenario', `scenario=__proto__&${tail}`, 'unknown-scenario'],
    ['an unknown part', `scenario=stock&realFile=/etc/passwd&${tail}`, 'unknown-part'],
    ['a part twice', `scenario=stock&scenario=stock&${tail}`, 'unknown-part'],
    ['a negative event', `scenario=stock&seed=0&event=-1&hash=${HASH}`, 'wrong-event'],
    ['an endless event', `scenario=stock&seed=0&event=99999999999&hash=${HASH}`, 'wrong-event'],
    ['an event that is no number', `scenario=stock&seed=0&event=1e3&hash=${HASH}`, 'wrong-event'],
    ['a wrong seed', `scenario=stock&seed=x&event=1&hash=${HASH}`, 'wrong-seed'],
    ['no hash', 'scenario=stock&event=1', 'wrong-hash'],
    ['a hash that is none', 'scenario=stock&event=1&hash=ABCDEF0123456789', 'wrong-hash'],
    ['markup in the stage', `scenario=stock&${tail}${encodeURIComponent('<img src=x>')}`, 'wrong-stage'],
    ['a long stage', `scenario=stock&${tail}${'a'.repeat(301)}`, 'wrong-stage'],
    ['bad base64', `json=@@@@&${tail}`, 'unreadable-scenario'],
    ['base64 of nothing', `json=&${tail}`, 'unreadable-scenario'],
    ['base64 that is not deflated', `json=AAAAAAAA&${tail}`, 'unreadable-scenario'],
    ['text that is not UTF-8', `json=${packed(Uint8Array.of(0xff, 0xfe, 0xfd))}&${tail}`, 'unreadable-scenario'],
    ['JSON that is none', `json=${packed('{')}&${tail}`, 'wrong-scenario'],
    ['another value', json([]), 'wrong-scenario'],
    ['a field too many', json({ ...stock, realFile: '/etc/passwd' }), 'wrong-scenario'],
    ['a field too many inside', json({ ...stock, machine: { ...stock.machine, exec: 'sh' } }), 'wrong-scenario'],
    ['too much to do', json({ ...stock, machine: { ...stock.machine, turns: 1e12 } }), 'wrong-scenario'],
    ['more than 8 kB', `json=${'A'.repeat(LINK_LIMITS.scenario + 1)}&${tail}`, 'too-long'],
  ])('is refused: %s', async (_name, query, fault) => {
    expect(await parseLink(query)).toEqual({ ok: false, error: fault });
  });

  it('that unpacks to far more than it holds is given up early', async () => {
    const bomb = packed(new Uint8Array(6_000_000));
    expect(bomb.length).toBeLessThan(LINK_LIMITS.scenario);
    expect(await parseLink(`json=${bomb}&${tail}`)).toEqual({ ok: false, error: 'unreadable-scenario' });
  });

  it('that names a file of this machine writes only to an emulated one', async () => {
    const named = { ...stock, machine: { ...stock.machine, console: '@file:port=package.json' } };
    const parsed = await parseLink(json(named));
    expect(parsed.ok).toBe(true);
    const run = parsed.ok ? runScenario(parsed.value.scenario) : undefined;
    expect(run?.ok === true && [...run.value.output.keys()]).toEqual(['file']);
  });
});

describe('where a link leads', () => {
  const session = smallSession();
  const { steps, parts } = session;
  const at = (step: number): string => parts.trace.stages[steps.stage[step] ?? 0]?.id ?? '';

  it('to its event in the same run', () => {
    expect(linkedEvent(session, moment(), HASH)).toBe(1234);
  });

  it('to the nearest entry of the same stage in another run', () => {
    const link = { ...moment(), stage: 'acrn:hypervisor/dm/io_req.c#hv_emulate_pio', event: 9999 };
    const event = linkedEvent(session, link, 'f'.repeat(16));
    expect(at(steps.firstAt(event))).toBe(link.stage);
  });

  it('to its event where that stage never runs', () => {
    expect(linkedEvent(session, { ...moment(), stage: 'x', event: 9 }, 'f'.repeat(16))).toBe(9);
  });
});

import { describe, expect, it } from 'vitest';
import { consoleOptions, define, PORT_0 } from '../../src/scenarios/define.ts';
import { choiceOf, type Exploration, type ExploreBounds, explore, outcomeOf } from '../../src/scenarios/explore.ts';
import { NAMED } from '../../src/scenarios/named.ts';
import { runScenario } from '../../src/scenarios/run.ts';
import type { Action, Forcing, Scenario } from '../../src/scenarios/scenario.ts';

function explored(scenario: Scenario, bounds: ExploreBounds): Exploration {
  const result = explore(scenario, bounds);
  if (!result.ok) {
    throw new Error(result.error.code);
  }
  return result.value;
}

const small = (actions: readonly Action[], forced: readonly Forcing[] = [], vcpus = 1): Scenario =>
  define('small', {
    title: ['small', 'small'],
    summary: ['small', 'small'],
    machine: { vcpus, console: consoleOptions('file', vcpus === 2) },
    forced,
    actions,
  });

const namesOf = ({ outcomes }: Exploration): string[] => outcomes.map(({ name }) => name);

const twoWriters = small(
  [
    { do: 'write', vcpu: 0, path: '/dev/hvc0', data: 'ab' },
    { do: 'write', vcpu: 1, path: '/dev/hvc0', data: 'cd' },
  ],
  [],
  2,
);

describe('explore', () => {
  it('two vCPUs that write at once leave every byte exactly once, in every schedule', () => {
    const { complete, schedules, outcomes } = explored(twoWriters, { departures: 20, schedules: 200 });
    expect(complete).toBe(true);
    expect(schedules).toBeGreaterThan(20);
    expect(outcomes.map(({ name }) => name.split(', ')[0])).toEqual(['all-bytes']);
  });

  it('finds the iothread that looks before it is said to be started (I1): no kick is ever served', () => {
    const scenario = NAMED.get('ioeventfd') as Scenario;
    const exploration = explored(scenario, { departures: 1, schedules: 100 });
    expect(exploration.complete).toBe(true);
    const race = exploration.outcomes.find(({ name }) => name.includes('iothread-start-race'));
    expect(race?.name).toContain('bytes-lost, hangs');
    const again = runScenario(scenario, undefined, undefined, choiceOf(race?.schedule ?? []));
    expect(again.ok && outcomeOf(again.value)).toBe(race?.name);
  });

  it('finds kicks that a reset loses while the iothread has not run yet (I2)', () => {
    const reset = small(
      [
        { do: 'write', vcpu: 0, path: PORT_0, data: 'x' },
        { do: 'register', vcpu: 0, offset: 18, size: 1, value: 0 },
      ],
      ['base.iothread'],
    );
    const names = namesOf(explored(reset, { departures: 2, schedules: 60 }));
    expect(names.some((name) => name.startsWith('all-bytes'))).toBe(true);
    expect(names.some((name) => name.startsWith('bytes-lost') && name.includes('kicks-lost-at-reset'))).toBe(true);
  });

  it('finds an interrupt that nobody asked for, and a wake-up that is lost', () => {
    const once = { departures: 0, schedules: 1 };
    expect(namesOf(explored(NAMED.get('spurious-interrupt') as Scenario, once))[0]).toContain('spurious-interrupt');
    expect(namesOf(explored(NAMED.get('lost-wake-up') as Scenario, once))[0]).toContain('bytes-lost, hangs, ');
    expect(namesOf(explored(NAMED.get('upcall-dropped') as Scenario, once))[0]).toContain('lost-wake-up');
    expect(namesOf(explored(NAMED.get('device-model-killed') as Scenario, once))[0]).not.toContain('lost-wake-up');
  });

  it('is cancelled with what it has found, and says so', () => {
    let asked = 0;
    const cancel = {
      get cancelled() {
        return asked++ >= 3;
      },
    };
    const result = explore(twoWriters, { departures: 2, schedules: 500 }, undefined, cancel);
    expect(result).toMatchObject({ ok: true, value: { schedules: 3, complete: false, why: 'cancelled' } });
    const bounded = explored(twoWriters, { departures: 2, schedules: 2 });
    expect(bounded).toMatchObject({ schedules: 2, complete: false, why: 'schedules-used-up' });
  });

  it('gives the same answer again', () => {
    const bounds = { departures: 1, schedules: 12 };
    expect(explored(twoWriters, bounds)).toEqual(explored(twoWriters, bounds));
  });
});

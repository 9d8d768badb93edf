import { expect, it } from 'vitest';
import { NAMED } from '../../src/scenarios/named.ts';
import { expectGolden } from '../golden.ts';
import { fingerprint } from '../trace/fingerprint.ts';
import { named, runOf } from './entered.ts';

/*
 * The fingerprints are committed, so that running this file on another Node.js, machine or day proves that the same scenario
 * and seed give the same trace there.
 */

it('every named scenario leaves the same trace on every Node.js', () => {
  const lines = [...NAMED.values()].map((scenario) => {
    const { trace } = runOf(scenario);
    return `${scenario.name} ${trace.length} ${fingerprint(trace)}`;
  });
  expectGolden('trace-fingerprints.txt', `${lines.join('\n')}\n`);
}, 120_000);

it('so does every seed, and seeds differ where there is something to choose', () => {
  const scenario = named('two-vcpus');
  const lines = Array.from({ length: 8 }, (_, seed) => {
    const { trace } = runOf({ ...scenario, machine: { ...scenario.machine, seed } });
    return `seed ${seed} ${trace.length} ${fingerprint(trace)}`;
  });
  expect(new Set(lines.map((line) => line.split(' ').at(-1))).size).toBeGreaterThan(1);
  expectGolden('trace-fingerprints-seeds.txt', `${lines.join('\n')}\n`);
}, 120_000);

import { expect } from 'vitest';
import { NAMED } from '../../src/scenarios/named.ts';
import { type Run, runScenario } from '../../src/scenarios/run.ts';
import type { Scenario } from '../../src/scenarios/scenario.ts';
import type { Phase } from '../../src/trace/kinds.ts';

/** A scenario that is named so. */
export function named(name: string): Scenario {
  const scenario = NAMED.get(name);
  expect(scenario, name).toBeDefined();
  return scenario as Scenario;
}

/** Its run. */
export function runOf(scenario: Scenario): Run {
  const run = runScenario(scenario);
  expect(run.ok, scenario.name).toBe(true);
  return (run as Extract<typeof run, { ok: true }>).value;
}

/** Functions entered in a phase on the contexts whose names hold `context`. */
export function entered({ trace }: Run, phase: Phase, context: string): readonly string[] {
  const ids = new Set(trace.contexts.filter((one) => one.name.includes(context)).map((one) => one.id));
  return [...trace.events()]
    .filter((event) => event.kind === 'enter' && event.phase === phase && ids.has(event.context))
    .map((event) => trace.stages[event.stage]?.function ?? '');
}

/** Codes of hazards or log lines, in order. */
export const codes = ({ trace }: Run, kind: 'hazard' | 'log'): readonly string[] =>
  [...trace.events()].filter((event) => event.kind === kind).map((event) => trace.expressions[event.key] ?? '');

/** The first key that does not follow the ones before it, undefined where all come in this order. */
export function firstOutOfOrder(names: readonly string[], keys: readonly string[]): string | undefined {
  let at = -1;
  return keys.find((key) => {
    at = names.indexOf(key, at + 1);
    return at < 0;
  });
}

import { dataOf } from './data.ts';
import { PORT_0 } from './define.ts';
import { NAMED } from './named.ts';
import type { Action, Scenario } from './scenario.ts';

/** Bytes that the guest's process reads at once: a line of a terminal is shorter. */
const LINE = 4096;

/**
 * The same scenario gone on with: the machine comes to rest, a process of the guest reads, and somebody types at the stdio
 * backend. Everything up to there is the same run.
 */
export function withTyped(scenario: Scenario, bytes: Uint8Array): Scenario {
  const isConsole = scenario.machine.console.startsWith('@');
  const typed: readonly Action[] = [
    { do: 'rest' },
    { do: 'read', vcpu: 0, path: isConsole ? '/dev/hvc0' : PORT_0, size: LINE },
    { do: 'input', to: 'stdio', data: dataOf(bytes) },
  ];
  const { title, summary } = NAMED.get('receive') ?? scenario;
  const { expected: _other, ...same } = scenario;
  return { ...same, name: 'receive', route: 'receive', title, summary, actions: [...scenario.actions, ...typed] };
}

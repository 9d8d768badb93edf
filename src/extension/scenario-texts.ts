import { bytesOf } from '../scenarios/data.ts';
import { BACKENDS, type Backend, type Scenario } from '../scenarios/scenario.ts';

/** The one text of a scenario that a user may change: what a guest writes first, or what comes in first. */
export interface ScenarioText {
  readonly kind: 'write' | 'input';
  /** File of the guest, or the far end that it comes from. */
  readonly at: string;
  readonly bytes: Uint8Array;
}

/** The text of a scenario; undefined where nobody writes or sends anything, or where what is written differs. */
export function textOf(scenario: Scenario): ScenarioText | undefined {
  const inputs = scenario.actions.flatMap((action) =>
    action.do === 'input' ? [{ kind: 'input' as const, at: action.to, data: action.data }] : [],
  );
  const writes = scenario.actions.flatMap((action) =>
    action.do === 'write' ? [{ kind: 'write' as const, at: action.path, data: action.data }] : [],
  );
  const [first, ...others] = inputs.length > 0 ? inputs : writes;
  if (first === undefined || others.some((other) => other.data !== first.data)) {
    return undefined;
  }
  return { kind: first.kind, at: first.at, bytes: bytesOf(first.data) ?? new Uint8Array() };
}

/** Backend of a scenario's first port, as acrn-dm's option text names it. */
export function backendOf(scenario: Scenario): Backend | undefined {
  const name = /^@?(\w*)/.exec(scenario.machine.console)?.[1]?.toLowerCase();
  return BACKENDS.find((one) => one === name);
}

/** Whether something comes in from outside, which a file cannot. */
export const needsInput = (scenario: Scenario): boolean => scenario.actions.some((action) => action.do === 'input');

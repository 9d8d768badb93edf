import { dataOf } from './data.ts';
import { consoleOptions, PATHS } from './define.ts';
import { DATA_PATH_SCENARIOS } from './named/data-path.ts';
import { FAULT_SCENARIOS } from './named/faults.ts';
import { GUEST_HAZARDS, OUTSIDE_HAZARDS } from './named/hazards.ts';
import { ROUTE_SCENARIOS } from './named/routes.ts';
import type { Action, Backend, Scenario } from './scenario.ts';

export { consoleOptions, FILE_BACKEND_PATH } from './define.ts';
export { stock } from './named/routes.ts';

/** The named scenarios, by name: first one for each route under the route's name, then the others. */
export const NAMED: ReadonlyMap<string, Scenario> = new Map(
  [...ROUTE_SCENARIOS, ...DATA_PATH_SCENARIOS, ...GUEST_HAZARDS, ...OUTSIDE_HAZARDS, ...FAULT_SCENARIOS].map(
    (scenario) => [scenario.name, scenario] as const,
  ),
);

/** What the outside calls the far end of a backend. */
const FAR_END: Readonly<Record<Backend, string>> = {
  stdio: 'stdio',
  tty: 'tty',
  pty: 'pty0',
  file: 'file',
  socket: 'client',
};

/** Whether the outside can send something to a guest through this backend (`virtio_console_backend_can_read`). */
export const canReceive = (backend: Backend): boolean => backend !== 'file';

const receives = (scenario: Scenario): boolean => scenario.actions.some((action) => action.do === 'input');

/**
 * The same scenario with another text (undefined: its own) and another backend for its first port (undefined: its own).
 * Where the outside sends something, the text is what it sends.
 */
export function withWrite(scenario: Scenario, bytes: Uint8Array | undefined, backend?: Backend): Scenario {
  const written = bytes === undefined ? scenario : { ...scenario, actions: withData(scenario, bytes) };
  return backend === undefined ? written : withBackend(written, backend);
}

function withData(scenario: Scenario, bytes: Uint8Array): readonly Action[] {
  const replaced = receives(scenario) ? 'input' : 'write';
  const data = dataOf(bytes);
  return scenario.actions.map((action) => (action.do === replaced && 'data' in action ? { ...action, data } : action));
}

function withBackend(scenario: Scenario, backend: Backend): Scenario {
  const [first = '', ...others] = scenario.machine.console.split(',');
  const console = [consoleOptions(backend, first.startsWith('@')), ...others].join(',');
  const actions = scenario.actions
    .filter((action) => action.do !== 'connect')
    .map((action) => (action.do === 'input' ? { ...action, to: FAR_END[backend] } : action));
  return {
    ...scenario,
    machine: { ...scenario.machine, console },
    actions: backend === 'socket' ? [...CLIENT_FIRST, ...actions] : actions,
  };
}

/** A server port has nobody to write to before a client came. */
const CLIENT_FIRST: readonly Action[] = [
  { do: 'rest' },
  { do: 'connect', path: PATHS.socket, as: FAR_END.socket },
  { do: 'rest' },
];

import { utf8 } from '../base/bytes.ts';
import { ProblemError, problem } from '../base/problem.ts';
import type { Outside } from '../emulator/boundaries.ts';
import { emulatedOutside } from '../emulator/outside/outside.ts';
import { RealFile, RealTerminal, withRealFiles } from '../host-node/real-file.ts';
import { FILE_BACKEND_PATH, NAMED, withWrite } from '../scenarios/named.ts';
import { BACKENDS, type Backend, type Scenario } from '../scenarios/scenario.ts';
import { type CommandLine, stringOption } from './command.ts';

/** Options that choose what to run. */
export const SCENARIO_OPTIONS = { route: 'string', write: 'string', backend: 'string' } as const;

/** A scenario, and what lies outside the machine for this run. */
export interface Chosen {
  readonly scenario: Scenario;
  readonly backend: Backend;
  readonly outside: Outside;
}

/**
 * The scenario that the options name: `--route`, `--write TEXT`, `--backend stdio|file`, each emulated unless a real one is
 * named (`file=PATH`, `stdio=-`).
 *
 * @throws ProblemError where a name is not known or a real file cannot be opened
 */
export function scenarioOf(line: CommandLine): Chosen {
  const [name, ...rest] = (stringOption(line, 'backend') ?? 'stdio').split('=');
  const backend = BACKENDS.find((one) => one === name);
  if (backend === undefined) {
    throw new ProblemError(problem('unknown-backend', { name: name ?? '', known: BACKENDS.join(', ') }));
  }
  const text = stringOption(line, 'write');
  const scenario = named(stringOption(line, 'route') ?? 'stock');
  const bytes = text === undefined ? undefined : utf8(text);
  return {
    scenario: withWrite(scenario, bytes, backend),
    backend,
    outside: outsideOf(line, backend, rest.length === 0 ? undefined : rest.join('=')),
  };
}

function named(route: string): Scenario {
  const scenario = NAMED.get(route);
  if (scenario === undefined) {
    throw new ProblemError(problem('unknown-route', { name: route, known: [...NAMED.keys()].join(', ') }));
  }
  return scenario;
}

function outsideOf(line: CommandLine, backend: Backend, real: string | undefined): Outside {
  const emulated = emulatedOutside();
  if (real === undefined) {
    return emulated;
  }
  if (backend === 'file') {
    const file = RealFile.open(real);
    if (!file.ok) {
      throw new ProblemError(file.error);
    }
    return withRealFiles(emulated, { path: FILE_BACKEND_PATH, file: file.value });
  }
  if (real !== '-' || line.json) {
    const reason =
      real === '-' ? 'stdio=- and --json both want standard output.' : `stdio=${real} is not known; stdio=- is.`;
    throw new ProblemError(problem('usage', { reason }));
  }
  return withRealFiles(emulated, { stdin: new RealTerminal() });
}

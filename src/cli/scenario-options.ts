import { readFileSync } from 'node:fs';
import { utf8 } from '../base/bytes.ts';
import { ProblemError, problem } from '../base/problem.ts';
import type { Outside } from '../emulator/boundaries.ts';
import { RealFile, RealTerminal } from '../host-node/real-file.ts';
import { canReceive, FILE_BACKEND_PATH, NAMED, withWrite } from '../scenarios/named.ts';
import { parseScenarioText } from '../scenarios/parse.ts';
import { BACKENDS, type Backend, ROUTES, type Route, type Scenario } from '../scenarios/scenario.ts';
import { outsideOf, type RealEnds } from '../scenarios/surroundings.ts';
import type { Phase } from '../trace/kinds.ts';
import { type CommandLine, stringOption } from './command.ts';

/** Options that choose what to run. */
export const SCENARIO_OPTIONS = { route: 'string', scenario: 'string', write: 'string', backend: 'string' } as const;

/** Scenario files are small; a larger file is none. */
const MAX_FILE = 16 * 1024 * 1024;

/** A scenario, and what lies outside the machine for this run. */
export interface Chosen {
  readonly scenario: Scenario;
  /** Backend of the first port, as the options or the scenario name it. */
  readonly backend: string;
  readonly outside: Outside;
}

/** `--backend NAME` or `NAME=REAL`. */
interface WantedBackend {
  readonly name: Backend;
  readonly real: string | undefined;
}

/**
 * The scenario that the options name: `--route NAME` or `--scenario FILE|NAME`, `--write TEXT`, `--backend NAME`, each
 * emulated unless a real one is named (`file=PATH`, `stdio=-`).
 *
 * @throws ProblemError where a name is not known, a scenario file is wrong or a real file cannot be opened
 */
export function scenarioOf(line: CommandLine): Chosen {
  const wanted = backendOf(line);
  const text = stringOption(line, 'write');
  const scenario = chosenScenario(line);
  checkBackend(scenario, wanted);
  const changed = withWrite(scenario, text === undefined ? undefined : utf8(text), wanted?.name);
  const ends = wanted?.real === undefined ? {} : realEnds(line, wanted.name, wanted.real);
  return {
    scenario: changed,
    backend: wanted?.name ?? /^@?(\w*)/.exec(changed.machine.console)?.[1] ?? '',
    outside: outsideOf(changed, ends),
  };
}

function backendOf(line: CommandLine): WantedBackend | undefined {
  const option = stringOption(line, 'backend');
  if (option === undefined) {
    return undefined;
  }
  const [name, ...rest] = option.split('=');
  const backend = BACKENDS.find((one) => one === name);
  if (backend === undefined) {
    throw new ProblemError(problem('unknown-backend', { name: name ?? '', known: BACKENDS.join(', ') }));
  }
  return { name: backend, real: rest.length === 0 ? undefined : rest.join('=') };
}

function chosenScenario(line: CommandLine): Scenario {
  const route = stringOption(line, 'route');
  const file = stringOption(line, 'scenario');
  if (file === undefined) {
    return routeScenario(route ?? 'stock');
  }
  if (route !== undefined) {
    throw new ProblemError(problem('usage', { reason: '--route and --scenario both choose what to run: name one.' }));
  }
  return NAMED.get(file) ?? fromFile(file);
}

/**
 * The named scenario of a route.
 *
 * @throws ProblemError `unknown-route`
 */
export function routeScenario(name: string): Scenario {
  const route = ROUTES.find((one) => one === name);
  const scenario = route === undefined ? undefined : NAMED.get(route);
  if (scenario === undefined) {
    throw new ProblemError(problem('unknown-route', { name, known: ROUTES.join(', ') }));
  }
  return scenario;
}

/** Routes that are gone before the first process runs. */
const IN_SET_UP: ReadonlySet<Route> = new Set<Route>(['set-up', 'control-handshake']);

/** The part of a run in which a scenario's route is taken. */
export const phaseOf = (scenario: Scenario): Phase => (IN_SET_UP.has(scenario.route) ? 'set-up' : 'run');

function fromFile(file: string): Scenario {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new ProblemError(problem('unknown-scenario', { name: file, known: [...NAMED.keys()].join(', ') }));
  }
  const found = `${text.length}`;
  const scenario =
    text.length > MAX_FILE
      ? { ok: false as const, error: problem('bad-scenario', { path: '/', found, allowed: `<=${MAX_FILE}` }) }
      : parseScenarioText(text);
  if (!scenario.ok) {
    throw new ProblemError(scenario.error);
  }
  return scenario.value;
}

/** A file takes output only: nobody can send anything through it. */
function checkBackend(scenario: Scenario, wanted: WantedBackend | undefined): void {
  const needsInput = scenario.actions.some((action) => action.do === 'input');
  if (wanted !== undefined && needsInput && !canReceive(wanted.name)) {
    const allowed = BACKENDS.filter(canReceive).join(', ');
    const option = `--backend ${wanted.name}`;
    throw new ProblemError(problem('not-in-scenario', { option, scenario: scenario.name, allowed }));
  }
}

function realEnds(line: CommandLine, backend: Backend, real: string): RealEnds {
  if (backend === 'file') {
    const file = RealFile.open(real);
    if (!file.ok) {
      throw new ProblemError(file.error);
    }
    return { files: new Map([[FILE_BACKEND_PATH, file.value]]) };
  }
  if (backend !== 'stdio' || real !== '-' || line.json) {
    throw new ProblemError(problem('usage', { reason: whyNotReal(backend, real) }));
  }
  return { stdin: new RealTerminal() };
}

function whyNotReal(backend: Backend, real: string): string {
  if (backend !== 'stdio') {
    const emulated = `--backend ${backend} without "=${real}" is emulated.`;
    return `A real ${backend} is not supported; file=PATH and stdio=- are. ${emulated}`;
  }
  return real === '-' ? 'stdio=- and --json both want standard output.' : `stdio=${real} is not known; stdio=- is.`;
}

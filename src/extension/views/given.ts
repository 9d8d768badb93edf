import { NAMED } from '../../scenarios/named.ts';
import { parseScenario } from '../../scenarios/parse.ts';
import type { Scenario } from '../../scenarios/scenario.ts';

/** The scenario that a command is given: by its name, or by a row of a view. */
export function scenarioGiven(given: unknown): Scenario | undefined {
  if (typeof given === 'string') {
    return NAMED.get(given);
  }
  if (typeof given !== 'object' || given === null) {
    return undefined;
  }
  const { is, scenario, file, route, hazard } = given as Readonly<Record<string, unknown>>;
  switch (is) {
    case 'named':
      return scenarioGiven(nameIn(scenario));
    case 'route':
      return scenarioGiven(nameIn(route));
    case 'hazard':
      return scenarioGiven((hazard as { readonly scenarios?: readonly unknown[] } | undefined)?.scenarios?.[0]);
    case 'file':
      return inFile(file);
    default:
      return undefined;
  }
}

const nameIn = (value: unknown): unknown => (value as { readonly name?: unknown } | undefined)?.name;

/** The scenario of a file's row, checked again: a row may be old, and commands are open to everybody. */
function inFile(file: unknown): Scenario | undefined {
  const { scenario } = (file ?? {}) as { readonly scenario?: { readonly ok?: unknown; readonly value?: unknown } };
  const parsed = scenario?.ok === true ? parseScenario(scenario.value) : undefined;
  return parsed?.ok === true ? parsed.value : undefined;
}

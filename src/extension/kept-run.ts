import { NAMED } from '../scenarios/named.ts';
import { parseScenarioText } from '../scenarios/parse.ts';
import type { Scenario } from '../scenarios/scenario.ts';

/** Longest text that is kept for one run, in UTF-16 units: views and workspaces keep it with their own state. */
const LONGEST = 200_000;

/**
 * A scenario as a word or as JSON: the name of a built-in one that is as it was built in, else its whole text. Empty where
 * that is too long to be kept. A real file is never among it: what restores only shows.
 */
export function keepScenario(scenario: Scenario): string {
  if (NAMED.get(scenario.name) === scenario) {
    return scenario.name;
  }
  const text = JSON.stringify(scenario);
  return text.length > LONGEST ? '' : text;
}

/** The scenario that was kept; undefined where the text is none, whoever wrote it. */
export function parseKeptScenario(text: string): Scenario | undefined {
  if (!text.startsWith('{')) {
    return NAMED.get(text);
  }
  const parsed = text.length > LONGEST ? undefined : parseScenarioText(text);
  return parsed?.ok === true ? parsed.value : undefined;
}

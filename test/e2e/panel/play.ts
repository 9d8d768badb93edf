import { inspect } from 'node:util';
import type { Browser } from 'playwright-core';
import type { Outcome } from '../runner.ts';
import type { PageScenario } from './scenarios.ts';

/** Runs one scenario of the panel's page and counts it, with a line of its own. */
export async function playPage(scenario: PageScenario, browser: Browser, outcome: Outcome): Promise<void> {
  const start = performance.now();
  const seconds = (): string => `${((performance.now() - start) / 1000).toFixed(1)} s`;
  try {
    await scenario.run(browser);
    outcome.passed++;
    console.log(`  passed   ${scenario.name} (${seconds()})`);
  } catch (error) {
    outcome.failed++;
    console.log(`  FAILED   ${scenario.name} (${seconds()})\n${inspect(error)}`);
  }
}

import type { Browser } from 'playwright-core';
import { counted, type Outcome } from '../runner.ts';
import type { PageScenario } from './scenarios.ts';

/** Runs one scenario of the panel's page and counts it, with a line of its own. */
export const playPage = (scenario: PageScenario, browser: Browser, outcome: Outcome): Promise<void> =>
  counted(scenario.name, () => scenario.run(browser), outcome);

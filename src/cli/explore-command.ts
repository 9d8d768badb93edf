import { readFileSync } from 'node:fs';
import { type Problem, ProblemError, problem } from '../base/problem.ts';
import { ScenarioRunner } from '../host-node/scenario-runner.ts';
import { DEFAULT_BOUNDS, type Exploration, type ExploreBounds } from '../scenarios/explore.ts';
import { NAMED } from '../scenarios/named.ts';
import { parseScenarioText } from '../scenarios/parse.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { type Command, type CommandLine, EXIT, stringOption } from './command.ts';

/** `explore SCENARIO`: runs the schedules of a scenario, by name or from a file, and prints its classes of outcomes. */
export const exploreCommand: Command = {
  name: 'explore',
  options: { departures: 'string', schedules: 'string' },
  usage: 'explore SCENARIO [--departures N] [--schedules N] [--json]',
  async run(line) {
    const [name] = line.words;
    const departures = whole(stringOption(line, 'departures'), DEFAULT_BOUNDS.departures);
    const schedules = whole(stringOption(line, 'schedules'), DEFAULT_BOUNDS.schedules);
    if (name === undefined || line.words.length !== 1 || departures === undefined || schedules === undefined) {
      return { problem: usage('explore takes one scenario, --departures and --schedules whole numbers.') };
    }
    const found = await untilInterrupted(line, scenarioNamed(name), { departures, schedules });
    line.print(line.json ? `${JSON.stringify(found)}\n` : table(found));
    return EXIT.done;
  },
};

/** Milliseconds between two lines that tell how far it is. */
const TELL = 2000;

/** Explores in a worker thread; Ctrl-C ends it with what has been found. */
async function untilInterrupted(line: CommandLine, scenario: Scenario, bounds: ExploreBounds): Promise<Exploration> {
  const runner = new ScenarioRunner();
  const cancel = { cancelled: false };
  const interrupt = (): void => {
    cancel.cancelled = true;
  };
  process.on('SIGINT', interrupt);
  let told = Date.now();
  try {
    return await runner.explore(scenario, bounds, cancel, (done, of) => {
      if (Date.now() - told > TELL) {
        told = Date.now();
        line.say(`${done}/${of}`);
      }
    });
  } finally {
    process.off('SIGINT', interrupt);
    runner.dispose();
  }
}

const usage = (reason: string): Problem => problem('usage', { reason });

function whole(text: string | undefined, otherwise: number): number | undefined {
  return text === undefined ? otherwise : /^\d{1,7}$/.test(text) ? Number(text) : undefined;
}

/** @throws ProblemError where there is no such scenario, or its file is wrong */
function scenarioNamed(name: string): Scenario {
  const named = NAMED.get(name);
  if (named !== undefined) {
    return named;
  }
  let text: string;
  try {
    text = readFileSync(name, 'utf8');
  } catch {
    throw new ProblemError(problem('unknown-scenario', { name, known: [...NAMED.keys()].join(', ') }));
  }
  const scenario = parseScenarioText(text);
  if (!scenario.ok) {
    throw new ProblemError(scenario.error);
  }
  return scenario.value;
}

/** One line a class: how many schedules, what came out, and the schedule that led there first. */
function table({ schedules, complete, why, outcomes }: Exploration): string {
  const rows = outcomes.map(
    ({ name, count, schedule }) => `${`${count}`.padStart(7)}  ${name}  ${JSON.stringify(schedule)}`,
  );
  return `${[...rows, `${`${schedules}`.padStart(7)}${complete ? '' : `+ (${why ?? ''})`}`].join('\n')}\n`;
}

import { printable } from '../base/bytes.ts';
import { neverCancelled } from '../base/cancel.ts';
import { ProblemError, problem } from '../base/problem.ts';
import { runAsJson } from '../export/json.ts';
import { runAsMermaid } from '../export/mermaid.ts';
import { runAsPerfetto } from '../export/perfetto.ts';
import { runAsText } from '../export/text.ts';
import { mapRun } from '../host-node/map-run.ts';
import { logNote } from '../replay/event-notes.ts';
import { bytesOf } from '../scenarios/data.ts';
import { FORCED } from '../scenarios/forced.ts';
import { type Run, runScenario } from '../scenarios/run.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import type { SourceMap } from '../sourcemap/map-types.ts';
import { reportOf } from '../sourcemap/report.ts';
import { CLI_TEXTS } from '../texts/cli.ts';
import { LOG_LEVELS, type Phase } from '../trace/kinds.ts';
import { outputLine } from '../trace/output.ts';
import { type Command, type CommandLine, EXIT, stringOption } from './command.ts';
import { factsHostOf } from './facts-host.ts';
import { htmlOf } from './html.ts';
import { mapSummary } from './map-summary.ts';
import { type Chosen, phaseOf, SCENARIO_OPTIONS, scenarioOf } from './scenario-options.ts';
import { TREE_OPTIONS, treesOf } from './trees.ts';
import { OutFile } from './write-out.ts';

const FORMATS = ['text', 'json', 'html', 'perfetto', 'mermaid'] as const;
type Format = (typeof FORMATS)[number];

const PHASE_OPTION: Readonly<Record<string, readonly Phase[]>> = {
  run: ['run'],
  'set-up': ['set-up'],
  all: ['set-up', 'run'],
};

/** `trace`: emulates a route and shows the path it took, joined with the user's trees where the format shows code. */
export const traceCommand: Command = {
  name: 'trace',
  options: {
    ...SCENARIO_OPTIONS,
    ...TREE_OPTIONS,
    format: 'string',
    output: 'string',
    phase: 'string',
    'with-sources': 'boolean',
  },
  usage:
    'trace [--route NAME | --scenario FILE|NAME] [--write TEXT] [--backend stdio|tty|pty|file|socket|file=PATH|stdio=-] ' +
    '[--acrn DIR] [--linux DIR] ' +
    '[--service-linux DIR] [--phase run|set-up|all] [--format text|json|html|perfetto|mermaid] [--with-sources] [--json] [-o FILE]',
  async run(line) {
    const format = formatOf(line);
    const chosen = scenarioOf(line);
    const phases = phasesOf(line, chosen.scenario);
    const run = emulate(line, chosen);
    const out = new OutFile(stringOption(line, 'output'));
    out.end(await piecesOf(line, { chosen, run, format, phases }));
    const path = stringOption(line, 'output');
    if (path !== undefined) {
      line.say(CLI_TEXTS[line.language].written(format, path));
    }
    return EXIT.done;
  },
};

interface Wanted {
  readonly chosen: Chosen;
  readonly run: Run;
  readonly format: Format;
  readonly phases: readonly Phase[];
}

async function piecesOf(line: CommandLine, wanted: Wanted): Promise<Iterable<string>> {
  const { run, phases, format } = wanted;
  switch (format) {
    case 'json':
      return runAsJson(run.trace, run);
    case 'perfetto':
      return runAsPerfetto(run.trace);
    case 'mermaid':
      return [runAsMermaid(run.trace, phases, line.language)];
    case 'html':
      return [await htmlOf(line, run, await treesOf(line))];
    case 'text':
      return textOf(line, wanted, await mapped(line, wanted));
  }
}

function emulate(line: CommandLine, { scenario, outside }: Chosen): Run {
  const started = performance.now();
  const run = runScenario(scenario, outside);
  if (!run.ok) {
    throw new ProblemError(run.error);
  }
  const { trace, end } = run.value;
  const texts = CLI_TEXTS[line.language];
  line.say(texts.emulated(enterCount(run.value, ['set-up', 'run']), trace.length, since(started)));
  for (const name of scenario.forced) {
    const { meaning, decidedBy } = FORCED[name];
    line.say(texts.forced(meaning[line.language], decidedBy.function, `${decidedBy.file}:${decidedBy.line}`));
  }
  if (end === 'stuck' || end === 'turns-used-up') {
    line.say(texts.notQuiet(end));
  }
  if (run.value.hangs) {
    line.say(texts.hangs);
  }
  return run.value;
}

async function mapped(line: CommandLine, { run, phases }: Wanted): Promise<SourceMap> {
  const started = performance.now();
  const map = await mapRun(run, phases, await treesOf(line), neverCancelled, factsHostOf(line));
  const { stages, hops } = reportOf(map);
  const found = stages.found + stages.renamed + stages.inlined;
  const all = hops.proven + hops.unproven;
  line.say(CLI_TEXTS[line.language].mapped(found, map.stages.length, hops.proven, all, since(started)));
  return map;
}

function* textOf(line: CommandLine, { chosen, run, phases }: Wanted, map: SourceMap): Iterable<string> {
  const texts = CLI_TEXTS[line.language];
  yield `${headingOf(line, chosen)}\n`;
  yield `${texts.tree('ACRN', map.trees.acrn?.path ?? '', map.trees.acrn?.version ?? '')}\n`;
  yield `${texts.tree('Linux', map.trees.guestLinux?.path ?? '', map.trees.guestLinux?.version ?? '')}\n`;
  if (map.trees.serviceLinux !== map.trees.guestLinux) {
    yield `${texts.tree('Linux (Service VM)', map.trees.serviceLinux?.path ?? '', map.trees.serviceLinux?.version ?? '')}\n`;
  }
  if (!phases.includes('set-up')) {
    yield `${texts.setUp(enterCount(run, ['set-up']))}\n`;
  }
  for (const text of runAsText(run.trace, map, { language: line.language, phases })) {
    yield `${text}\n`;
  }
  yield `\n${mapSummary(map, line.language)}\n`;
  yield `${run.output.size === 0 ? texts.nothingWritten : texts.wroteWhere}\n`;
  for (const [endpoint, written] of run.output) {
    yield `  ${outputLine(endpoint, written)}\n`;
  }
  if (run.output.size === 0) {
    yield* errorLines(line, run);
  }
}

/** What the programs logged as errors, wherever in the run: the likely reason why nothing came out. */
function* errorLines(line: CommandLine, { trace }: Run): Iterable<string> {
  for (const event of trace.events()) {
    if (event.kind === 'log' && LOG_LEVELS[event.value] === 'error') {
      yield `  ${trace.contexts[event.context]?.name ?? ''}: ${logNote(trace, event, line.language)}\n`;
    }
  }
}

/** What the first write is; where there is none, the scenario's title. */
function headingOf(line: CommandLine, { scenario, backend }: Chosen): string {
  const write = scenario.actions.find((action) => action.do === 'write');
  if (write === undefined) {
    return scenario.title[line.language];
  }
  const shown = printable((bytesOf(write.data) ?? new Uint8Array()).subarray(0, 60));
  return CLI_TEXTS[line.language].heading(shown, write.path, scenario.route, backend);
}

function enterCount(run: Run, phases: readonly Phase[]): number {
  let count = 0;
  for (const event of run.trace.events()) {
    if (event.kind === 'enter' && phases.includes(event.phase)) {
      count++;
    }
  }
  return count;
}

function formatOf(line: CommandLine): Format {
  const name = line.json ? 'json' : (stringOption(line, 'format') ?? 'text');
  const format = FORMATS.find((one) => one === name);
  if (format === undefined) {
    throw new ProblemError(problem('unknown-format', { name, known: FORMATS.join(', ') }));
  }
  return format;
}

/** What is shown where nobody asks: the run, or the set-up of a scenario in which nobody writes or reads. */
function phasesOf(line: CommandLine, scenario: Scenario): readonly Phase[] {
  const name = stringOption(line, 'phase') ?? phaseOf(scenario);
  const phases = PHASE_OPTION[name];
  if (phases === undefined) {
    const reason = `--phase takes ${Object.keys(PHASE_OPTION).join(', ')}.`;
    throw new ProblemError(problem('usage', { reason }));
  }
  return phases;
}

const since = (started: number): string => (performance.now() - started).toFixed(0);

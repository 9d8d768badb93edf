#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { type Problem, ProblemError, problem } from '../base/problem.ts';
import { CLI_TEXTS } from '../texts/cli.ts';
import { type Language, languageOf } from '../texts/language.ts';
import { problemText } from '../texts/problems.ts';
import { type Command, type CommandEnd, EXIT } from './command.ts';
import { deviceCommand } from './device-command.ts';
import { exploreCommand } from './explore-command.ts';
import { functionsCommand, indexCommand } from './index-command.ts';
import { mapCommand } from './map-command.ts';
import { notesCommand } from './notes-command.ts';
import { calleesCommand, callersCommand } from './query-command.ts';
import { ringCommand } from './ring-command.ts';
import { traceCommand } from './trace-command.ts';

const COMMANDS: readonly Command[] = [
  traceCommand,
  mapCommand,
  indexCommand,
  functionsCommand,
  notesCommand,
  deviceCommand,
  ringCommand,
  exploreCommand,
  callersCommand,
  calleesCommand,
];

async function main(argv: readonly string[]): Promise<number> {
  const language = requestedLanguage(argv);
  const name = argv.find((word) => !word.startsWith('-'));
  if (name === undefined) {
    process.stdout.write(helpText(language));
    return argv.includes('--help') || argv.length === 0 ? EXIT.done : EXIT.usage;
  }
  const command = COMMANDS.find((one) => one.name === name);
  if (command === undefined) {
    return fail(problem('usage', { reason: CLI_TEXTS[language].noCommand(name) }), language);
  }
  const end = await runCommand(command, argv, language);
  return typeof end === 'number' ? end : fail(end.problem, language);
}

async function runCommand(command: Command, argv: readonly string[], language: Language): Promise<CommandEnd> {
  try {
    const { values, positionals } = parseArgs({ args: [...argv], options: optionsOf(command), allowPositionals: true });
    if (values['help'] === true) {
      process.stdout.write(`${command.usage}\n`);
      return EXIT.done;
    }
    return await command.run({
      language,
      json: values['json'] === true,
      options: values,
      words: positionals.slice(1),
      print: (text) => process.stdout.write(text),
      say: (text) => process.stderr.write(`${text}\n`),
    });
  } catch (error) {
    return { problem: problemOf(error) };
  }
}

function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) {
    return error.problem;
  }
  if (error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')) {
    return problem('usage', { reason: error.message });
  }
  throw error;
}

function optionsOf(command: Command): Record<string, { type: 'string' | 'boolean'; short?: string }> {
  const own = Object.entries(command.options).map(([name, type]) => [name, { type }]);
  return {
    ...Object.fromEntries(own),
    json: { type: 'boolean' },
    lang: { type: 'string' },
    help: { type: 'boolean' },
    ...(command.options['output'] === undefined ? {} : { output: { type: 'string', short: 'o' } }),
  };
}

function requestedLanguage(argv: readonly string[]): Language {
  const at = argv.findIndex((word) => word === '--lang' || word.startsWith('--lang='));
  const given = at < 0 ? undefined : (argv[at]?.split('=')[1] ?? argv[at + 1]);
  return languageOf(given ?? process.env['LC_ALL'] ?? process.env['LANG'] ?? 'en');
}

function fail(what: Problem, language: Language): number {
  const { text, next } = problemText(what, language);
  process.stderr.write(`virtio-trace: ${text} ${next}\n`);
  return EXIT.usage;
}

function helpText(language: Language): string {
  return `${CLI_TEXTS[language].help}\n\n${COMMANDS.map((command) => `  ${command.usage}`).join('\n')}\n`;
}

// A reader that closes early (`| head`) is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? EXIT.done : EXIT.usage);
});

process.exitCode = await main(process.argv.slice(2));

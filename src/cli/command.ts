import type { Problem } from '../base/problem.ts';
import type { Language } from '../texts/language.ts';

/** Exit codes of the command line. */
export const EXIT = { done: 0, no: 1, usage: 2 } as const;

/** What every command gets. */
export interface CommandLine {
  readonly language: Language;
  /** One JSON document on standard output and nothing else there. */
  readonly json: boolean;
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
  readonly words: readonly string[];
  /** Writes to standard output. */
  readonly print: (text: string) => void;
  /** Writes one line to standard error: progress and warnings. */
  readonly say: (text: string) => void;
}

/** A command ends with an exit code, or with the problem that the user must mend (exit code 2). */
export type CommandEnd = number | { readonly problem: Problem };

/** One command of the command line. */
export interface Command {
  readonly name: string;
  /** Options with a value, and those without. */
  readonly options: Readonly<Record<string, 'string' | 'boolean'>>;
  readonly usage: string;
  run(line: CommandLine): Promise<CommandEnd>;
}

/** A string option, undefined where it was not given. */
export function stringOption(line: CommandLine, name: string): string | undefined {
  const value = line.options[name];
  return typeof value === 'string' ? value : undefined;
}

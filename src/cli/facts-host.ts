import type { Problem } from '../base/problem.ts';
import { cacheIn, type FactsHost, userCacheFolder } from '../host-node/facts.ts';
import { allCores } from '../host-node/grammar.ts';
import type { PoolOptions } from '../host-node/index-pool.ts';
import { problemText } from '../texts/problems.ts';
import { type CommandLine, stringOption } from './command.ts';

/** Options of every command that reads C text: where facts are kept between runs. */
export const CACHE_OPTIONS = { cache: 'string', 'no-cache': 'boolean' } as const;

/** How these options are shown. */
export const CACHE_USAGE = '[--cache DIR | --no-cache]';

/** How a command indexes: on all cores, facts kept in the user's cache folder unless the options say otherwise. */
export function factsHostOf(line: CommandLine): FactsHost {
  const onProblem = (problem: Problem): void => line.say(sentenceOf(line, problem));
  return { cacheFolder: cacheFolderOf(line), pool: { workers: allCores() }, onProblem };
}

/** The same for a whole tree. */
export const poolOf = (line: CommandLine): PoolOptions => ({
  workers: allCores(),
  cache: cacheIn(cacheFolderOf(line)),
});

/** A problem and what to do next, in one line. */
export function sentenceOf(line: CommandLine, problem: Problem): string {
  const { text, next } = problemText(problem, line.language);
  return `${text} ${next}`;
}

const cacheFolderOf = (line: CommandLine): string | undefined =>
  line.options['no-cache'] === true ? undefined : (stringOption(line, 'cache') ?? userCacheFolder());

import { fileURLToPath } from 'node:url';
import { ProblemError } from '../base/problem.ts';
import { openTrees } from '../host-node/open-trees.ts';
import type { Trees } from '../sourcemap/trees.ts';
import { CLI_TEXTS } from '../texts/cli.ts';
import { type CommandLine, stringOption } from './command.ts';
import { CACHE_OPTIONS } from './facts-host.ts';

/** Options by which every command takes trees, and says where their facts are kept. */
export const TREE_OPTIONS = { acrn: 'string', linux: 'string', 'service-linux': 'string', ...CACHE_OPTIONS } as const;

/**
 * The trees that the options name; the embedded sample for what is not named, said on standard error.
 *
 * @throws ProblemError where a named folder is no such tree
 */
export async function treesOf(line: CommandLine): Promise<Trees> {
  const serviceLinux = stringOption(line, 'service-linux');
  const trees = await openTrees({
    acrn: folderOf(line, 'acrn'),
    linux: folderOf(line, 'linux'),
    ...(serviceLinux === undefined ? {} : { serviceLinux }),
  });
  if (!trees.ok) {
    throw new ProblemError(trees.error);
  }
  return trees.value;
}

function folderOf(line: CommandLine, which: 'acrn' | 'linux'): string {
  const named = stringOption(line, which);
  if (named !== undefined) {
    return named;
  }
  line.say(CLI_TEXTS[line.language].sampleUsed(which));
  return fileURLToPath(new URL(`../sample/${which}`, import.meta.url));
}

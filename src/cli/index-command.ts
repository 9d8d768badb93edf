import { neverCancelled } from '../base/cancel.ts';
import { type Problem, ProblemError, problem } from '../base/problem.ts';
import { addCounts, type IndexCounts, NO_COUNTS } from '../host-node/index-counts.ts';
import { indexTree, type TreeIndex } from '../host-node/tree-index.ts';
import { INDEXING_TEXTS } from '../texts/indexing.ts';
import { type Command, type CommandLine, EXIT } from './command.ts';
import { CACHE_OPTIONS, CACHE_USAGE, poolOf, sentenceOf } from './facts-host.ts';

/** Milliseconds between two lines of progress. */
const PROGRESS_MS = 2000;
/** Problems that are said one by one. */
const SAID_PROBLEMS = 20;

/** `index`: reads and indexes whole trees, counts what is in them, and keeps the facts for later commands. */
export const indexCommand: Command = {
  name: 'index',
  options: CACHE_OPTIONS,
  usage: `index DIR... ${CACHE_USAGE} [--json]`,
  async run(line) {
    const started = performance.now();
    const trees: TreeIndex[] = [];
    for (const folder of foldersOf(line)) {
      trees.push(await indexed(line, folder, 'counts'));
    }
    const seconds = (performance.now() - started) / 1000;
    const sum: Sum = {
      counts: trees.map((tree) => tree.counts).reduce(addCounts, NO_COUNTS),
      engine: trees.find((tree) => tree.engine !== '')?.engine ?? '',
      seconds: Number(seconds.toFixed(3)),
      peakRssBytes: process.resourceUsage().maxRSS * 1024,
      problems: trees.flatMap((tree) => tree.problems),
    };
    line.print(line.json ? asJson(sum) : asText(line, sum));
    return EXIT.done;
  },
};

/** `functions`: every function definition of a tree. */
export const functionsCommand: Command = {
  name: 'functions',
  options: CACHE_OPTIONS,
  usage: `functions DIR ${CACHE_USAGE} [--json]`,
  async run(line) {
    const folders = foldersOf(line);
    if (folders.length !== 1) {
      throw new ProblemError(problem('usage', { reason: INDEXING_TEXTS[line.language].needsFolder('functions') }));
    }
    const { functions } = await indexed(line, folders[0] ?? '', 'functions');
    if (line.json) {
      line.print(`${JSON.stringify({ format: 1, functions })}\n`);
    } else {
      line.print(
        functions.map((one) => `${one.file}:${one.line} ${one.static ? 'static ' : ''}${one.name}\n`).join(''),
      );
    }
    return EXIT.done;
  },
};

interface Sum {
  readonly counts: IndexCounts;
  readonly engine: string;
  readonly seconds: number;
  readonly peakRssBytes: number;
  readonly problems: readonly Problem[];
}

function foldersOf(line: CommandLine): readonly string[] {
  if (line.words.length === 0) {
    throw new ProblemError(problem('usage', { reason: INDEXING_TEXTS[line.language].needsFolder('index') }));
  }
  return line.words;
}

async function indexed(line: CommandLine, folder: string, want: 'counts' | 'functions'): Promise<TreeIndex> {
  const texts = INDEXING_TEXTS[line.language];
  let said = performance.now();
  const onProgress = (done: number, all: number): void => {
    if (performance.now() - said > PROGRESS_MS) {
      said = performance.now();
      line.say(texts.progress(done, all));
    }
  };
  const tree = await indexTree(folder, { cancel: neverCancelled, pool: poolOf(line), want, onProgress });
  if (tree.counts.files === 0) {
    line.say(texts.noFiles(folder));
  }
  for (const one of tree.problems.slice(0, SAID_PROBLEMS)) {
    line.say(sentenceOf(line, one));
  }
  if (tree.problems.length > SAID_PROBLEMS) {
    line.say(texts.moreProblems(tree.problems.length - SAID_PROBLEMS));
  }
  return tree;
}

function asJson({ counts, engine, seconds, peakRssBytes, problems }: Sum): string {
  const { files, bytes, ...found } = counts;
  return `${JSON.stringify({ format: 1, files, bytes, seconds, engine, ...found, peakRssBytes, problems })}\n`;
}

function asText(line: CommandLine, { counts, engine, seconds, peakRssBytes }: Sum): string {
  const texts = INDEXING_TEXTS[line.language];
  const rows = [
    texts.found(counts),
    texts.errors(counts.filesWithErrors, counts.errorNodes),
    texts.cost(seconds.toFixed(2), engine, (peakRssBytes / 1e6).toFixed(0)),
  ];
  return `${rows.join('\n')}\n`;
}

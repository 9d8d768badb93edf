import { neverCancelled } from '../base/cancel.ts';
import { ProblemError, problem } from '../base/problem.ts';
import { readEdgeFile } from '../host-node/edge-file.ts';
import { runQuery } from '../host-node/query-run.ts';
import type { QueryAnswer, QueryEdge } from '../sourcemap/query/query-types.ts';
import { QUERY_TEXTS } from '../texts/query.ts';
import { type Command, type CommandLine, EXIT, stringOption } from './command.ts';
import { CACHE_OPTIONS, CACHE_USAGE, factsHostOf, sentenceOf } from './facts-host.ts';
import { TREE_OPTIONS, treesOf } from './trees.ts';

/** Sites that the text form lists before it only counts. */
const SHOWN_SITES = 20;

function queryCommand(name: 'callers' | 'callees'): Command {
  return {
    name,
    options: { ...TREE_OPTIONS, ...CACHE_OPTIONS, workspace: 'string' },
    usage: `${name} NAME|FILE:LINE --acrn DIR --linux DIR [--service-linux DIR] [--workspace DIR] ${CACHE_USAGE} [--json]`,
    async run(line) {
      const query = line.words[0];
      if (query === undefined || line.words.length !== 1) {
        return { problem: problem('usage', { reason: QUERY_TEXTS[line.language].oneWord(name) }) };
      }
      const edges = await readEdgeFile(stringOption(line, 'workspace') ?? '.');
      if (!edges.ok) {
        throw new ProblemError(edges.error);
      }
      const answer = await runQuery(name, query, await treesOf(line), edges.value, neverCancelled, factsHostOf(line));
      if (!answer.ok) {
        return { problem: answer.error };
      }
      for (const one of answer.value.problems) {
        line.say(sentenceOf(line, one));
      }
      line.print(line.json ? `${JSON.stringify({ format: 1, ...answer.value })}\n` : asText(line, answer.value));
      return answer.value.result.length > 0 ? EXIT.done : EXIT.no;
    },
  };
}

/** `callers`: who reaches a function, by name, through pointers and across boundaries. Exit code 1 where nobody is found. */
export const callersCommand: Command = queryCommand('callers');

/** `callees`: whom a function, or the calls of one line, reach. Exit code 1 where nothing is found. */
export const calleesCommand: Command = queryCommand('callees');

function asText(line: CommandLine, { asked, result, unresolved, notIndexed, indexed }: QueryAnswer): string {
  const texts = QUERY_TEXTS[line.language];
  const sites = unresolved.sites
    .slice(0, SHOWN_SITES)
    .map((site) => `  ? ${site.tree}:${site.file}:${site.line} ${site.calls} (${site.reason})`);
  const rows = [
    ...asked.map((one) => `${one.function} ${one.tree}:${one.file}:${one.line}`),
    ...result.flatMap(edgeText),
    texts.found(result.length),
    texts.unresolved(unresolved.count),
    ...sites,
    ...(notIndexed.count === 0
      ? []
      : [texts.notIndexed(notIndexed.count, notIndexed.names.slice(0, SHOWN_SITES).join(', '))]),
    texts.restsOn(indexed.files, indexed.folders.join(', ')),
  ];
  return `${rows.join('\n')}\n`;
}

function edgeText(edge: QueryEdge): readonly string[] {
  const via = edge.via === undefined ? '' : ` ${edge.via}`;
  return [
    `  ${edge.kind}${via}: ${edge.function} ${edge.tree}:${edge.file}:${edge.line}`,
    ...edge.evidence.map((one) => `      ${one.role} ${one.tree}:${one.file}:${one.line} ${one.shows}`),
  ];
}

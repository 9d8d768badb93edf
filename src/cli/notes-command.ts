import { ProblemError } from '../base/problem.ts';
import { emulatedOutside } from '../emulator/outside/outside.ts';
import { withFactsSource } from '../host-node/facts.ts';
import { stock } from '../scenarios/named.ts';
import { runScenario } from '../scenarios/run.ts';
import { type JudgedNote, judgeNotes, type NotesReport } from '../sourcemap/notes/judge.ts';
import { NOTE_WORDS, noteText } from '../texts/notes.ts';
import { problemText } from '../texts/problems.ts';
import { type Command, type CommandLine, EXIT } from './command.ts';
import { factsHostOf } from './facts-host.ts';
import { TREE_OPTIONS, treesOf } from './trees.ts';

/** `notes`: the claims of the study notes, judged on the user's trees. Exit code 1 where a claim cannot be told. */
export const notesCommand: Command = {
  name: 'notes',
  options: TREE_OPTIONS,
  usage: 'notes --acrn DIR --linux DIR [--service-linux DIR] [--json]',
  async run(line) {
    const trees = await treesOf(line);
    const run = runScenario(stock, emulatedOutside());
    if (!run.ok) {
      throw new ProblemError(run.error);
    }
    const report = await withFactsSource((source) => judgeNotes(run.value.trace, trees, source), factsHostOf(line));
    line.print(line.json ? asJson(report, line) : asText(report, line));
    for (const one of report.problems) {
      const { text, next } = problemText(one, line.language);
      line.say(`${text} ${next}`);
    }
    return report.claims.some((claim) => claim.verdict === 'unknown') ? EXIT.no : EXIT.done;
  },
};

function asJson({ claims, problems }: NotesReport, line: CommandLine): string {
  const shown = claims.map(({ id, verdict, evidence, lacking }) => {
    return { id, verdict, ...noteText(id, verdict, lacking, line.language), evidence, lacking };
  });
  return `${JSON.stringify({ format: 1, claims: shown, problems })}\n`;
}

function asText({ claims }: NotesReport, line: CommandLine): string {
  const words = NOTE_WORDS[line.language];
  const counts = new Map<string, number>();
  for (const { verdict } of claims) {
    counts.set(words.verdicts[verdict], (counts.get(words.verdicts[verdict]) ?? 0) + 1);
  }
  const summary = words.counts(claims.length, [...counts].map(([word, count]) => `${count} ${word}`).join(', '));
  return `${[...claims.map((claim) => noteAsText(claim, line)), summary].join('\n')}\n`;
}

function noteAsText({ id, verdict, evidence, lacking }: JudgedNote, { language }: CommandLine): string {
  const { claim, says } = noteText(id, verdict, lacking, language);
  const words = NOTE_WORDS[language];
  const lines = evidence.map((one) => `      ${one.file}:${one.line}  ${one.shows}`);
  return [`${String(id).padStart(2)}. ${claim}`, `    ${words.line(words.verdicts[verdict], says)}`, ...lines, ''].join(
    '\n',
  );
}

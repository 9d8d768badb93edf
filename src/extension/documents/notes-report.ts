import type { NoteEvidence } from '../../sourcemap/notes/check-types.ts';
import type { NotesReport } from '../../sourcemap/notes/judge.ts';
import { DOCUMENT_TEXTS } from '../../texts/documents.ts';
import type { Language } from '../../texts/language.ts';
import { NOTE_WORDS, noteText } from '../../texts/notes.ts';
import { problemText } from '../../texts/problems.ts';
import { type Piece, type Report, ReportWriter } from './report.ts';

/** The claims of the study notes with verdicts and evidence, wrong ones first told as such. */
export function notesReport(
  { claims, problems }: NotesReport,
  trees: readonly string[],
  language: Language,
  lineLink: (evidence: NoteEvidence) => Piece,
): Report {
  const writer = new ReportWriter();
  const texts = DOCUMENT_TEXTS[language];
  const words = NOTE_WORDS[language];
  writer.heading(1, texts.notesTitle);
  for (const tree of trees) {
    writer.line(`- ${tree}`);
  }
  const counts = new Map<string, number>();
  for (const { verdict } of claims) {
    counts.set(words.verdicts[verdict], (counts.get(words.verdicts[verdict]) ?? 0) + 1);
  }
  writer.line().line(words.counts(claims.length, [...counts].map(([word, count]) => `${count} ${word}`).join(', ')));
  for (const { id, verdict, evidence, lacking } of claims) {
    const { claim, says } = noteText(id, verdict, lacking, language);
    writer.heading(2, `${id}. ${claim}`);
    writer.line(words.line(words.verdicts[verdict], says));
    for (const one of evidence) {
      writer.line('- ', lineLink(one), `  ${one.shows}`);
    }
  }
  if (problems.length > 0) {
    writer.heading(2, texts.problemsTitle(problems.length));
    for (const one of problems) {
      writer.line(`- ${problemText(one, language).text}`);
    }
  }
  return writer.end();
}

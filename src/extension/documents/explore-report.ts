import type { Exploration, Schedule } from '../../scenarios/explore.ts';
import type { Scenario } from '../../scenarios/scenario.ts';
import { DOCUMENT_TEXTS, type DocumentTexts } from '../../texts/documents.ts';
import { HAZARD_KIND_NAMES, hazardText } from '../../texts/events.ts';
import type { Language } from '../../texts/language.ts';
import { type Report, ReportWriter } from './report.ts';

/** What the schedules of a scenario come to, the rarest class last. */
export function exploreReport(scenario: Scenario, found: Exploration, language: Language): Report {
  const writer = new ReportWriter();
  const texts = DOCUMENT_TEXTS[language];
  writer.heading(1, texts.exploreTitle(scenario.title[language]));
  writer.line(scenario.summary[language]).line();
  writer.line(howFar(found, texts));
  writer.line(texts.exploreMeaning);
  for (const { name, count, schedule } of found.outcomes.toSorted((a, b) => b.count - a.count)) {
    const parts = name.split(', ');
    writer.heading(2, parts.map((part) => wordsOf(part, texts, language)).join('; '));
    writer.line(texts.outcomeLine(count, found.schedules));
    writer.line(scheduleLine(schedule, texts));
    for (const part of parts) {
      const hazard = hazardText(part, {}, language);
      if (hazard !== undefined) {
        writer.line(`- ${part}: ${hazard.happens} ${hazard.avoid}`);
      }
    }
  }
  return writer.end();
}

function howFar({ schedules, complete, why, bounds }: Exploration, texts: DocumentTexts): string {
  if (why === 'cancelled') {
    return texts.exploreCancelled(schedules);
  }
  return complete
    ? texts.exploreComplete(schedules, bounds.departures)
    : texts.exploreBounded(schedules, bounds.departures);
}

/** A part of an outcome's name in words: what became of the bytes, how it ended, or a hazard. */
function wordsOf(part: string, texts: DocumentTexts, language: Language): string {
  const hazard = hazardText(part, {}, language);
  return (
    (Object.hasOwn(texts.outcomes, part) ? texts.outcomes[part] : undefined) ??
    (hazard === undefined ? part : `${HAZARD_KIND_NAMES[language][hazard.kind]} (${part})`)
  );
}

const scheduleLine = (schedule: Schedule, texts: DocumentTexts): string =>
  schedule.length === 0
    ? texts.scheduleFirst
    : texts.scheduleDeparts(schedule.map(([choice, pick]) => texts.departure(choice, pick)).join('; '));

import type { StagePlace } from '../sourcemap/map-types.ts';
import { HAZARD_KIND_NAMES, hazardText, LOG_LEVEL_NAMES, logText } from '../texts/events.ts';
import { EXPORT_TEXTS } from '../texts/export.ts';
import type { Language } from '../texts/language.ts';
import { expressionOf } from '../trace/hops.ts';
import { LOG_LEVELS } from '../trace/kinds.ts';
import type { Trace, TraceEvent } from '../trace/trace.ts';

/** Where a stage stands in the user's tree, by its number. */
export type PlaceOf = (stage: number) => StagePlace | undefined;

/** A log line as a reader sees it: its level and its sentence. */
export function logNote(trace: Trace, event: TraceEvent, language: Language): string {
  const texts = EXPORT_TEXTS[language];
  const sentence = logText(expressionOf(trace, event), trace.notes[event.old] ?? {}, language);
  const level = LOG_LEVELS[event.value] ?? 'info';
  return sentence === undefined
    ? texts.logged(withArguments(trace, event))
    : texts.loggedAs(LOG_LEVEL_NAMES[language][level], sentence);
}

/** A hazard as a reader sees it, in lines: kind and place, what the real process does, what a correct driver avoids. */
export function hazardNote(trace: Trace, event: TraceEvent, placeOf: PlaceOf, language: Language): readonly string[] {
  const texts = EXPORT_TEXTS[language];
  const code = expressionOf(trace, event);
  const words = hazardText(code, trace.notes[event.old] ?? {}, language);
  if (words === undefined) {
    return [texts.hazard(withArguments(trace, event))];
  }
  const head = texts.hazardAt(HAZARD_KIND_NAMES[language][words.kind], code, whereOf(trace, event, placeOf));
  return [`${head}:`, words.happens, texts.avoid(words.avoid)];
}

/** `FILE:LINE FUNCTION` of the user's tree; without the line, the file and function that the machine stands for. */
function whereOf(trace: Trace, event: TraceEvent, placeOf: PlaceOf): string {
  const stage = trace.stages[event.stage];
  const place = placeOf(event.stage);
  if (place?.file !== undefined && place.line !== undefined) {
    return `${place.file}:${place.line} ${place.function ?? ''}`.trimEnd();
  }
  return stage === undefined || stage.file === '' ? '' : `${stage.file} ${stage.function}`;
}

function withArguments(trace: Trace, event: TraceEvent): string {
  const args = Object.entries(trace.notes[event.old] ?? {}).map(([name, value]) => `${name}=${value}`);
  return [expressionOf(trace, event), ...args].join(' ');
}

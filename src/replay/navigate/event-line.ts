import { EXPORT_TEXTS } from '../../texts/export.ts';
import { MOVE_TEXTS } from '../../texts/navigate.ts';
import { HOP_NAMES } from '../../texts/words.ts';
import { expressionOf, hopKindOf } from '../../trace/hops.ts';
import type { TraceEvent } from '../../trace/trace.ts';
import { changeOf } from '../changes.ts';
import { hazardNote, logNote } from '../event-notes.ts';
import type { Session } from '../session.ts';

/** One event in a few words; empty where it has been dropped. */
export function eventLine(session: Session, at: number): string {
  const event = session.parts.trace.event(at);
  return event === undefined ? '' : wordsOf(session, event);
}

function wordsOf(session: Session, event: TraceEvent): string {
  const { trace, language } = session.parts;
  const texts = MOVE_TEXTS[language];
  const stage = trace.stages[event.stage]?.function ?? '';
  const expression = (): string => expressionOf(trace, event);
  switch (event.kind) {
    case 'enter':
      return texts.enters(stage);
    case 'exit':
      return texts.exits(stage);
    case 'hop':
      return texts.leavesBy(HOP_NAMES[language][hopKindOf(event)], expression());
    case 'block':
      return texts.blocks(expression());
    case 'resume':
      return texts.goesOn(stage);
    case 'state':
    case 'memory': {
      const change = changeOf(trace, event);
      return change === undefined ? '' : texts.changes(change.name, change.before, change.after);
    }
    case 'hazard':
      return hazardNote(trace, event, (at) => session.proofs.placeOf(at), language).join(' ');
    case 'log':
      return logNote(trace, event, language);
    case 'output':
      return EXPORT_TEXTS[language].leaves(trace.endpoints[event.value] ?? '', `${event.old}`);
    case 'spin':
      return EXPORT_TEXTS[language].spun(expression(), event.old);
  }
}

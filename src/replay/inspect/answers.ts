import type { Answers } from '../answers.ts';
import { inspectorOf } from './inspector.ts';

/** Answers to questions about a moment. */
export const INSPECT_ANSWERS: Answers<'want-state'> = {
  'want-state': (session, { request, from, at, topic, item, detail }) => {
    const last = session.parts.trace.length - 1;
    return at > last || from > at
      ? undefined
      : { t: 'state', request, at, view: inspectorOf(session).look({ from, at, topic, item, detail }) };
  },
};

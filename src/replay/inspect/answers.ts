import type { Answers } from '../answers.ts';
import type { Session } from '../session.ts';
import { whyOf } from '../why/why.ts';
import { inspectorOf } from './inspector.ts';

/** Answers to questions about a moment. */
export const INSPECT_ANSWERS: Answers<'want-state' | 'want-why'> = {
  'want-why': (session, { request, from, at, stage }) =>
    isMoment(session, from, at) && stage < session.parts.trace.stages.length
      ? { t: 'why', request, at, why: whyOf(session, from, at, stage) }
      : undefined,
  'want-state': (session, { request, from, at, topic, item, detail }) =>
    isMoment(session, from, at)
      ? { t: 'state', request, at, view: inspectorOf(session).look({ from, at, topic, item, detail }) }
      : undefined,
};

/** Whether events `from` to `at` are events of the session. */
const isMoment = (session: Session, from: number, at: number): boolean => from <= at && at < session.parts.trace.length;

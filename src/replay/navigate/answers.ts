import type { Answers } from '../answers.ts';
import { summaryOf } from './summary.ts';
import { findTargets } from './targets.ts';

/** Answers to questions about what there is to go to. */
export const NAVIGATE_ANSWERS: Answers<'find' | 'want-summary'> = {
  find: (session, { request, text, what }) => ({ t: 'found', request, ...findTargets(session, text, what) }),
  'want-summary': (session, { request, from, to }) => ({
    t: 'summary',
    request,
    summary: summaryOf(session, from, to),
  }),
};

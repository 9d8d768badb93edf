import type { FromTimelineView } from '../../protocol/timeline.ts';
import type { Answers } from '../answers.ts';
import { timelineOf } from './timeline.ts';
import { windowOf } from './window.ts';

/** Answers to a timeline's questions. */
export const TIMELINE_ANSWERS: Answers<FromTimelineView['t']> = {
  'want-timeline': (session, wanted) => ({
    t: 'timeline',
    request: wanted.request,
    window: windowOf(timelineOf(session), session.ranges[wanted.shown], wanted),
  }),
};

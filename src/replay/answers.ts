import type { FromView, ToView } from '../protocol/messages.ts';
import { INSPECT_ANSWERS } from './inspect/answers.ts';
import { NAVIGATE_ANSWERS } from './navigate/answers.ts';
import type { Session } from './session.ts';
import { TIMELINE_ANSWERS } from './timeline/answers.ts';

/** Messages that ask about the session and nothing else: the same question always gets the same answer. */
export type Question = Extract<FromView, { readonly request: number }>;

type Tag = Question['t'];
type Asked<T extends Tag> = Extract<Question, { readonly t: T }>;

/** Answers to a family of questions; undefined where there is none to give. */
export type Answers<T extends Tag> = {
  readonly [K in T]: (session: Session, question: Asked<K>) => ToView | undefined;
};

/** Each family of questions brings its own answers: spread them in here. */
const ANSWERS: Answers<Tag> = {
  ...NAVIGATE_ANSWERS,
  ...INSPECT_ANSWERS,
  ...TIMELINE_ANSWERS,
  'want-steps': (session, { request, from, count }) => ({
    t: 'steps',
    request,
    from,
    columns: session.window(from, count),
  }),
};

/** Whether a message is a question. */
export const isQuestion = (message: FromView): message is Question => Object.hasOwn(ANSWERS, message.t);

/** The answer to a question. */
export function answerTo(session: Session, question: Question): ToView | undefined {
  const answer = ANSWERS[question.t] as (session: Session, question: Question) => ToView | undefined;
  return answer(session, question);
}

import type { FieldsView, StateView, Topic } from '../../../src/protocol/inspect.ts';
import { type Inspector, inspectorOf } from '../../../src/replay/inspect/inspector.ts';
import { Session } from '../../../src/replay/session.ts';
import { NAMED } from '../../../src/scenarios/named.ts';
import { runScenario } from '../../../src/scenarios/run.ts';
import type { Trace } from '../../../src/trace/trace.ts';

/** A session on a trace, without any source tree. */
export const sessionOn = (trace: Trace): Session =>
  new Session({
    trace,
    map: {
      trees: { acrn: undefined, guestLinux: undefined, serviceLinux: undefined },
      stages: [],
      hops: [],
      problems: [],
      read: { files: 0, bytes: 0 },
    },
    title: '',
    language: 'en',
    sample: false,
    canChooseFolders: false,
  });

/** A fresh run of a named scenario. */
export function traceOf(name: string): Trace {
  const scenario = NAMED.get(name);
  const run = scenario === undefined ? undefined : runScenario(scenario);
  if (run?.ok !== true) {
    throw new Error(`no run of ${name}`);
  }
  return run.value.trace;
}

const sessions = new Map<string, Session>();

/** The session on a named scenario, made once for each file of tests. */
export function sessionOf(name: string): Session {
  const session = sessions.get(name) ?? sessionOn(traceOf(name));
  sessions.set(name, session);
  return session;
}

/** A step of the run: the `nth` at which a stage is entered. */
export function stepAt(session: Session, name: string, nth = 0): number {
  const { steps, parts, ranges } = session;
  let left = nth;
  for (let step = ranges.run.from; step < ranges.run.to; step++) {
    const stage = parts.trace.stages[steps.stage[step] ?? 0];
    if (steps.kind[step] === 0 && stage?.function === name && left-- === 0) {
      return step;
    }
  }
  throw new Error(`${name} is not entered`);
}

/** The answer for a topic: three topics are plain groups of fields. */
type ViewOf<T extends Topic> = T extends FieldsView['topic'] ? FieldsView : Extract<StateView, { readonly topic: T }>;

/** What is found at a step; `Inspector.look` with the events of the step. */
export function lookAt<T extends Topic>(
  session: Session,
  step: number,
  topic: T,
  item = 0,
  detail = -1,
  inspector: Inspector = inspectorOf(session),
): ViewOf<T> {
  const from = session.steps.seq[step] ?? 0;
  const view = inspector.look({ from, at: session.endOf(step) - 1, topic, item, detail });
  return view as ViewOf<T>;
}

import { NO_HOP, NO_OTHER } from '../../protocol/messages.ts';
import {
  type CrossingSummary,
  type LaneSummary,
  NAVIGATE_LIMITS,
  type WindowSummary,
} from '../../protocol/navigate.ts';
import { HOP_KINDS } from '../../trace/kinds.ts';
import type { Session } from '../session.ts';
import { ENTER, NO_STEP, type StepTable } from '../step-table.ts';

/** Lanes and crossings of steps `from` to `to` (not included), in the order in which they come. */
export function summaryOf(session: Session, from: number, to: number): WindowSummary {
  const { steps } = session;
  const start = Math.min(from, steps.length);
  const end = Math.max(start, Math.min(to, steps.length));
  return { from: start, to: end, lanes: lanesIn(session, start, end), ...crossingsIn(session, start, end) };
}

function lanesIn({ steps, parts }: Session, start: number, end: number): readonly LaneSummary[] {
  const contexts = parts.trace.contexts.length;
  const counts = new Uint32Array(contexts);
  const first = new Uint16Array(contexts).fill(NO_OTHER);
  const last = new Uint16Array(contexts).fill(NO_OTHER);
  const order: number[] = [];
  for (let step = start; step < end; step++) {
    const context = steps.context[step] ?? 0;
    if (counts[context] === 0) {
      order.push(context);
    }
    counts[context] = (counts[context] ?? 0) + 1;
    if (steps.kind[step] === ENTER) {
      last[context] = steps.stage[step] ?? NO_OTHER;
      first[context] = first[context] === NO_OTHER ? last[context] : (first[context] ?? NO_OTHER);
    }
  }
  return order.map((context) => ({
    context,
    steps: counts[context] ?? 0,
    first: first[context] ?? NO_OTHER,
    last: last[context] ?? NO_OTHER,
  }));
}

function crossingsIn({ steps }: Session, start: number, end: number): Pick<WindowSummary, 'crossings' | 'more'> {
  const crossings: CrossingSummary[] = [];
  let count = 0;
  for (let step = start; step < end; step++) {
    const origin = steps.origin[step] ?? NO_STEP;
    if (origin === NO_STEP || origin < start || steps.context[origin] === steps.context[step]) {
      continue;
    }
    if (++count <= NAVIGATE_LIMITS.crossings) {
      crossings.push(crossingAt(steps, step, origin));
    }
  }
  return { crossings, more: count - crossings.length };
}

/** The crossing by which a step was reached from another context. */
function crossingAt(steps: StepTable, step: number, origin: number): CrossingSummary {
  const hop = steps.hopOf(step);
  return {
    step,
    from: steps.context[origin] ?? 0,
    to: steps.context[step] ?? 0,
    hop: hop === undefined ? NO_HOP : HOP_KINDS.indexOf(hop.kind),
    left: steps.stage[origin] ?? NO_OTHER,
    taken: steps.stage[step] ?? NO_OTHER,
  };
}

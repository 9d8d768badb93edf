import { NO_HOP, NO_OTHER } from '../../protocol/messages.ts';
import {
  type CrossingSummary,
  type LaneSummary,
  NAVIGATE_LIMITS,
  type WindowSummary,
} from '../../protocol/navigate.ts';
import { HOP_KINDS } from '../../trace/kinds.ts';
import type { Session } from '../session.ts';
import { ENTER, NO_STEP } from '../step-table.ts';

/** Lanes and crossings of steps `from` to `to` (not included), in the order in which they come. */
export function summaryOf(session: Session, from: number, to: number): WindowSummary {
  const { steps } = session;
  const start = Math.min(from, steps.length);
  const end = Math.max(start, Math.min(to, steps.length));
  const lanes = new Map<number, LaneSummary>();
  const crossings: CrossingSummary[] = [];
  let more = 0;
  for (let step = start; step < end; step++) {
    const context = steps.context[step] ?? 0;
    lanes.set(context, withStep(lanes.get(context), session, step, context));
    const crossing = crossingAt(session, step, start);
    if (crossing !== undefined && crossings.length < NAVIGATE_LIMITS.crossings) {
      crossings.push(crossing);
    } else if (crossing !== undefined) {
      more++;
    }
  }
  return { from: start, to: end, lanes: [...lanes.values()], crossings, more };
}

function withStep(lane: LaneSummary | undefined, { steps }: Session, step: number, context: number): LaneSummary {
  const stage = steps.kind[step] === ENTER ? (steps.stage[step] ?? NO_OTHER) : NO_OTHER;
  const { first, last, steps: before } = lane ?? { first: NO_OTHER, last: NO_OTHER, steps: 0 };
  return {
    context,
    steps: before + 1,
    first: first === NO_OTHER ? stage : first,
    last: stage === NO_OTHER ? last : stage,
  };
}

/** The crossing by which a step was reached from another context inside the window. */
function crossingAt({ steps }: Session, step: number, start: number): CrossingSummary | undefined {
  const origin = steps.origin[step] ?? NO_STEP;
  const [from, to] = [steps.context[origin], steps.context[step] ?? 0];
  if (origin === NO_STEP || origin < start || from === undefined || from === to) {
    return undefined;
  }
  const hop = steps.hopOf(step);
  return {
    step,
    from,
    to,
    hop: hop === undefined ? NO_HOP : HOP_KINDS.indexOf(hop.kind),
    left: steps.stage[origin] ?? NO_OTHER,
    taken: steps.stage[step] ?? NO_OTHER,
  };
}

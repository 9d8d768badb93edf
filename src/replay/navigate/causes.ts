import { NO_HOP } from '../../protocol/messages.ts';
import { NAVIGATE_LIMITS, type StepRef } from '../../protocol/navigate.ts';
import { HOP_KINDS } from '../../trace/kinds.ts';
import type { Session } from '../session.ts';
import { ENTER, LEAVE, NO_STEP, RESUME } from '../step-table.ts';

/** A step, named for a person. */
export function stepRef(session: Session, step: number): StepRef {
  const { steps } = session;
  const hop = steps.hopOf(step);
  return {
    step,
    stage: steps.stage[step] ?? 0,
    context: steps.context[step] ?? 0,
    hop: hop === undefined ? NO_HOP : HOP_KINDS.indexOf(hop.kind),
  };
}

/**
 * The step of another context that made this step's context run: the boundary that was crossed to it last. Undefined where
 * the context began by itself.
 */
export function wakerOf({ steps }: Session, step: number): number | undefined {
  const context = steps.context[step];
  for (let at = step; at >= 0; at--) {
    if (steps.context[at] !== context) {
      continue;
    }
    const origin = steps.origin[at] ?? NO_STEP;
    if (steps.kind[at] === ENTER && steps.hopOf(at) === undefined) {
      return undefined;
    }
    if (steps.kind[at] === RESUME && steps.hopOf(at)?.kind === 'return') {
      return lastOutside(steps.context, at, context);
    }
    if (origin !== NO_STEP && steps.context[origin] !== context) {
      return origin;
    }
  }
  return undefined;
}

/** The step before a return: the callee's last one. */
function lastOutside(contexts: Uint8Array, step: number, context: number | undefined): number | undefined {
  for (let at = step - 1; at >= 0; at--) {
    if (contexts[at] !== context) {
      return at;
    }
  }
  return undefined;
}

/**
 * Steps of other contexts that this step made run: those that its boundary leads to, or, where a function is entered or
 * goes on, those that it and what it calls lead to until it ends.
 */
export function effectsOf(session: Session, step: number): readonly number[] {
  const { steps } = session;
  const context = steps.context[step];
  const until = steps.kind[step] === LEAVE ? step + 1 : frameEnd(session, step);
  const effects: number[] = [];
  for (let at = step + 1; at < steps.length && effects.length < NAVIGATE_LIMITS.effects; at++) {
    const origin = steps.origin[at] ?? NO_STEP;
    const isOurs = origin >= step && origin < until && steps.context[origin] === context;
    if (isOurs && steps.context[at] !== context) {
      effects.push(at);
    }
  }
  return effects;
}

/** The first step of the same context that no longer belongs to the stage of `step`. */
function frameEnd({ steps }: Session, step: number): number {
  const depth = steps.depth[step] ?? 0;
  for (let at = step + 1; at < steps.length; at++) {
    if (steps.context[at] !== steps.context[step]) {
      continue;
    }
    const other = steps.depth[at] ?? 0;
    if (other < depth || (other === depth && steps.kind[at] === ENTER)) {
      return at;
    }
  }
  return steps.length;
}

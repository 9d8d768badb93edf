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

/** The steps of other contexts that each step made run: the first of them, and after each the next one. */
interface EffectChains {
  readonly first: Uint32Array;
  readonly next: Uint32Array;
}

const chains = new WeakMap<Session, EffectChains>();

/** The run is read once for it, backwards, so that each chain is in order. */
function effectChains(session: Session): EffectChains {
  let known = chains.get(session);
  if (known === undefined) {
    const { origin, context, length } = session.steps;
    const first = new Uint32Array(length).fill(NO_STEP);
    const next = new Uint32Array(length).fill(NO_STEP);
    for (let step = length - 1; step >= 0; step--) {
      const from = origin[step] ?? NO_STEP;
      if (from !== NO_STEP && context[from] !== context[step]) {
        next[step] = first[from] ?? NO_STEP;
        first[from] = step;
      }
    }
    known = { first, next };
    chains.set(session, known);
  }
  return known;
}

/**
 * Steps of other contexts that this step made run: those that its boundary leads to, or, where a function is entered or
 * goes on, those that it and what it calls lead to until it ends.
 */
export function effectsOf(session: Session, step: number): readonly number[] {
  const { context, kind, length } = session.steps;
  const { first, next } = effectChains(session);
  const until = kind[step] === LEAVE ? step + 1 : length;
  const effects: number[] = [];
  for (let at = step; at < until && effects.length < NAVIGATE_LIMITS.effects; at++) {
    if (context[at] !== context[step]) {
      continue;
    }
    if (at > step && hasEnded(session, step, at)) {
      break;
    }
    for (let one = first[at] ?? NO_STEP; one !== NO_STEP; one = next[one] ?? NO_STEP) {
      effects.push(one);
    }
  }
  return effects.sort((a, b) => a - b).slice(0, NAVIGATE_LIMITS.effects);
}

/** Whether the stage of `step` has ended by a later step of the same context. */
function hasEnded({ steps }: Session, step: number, later: number): boolean {
  const [depth, other] = [steps.depth[step] ?? 0, steps.depth[later] ?? 0];
  return other < depth || (other === depth && steps.kind[later] === ENTER);
}

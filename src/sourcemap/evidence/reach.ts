import { callPath } from './path.ts';
import { pointerCall, pointerCallBelow } from './pointer.ts';
import { type HopContext, proven, type Side, unproven, type Verdict } from './prover.ts';

/** Proof that one function calls another: plain, through macros and wrappers, or through a pointer. */
export function reach(context: HopContext, from: Side | undefined, to: Side | undefined): Verdict {
  if (from === undefined || to === undefined) {
    return unproven('stage-absent', from === undefined ? context.hop.from : context.hop.to);
  }
  if (from.fn === to.fn) {
    return unproven('inlined', to.fn.fact.name);
  }
  const path = callPath(from, to.fn);
  if (path !== undefined) {
    return proven(...path);
  }
  const through = pointerCall(from, to, context.hop.expr);
  return through?.proven === true ? through : (pointerCallBelow(from, to) ?? unproven('no-call', to.fn.fact.name));
}

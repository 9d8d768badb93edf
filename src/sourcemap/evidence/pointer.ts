import type { CallRef, Place, Target } from '../../indexer/link-types.ts';
import type { Evidence } from '../map-types.ts';
import { callsOf, folded, lastName, proven, type Side, unproven, type Verdict } from './prover.ts';

/**
 * A call through a pointer that reaches `to`. The expression that the run names is tried first; another version of the
 * code may spell it otherwise. Undefined where the function has no pointer call at all.
 */
export function pointerCall(from: Side, to: Side, expr: string | undefined): Verdict | undefined {
  const calls = inOrderOf(
    callsOf(from).filter((call) => isPointer(from, call)),
    expr,
  );
  for (const call of calls) {
    const target = targetOf(from, call, to);
    if (target?.confidence === 'found') {
      return proven(from.view.callEvidence(call), ...bindingEvidence(from, call, to, target.bindings));
    }
  }
  const first = calls.find((call) => call.fact.indirect || folded(call.fact.callee) === folded(expr ?? ''));
  return first && unproven('no-binding', first.fact.callee, [from.view.callEvidence(first)]);
}

/** A call through a member or local pointer, or of a name that no function has: a pointer variable of the file. */
const isPointer = (from: Side, call: CallRef): boolean =>
  call.fact.indirect || from.view.links.functionsNamed(call.fact.name).length === 0;

function targetOf(from: Side, call: CallRef, to: Side): Target | undefined {
  const targets = from.view.links.targetsOf(call).targets.filter((t) => t.function.fact.name === to.fn.fact.name);
  return targets.find((t) => t.function.file === to.fn.file) ?? targets[0];
}

function inOrderOf(calls: readonly CallRef[], expr: string | undefined): readonly CallRef[] {
  if (expr === undefined || expr === '') {
    return calls;
  }
  const rank = (call: CallRef): number =>
    folded(call.fact.callee) === folded(expr) ? 0 : call.fact.name === lastName(expr) ? 1 : 2;
  return [...calls].sort((a, b) => rank(a) - rank(b));
}

function bindingEvidence(from: Side, call: CallRef, to: Side, places: readonly Place[]): Evidence[] {
  return places.map((place) => {
    const text = from.view.lineText(place.file, place.line);
    const shows = text.includes(to.fn.fact.name) ? to.fn.fact.name : call.fact.name;
    return from.view.evidence(place, 'binding', shows);
  });
}

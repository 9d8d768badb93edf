import type { CallRef, Place, Target } from '../../indexer/link-types.ts';
import type { Evidence } from '../map-types.ts';
import { MAX_SITES, waysFrom } from './path.ts';
import { callsOf, firstOf, folded, lastName, proven, type Side, unproven, type Verdict } from './prover.ts';

/**
 * A call through a pointer that reaches `to`. The expression that the run names is tried first; another version of the
 * code may spell it otherwise. Undefined where the function has no pointer call at all.
 */
export function pointerCall(from: Side, to: Side, expr: string | undefined): Verdict | undefined {
  const calls = inOrderOf(
    callsOf(from).filter((call) => isPointer(from, call)),
    expr,
  );
  const found = firstOf(calls, (call) => throughCall(from, to, call));
  if (found !== undefined) {
    return proven(...found);
  }
  const first = calls.find((call) => call.fact.indirect || folded(call.fact.callee) === folded(expr ?? ''));
  return first && unproven('no-binding', first.fact.callee, [from.view.callEvidence(first)]);
}

/** A pointer call that stands in a macro or an inline function which `from` calls. */
export function pointerCallBelow(from: Side, to: Side): Verdict | undefined {
  for (const { path, calls } of waysFrom(from)) {
    const indirect = path.length === 0 ? [] : calls.filter((call) => call.fact.indirect);
    const found = firstOf(indirect, (call) => throughCall(from, to, call));
    if (found !== undefined) {
      return proven(...path.map((call) => from.view.callEvidence(call)), ...found);
    }
  }
  return undefined;
}

/** Evidence that one call reaches `to`: the call and what binds the target; undefined where nothing that was read does. */
function throughCall(from: Side, to: Side, call: CallRef): readonly Evidence[] | undefined {
  const target = targetOf(from, call, to);
  return target?.confidence === 'found'
    ? [...sameCalls(from, call), ...bindingEvidence(from, call, to, target.bindings)]
    : undefined;
}

/** The call, and the others of its function through the same expression: one for each branch of a dispatcher. */
function sameCalls(from: Side, call: CallRef): Evidence[] {
  const others = from.view.links
    .file(call.file)
    ?.calls.filter((fact) => fact.inFunction === call.fact.inFunction && fact.callee === call.fact.callee);
  return (others ?? [call.fact]).slice(0, MAX_SITES).map((fact) => from.view.callEvidence({ file: call.file, fact }));
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
    const shows = [to.fn.fact.name, call.fact.name].find((name) => text.includes(name)) ?? calleeIn(text);
    return from.view.evidence(place, 'binding', shows);
  });
}

/** The function that a line hands the pointer to, for a call that goes on over the next lines. */
const calleeIn = (text: string): string => /([A-Za-z_]\w*)\s*\(/.exec(text)?.[1] ?? text.trim();

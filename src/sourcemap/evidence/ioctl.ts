import type { CallRef } from '../../indexer/link-types.ts';
import { IOCTL } from '../dialects/boundaries.ts';
import type { Evidence } from '../map-types.ts';
import type { TreeView } from '../tree-view.ts';
import { numberOf, sameNumber } from './number.ts';
import { callsOf, type HopContext, proven, type Side, sideOf, unproven, type Verdict } from './prover.ts';

/**
 * `ioctl`, in both directions: the call with its number, that number on both sides with the same value, the `case` that
 * takes it, and the file operations that name the function with the `case`.
 */
export function proveIoctl(context: HopContext): Verdict {
  const forward = context.from.stage.program === 'device-model';
  const user = sideOf(forward ? context.from : context.to);
  const kernel = sideOf(forward ? context.to : context.from);
  if (user === undefined || kernel === undefined) {
    return unproven('stage-absent', user === undefined ? context.hop.from : context.hop.to);
  }
  const calls = callsFor(user, context.hop.expr);
  if (calls.length === 0) {
    return unproven('no-call', IOCTL.call);
  }
  const verdicts = calls.map((call) => proveNumber(user, kernel, call));
  const best = verdicts.find((v) => v.proven) ?? verdicts[0] ?? unproven('no-call', IOCTL.call);
  return forward ? best : { ...best, evidence: [...best.evidence].reverse() };
}

/** The ioctl calls of a function; only those with the number that the run names, where it names one of them. */
function callsFor(user: Side, expr: string | undefined): readonly CallRef[] {
  const all = callsOf(user).filter((call) => call.fact.name === IOCTL.call);
  const named = all.filter((call) => expr?.includes(numberName(call)));
  return named.length > 0 ? named : all;
}

const numberName = (call: CallRef): string => call.fact.args[IOCTL.numberArgument] ?? '';

function proveNumber(user: Side, kernel: Side, call: CallRef): Verdict {
  const name = numberName(call);
  const evidence: Evidence[] = [user.view.callEvidence(call)];
  const sent = numberOf(user.view, name);
  if (sent !== undefined) {
    evidence.push(user.view.evidence({ file: sent.macro.file, line: sent.macro.fact.line }, 'number', name));
  }
  const taken = numberOf(kernel.view, name);
  if (sent === undefined || taken === undefined) {
    return unproven(IOCTL.otherAbi.test(name) ? 'ioctl-abi-differs' : 'no-number', name, evidence);
  }
  evidence.push(kernel.view.evidence({ file: taken.macro.file, line: taken.macro.fact.line }, 'number', name));
  if (!sameNumber(sent.constant, taken.constant)) {
    return unproven('number-differs', name, evidence);
  }
  const handler = handlerEvidence(kernel, name);
  return handler === undefined ? unproven('no-handler', name, evidence) : proven(...evidence, ...handler);
}

/** The `case` of the number and the registration of the function that holds it. */
function handlerEvidence(kernel: Side, name: string): readonly Evidence[] | undefined {
  const place = caseOf(kernel.view, name, kernel.fn.file);
  if (place === undefined) {
    return undefined;
  }
  const found = [kernel.view.evidence({ file: place.file, line: place.line }, 'handler', name)];
  for (const binding of kernel.view.links.bindingsOf(place.inFunction)) {
    if (IOCTL.handlerMembers.has(binding.fact.target)) {
      found.push(kernel.view.evidence({ file: binding.file, line: binding.fact.line }, 'binding', place.inFunction));
    }
  }
  return found.length > 1 ? found : undefined;
}

/** The `case` of a label, in the file of the handler first. */
function caseOf(view: TreeView, label: string, near: string) {
  for (const file of [near, ...view.files()]) {
    const found = view.links.file(file)?.cases.find((c) => c.label === label);
    if (found !== undefined) {
      return { file, line: found.line, inFunction: found.inFunction };
    }
  }
  return undefined;
}

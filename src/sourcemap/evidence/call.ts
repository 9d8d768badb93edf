import type { Evidence } from '../map-types.ts';
import { expressionLine } from './expression.ts';
import { callPath } from './path.ts';
import { pointerCall } from './pointer.ts';
import {
  callsOf,
  firstOf,
  type HopContext,
  lastName,
  proven,
  type Side,
  sideOf,
  unproven,
  type Verdict,
} from './prover.ts';
import { reach } from './reach.ts';

/** `direct_call`: the call in `from`, plain, through a macro, or through an inline wrapper. */
export function proveCall(context: HopContext): Verdict {
  return reach(context, sideOf(context.from), sideOf(context.to));
}

/**
 * `macro_defined_function`: the call in `from`, the macro around it where it is an argument of one (`IO_COND(addr, outw(..))`),
 * and the invocation that makes the target where a macro makes it (`BUILDIO(w, w, u16)`).
 */
export function proveMacroCall(context: HopContext): Verdict {
  const verdict = proveCall(context);
  const from = sideOf(context.from);
  const to = sideOf(context.to);
  if (!verdict.proven || from === undefined || to === undefined) {
    return verdict;
  }
  const made = to.view.makerOf(to.fn);
  const maker =
    made === undefined ? [] : [to.view.evidence({ file: to.fn.file, line: to.fn.fact.line }, 'binding', made)];
  return proven(...verdict.evidence, ...around(from, to.fn.fact.name), ...maker);
}

/** Definitions of the macros that a call of `name` is an argument of. */
function around(from: Side, name: string): Evidence[] {
  const call = new RegExp(`\\b${name}\\s*\\(`);
  return callsOf(from)
    .filter(({ fact }) => fact.args.some((arg) => call.test(arg)))
    .flatMap(({ fact }) => from.view.macrosNamed(fact.name).filter((macro) => macro.fact.params !== undefined))
    .map(({ file, fact }) => from.view.evidence({ file, line: fact.line }, 'binding', fact.name));
}

/** `return_then_call`: `from` returns and its caller makes the call. Where the caller is the target, it goes on there. */
export function proveReturnThenCall(context: HopContext): Verdict {
  const caller = sideOf(context.caller);
  const to = sideOf(context.to);
  if (context.hop.caller !== undefined && context.hop.caller === context.hop.to) {
    return proveReturn(context);
  }
  if (caller && context.hop.caller === undefined) {
    const site = commonCaller(caller, to);
    return reach(context, site ?? caller, to);
  }
  return reach(context, caller, to);
}

/**
 * `return`: `to` goes on where `from` came back to it. The line where it goes on is the one the run names; else the call
 * that `from` came out of.
 */
export function proveReturn(context: HopContext): Verdict {
  const to = sideOf(context.to);
  const next = to && expressionLine(to, context.hop.expr);
  const verdict = reach(context, to, sideOf(context.from));
  return next ? proven(next, ...verdict.evidence) : verdict;
}

/** `fptr_call`: the call through the pointer in `from`, and each place that binds the target to it. */
export function provePointerCall(context: HopContext): Verdict {
  const from = sideOf(context.from);
  const to = sideOf(context.to);
  return (from && to && pointerCall(from, to, context.hop.expr)) ?? reach(context, from, to);
}

/** `fptr_bind`: `from` itself stores the function, or hands it to the function that stores it. */
export function provePointerBinding(context: HopContext): Verdict {
  const from = sideOf(context.from);
  const to = sideOf(context.to);
  if (from === undefined) {
    return unproven('stage-absent', context.hop.from);
  }
  const name = to?.fn.fact.name;
  const member = context.hop.expr === undefined ? undefined : lastName(context.hop.expr);
  const bindings = (from.view.links.file(from.fn.file)?.bindings ?? []).filter(
    (b) => b.inFunction === from.fn.fact.name && (b.value === name || b.target === member),
  );
  if (bindings.length > 0) {
    return proven(
      ...bindings.map((b) =>
        from.view.evidence({ file: from.fn.file, line: b.line }, 'binding', b.value === name ? b.value : b.target),
      ),
    );
  }
  return to === undefined ? unproven('stage-absent', context.hop.to) : reach(context, from, to);
}

/** A function that calls both, for a run that does not say who the caller was. */
function commonCaller(from: Side, to: Side | undefined): Side | undefined {
  if (to === undefined) {
    return undefined;
  }
  const callers = from.view.callsNamed(from.fn.fact.name).map((call) => from.view.functionOf(call));
  return firstOf(callers, (fn) => {
    const side = fn && { view: from.view, fn };
    return side && callPath(side, to.fn) !== undefined ? side : undefined;
  });
}

import type { Line } from '../../base/brand.ts';
import type { CallRef } from '../../indexer/link-types.ts';
import type { Evidence } from '../map-types.ts';
import { callsOf, folded, type Side } from './prover.ts';

/**
 * The line of a function that shows the expression which the run names: a call of it, a line with all of its text, or a
 * line with what stands left of its assignment. Undefined where the run names none or the function shows none.
 */
export function expressionLine(side: Side, expr: string | undefined): Evidence | undefined {
  if (expr === undefined || expr === '') {
    return undefined;
  }
  const call = expressionCall(side, expr);
  if (call !== undefined) {
    return side.view.callEvidence(call);
  }
  const whole = folded(expr);
  const line = textLine(side, whole) ?? textLine(side, leftOf(whole)) ?? textLine(side, calleeOf(whole));
  return line === undefined
    ? undefined
    : side.view.evidence({ file: side.fn.file, line }, 'call', shownBy(expr, side, line));
}

/** The call of a function that the run names: by the called expression alone, or with its arguments. */
export function expressionCall(side: Side, expr: string | undefined): CallRef | undefined {
  const whole = folded(expr ?? '');
  const calls = callsOf(side);
  const exact = calls.find(({ fact }) => {
    const callee = folded(fact.callee);
    return callee === whole || `${callee}(${fact.args.map(folded).join(',')})` === whole;
  });
  return exact ?? calls.find(({ fact }) => whole.startsWith(`${folded(fact.callee)}(`));
}

/** The part of an expression that the line really shows. */
function shownBy(expr: string, side: Side, line: Line): string {
  const text = folded(side.view.lineText(side.fn.file, line));
  return [expr, leftOf(folded(expr)), calleeOf(folded(expr))].find((part) => text.includes(folded(part))) ?? expr;
}

function textLine(side: Side, wanted: string): Line | undefined {
  if (wanted === '') {
    return undefined;
  }
  for (const row of side.view.bodyOf(side.fn)) {
    if (folded(row.text).includes(wanted)) {
      return row.line;
    }
  }
  return undefined;
}

/** What stands left of an assignment, `''` where there is none. */
const leftOf = (text: string): string => /^(.*?[^=!<>+\-|&])[+\-|&]?=[^=]/.exec(text)?.[1] ?? '';

/** `name(` of a call, `''` where the expression is none. */
const calleeOf = (text: string): string => /^[\w>.-]+\(/.exec(text)?.[0] ?? '';

import type { CallFact } from '../facts.ts';
import { COMMA, endOfWord, isWordStart, matchingClose, OPEN_BRACKET, OPEN_PAREN, skipBlank } from '../mask/chars.ts';
import type { FunctionScope } from './scope.ts';
import { EMPTY_BINDING, type FactsBuilder, type FactText } from './source.ts';
import { fold, splitRange } from './text.ts';
import { boundValues } from './values.ts';

/** Reads the call expression at `start`..`end`, and what its arguments may bind. */
export function readCall(
  source: FactText,
  facts: FactsBuilder,
  scope: FunctionScope,
  start: number,
  end: number,
): void {
  const open = argumentsOf(source.clean, start, end);
  if (open < 0) {
    return;
  }
  const callee = fold(source.clean.slice(start, open));
  const isName = /^\w+$/.test(callee);
  const name = isName ? callee : lastName(callee);
  if (name === '') {
    return;
  }
  const indirect = !isName || scope.has(name);
  addCall(source, facts, scope, { callee, name, indirect, at: start, open, end });
}

/** A call or macro invocation, found: where its name and its bracket stand. */
export interface FoundCall {
  readonly callee: string;
  readonly name: string;
  readonly indirect: boolean;
  readonly at: number;
  readonly open: number;
  readonly end: number;
}

/** Files a call with its arguments, each of which may bind a function to a parameter. */
export function addCall(source: FactText, facts: FactsBuilder, scope: FunctionScope, call: FoundCall): void {
  const { callee, name, indirect } = call;
  const args: string[] = [];
  const inFunction = scope.name;
  splitRange(source.clean, call.open + 1, call.end, COMMA, (start, end) => {
    bindArgument(source, facts, scope, name, args.length, start, end);
    args.push(fold(source.clean.slice(start, end).trim()));
  });
  if (args.length === 1 && args[0] === '') {
    args.length = 0;
  }
  const fact: CallFact = { callee, name, indirect, args, inFunction, line: source.lineAt(nameAt(source, call)) };
  facts.calls.push(fact);
}

/** Where the last name of the called expression stands: a long one may begin lines above. */
function nameAt(source: FactText, call: FoundCall): number {
  if (call.callee === call.name) {
    return call.at;
  }
  return Math.max(source.clean.lastIndexOf(call.name, call.open), call.at);
}

function bindArgument(
  source: FactText,
  facts: FactsBuilder,
  scope: FunctionScope,
  callee: string,
  argument: number,
  start: number,
  end: number,
): void {
  for (const { value, at } of boundValues(source.clean, start, end)) {
    if (/^\w+$/.test(value) && !scope.has(value)) {
      const how = scope.name === '' ? 'macro-argument' : 'argument';
      const line = source.lineAt(at);
      facts.bindings.push({ ...EMPTY_BINDING, value, how, callee, argument, inFunction: scope.name, line });
    }
  }
}

/** Offset of the bracket that opens the arguments of the call at `start`..`end`, or -1. */
function argumentsOf(text: string, start: number, end: number): number {
  let at = start;
  while (at < end) {
    const c = text.charCodeAt(at);
    if (c === OPEN_PAREN || c === OPEN_BRACKET) {
      const close = matchingClose(text, at);
      if (close < 0 || (c === OPEN_PAREN && skipBlank(text, close + 1) >= end)) {
        return c === OPEN_PAREN ? at : -1;
      }
      at = close + 1;
    } else {
      at = isWordStart(c) ? endOfWord(text, at) : at + 1;
    }
  }
  return -1;
}

/** The name that says what is called: `notify` of `(*q->notify)`, `handler` of `(*handler[code])`. */
export function lastName(expression: string): string {
  const bare = expression.replace(/\[[^[\]]*\]/g, '').replace(/\[[^[\]]*\]/g, '');
  return /(\w+)[\s)]*$/.exec(bare)?.[1] ?? '';
}

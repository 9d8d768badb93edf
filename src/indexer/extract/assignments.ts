import { EQUALS } from '../mask/chars.ts';
import type { FunctionScope } from './scope.ts';
import { EMPTY_BINDING, type FactsBuilder, type FactText } from './source.ts';
import { fold } from './text.ts';
import { boundValues, findOutside } from './values.ts';

/** What an assignment's left side names. */
interface Target {
  readonly target: string;
  readonly receiver: string;
  readonly index: string;
}

/** Reads the assignment at `start`..`end`, where its right side may be a function or a place that holds one. */
export function readAssignment(
  source: FactText,
  facts: FactsBuilder,
  scope: FunctionScope,
  start: number,
  end: number,
): void {
  const { clean } = source;
  const equals = findOutside(clean, start, end, EQUALS);
  if (equals < 0 || '+-*/%&|^<>'.includes(clean.charAt(equals - 1))) {
    return;
  }
  const values = boundValues(clean, equals + 1, end).filter(({ value }) => !scope.isNumber(value));
  const left = values.length === 0 ? undefined : targetOf(fold(clean.slice(start, equals)));
  if (left === undefined || scope.isNumber(left.receiver === '' ? left.target : '')) {
    return;
  }
  for (const { value, at } of values) {
    const line = source.lineAt(at);
    facts.bindings.push({ ...EMPTY_BINDING, ...left, value, how: 'assignment', inFunction: scope.name, line });
  }
}

const MEMBER = /^(.*?)\s*(?:->|\.)\s*(\w+)\s*(?:\[(.*)\])?$/s;
const VARIABLE = /^\(*\**\s*(\w+)\)*\s*(?:\[(.*)\])?$/s;

/** Takes the left side apart: the member or variable, what it is a member of, and the array index. */
export function targetOf(left: string): Target | undefined {
  const split = lastMember(left);
  if (split !== undefined) {
    return split;
  }
  const variable = VARIABLE.exec(left);
  return variable ? { target: variable[1] ?? '', receiver: '', index: variable[2] ?? '' } : undefined;
}

/** Splits at the last `->` or `.` outside an array index. */
function lastMember(left: string): Target | undefined {
  const indexStart = left.endsWith(']') ? openOfLastIndex(left) : left.length;
  const head = left.slice(0, indexStart);
  const at = Math.max(head.lastIndexOf('->'), head.lastIndexOf('.'));
  const member = at < 0 ? undefined : MEMBER.exec(`${left.slice(at)}`);
  if (at < 0 || member === null || member === undefined) {
    return undefined;
  }
  return { target: member[2] ?? '', receiver: left.slice(0, at).trim(), index: left.slice(indexStart + 1, -1) };
}

function openOfLastIndex(left: string): number {
  let depth = 0;
  for (let i = left.length - 1; i >= 0; i--) {
    depth += left[i] === ']' ? 1 : left[i] === '[' ? -1 : 0;
    if (depth === 0) {
      return i;
    }
  }
  return left.length;
}

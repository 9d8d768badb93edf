import {
  APOSTROPHE,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  CLOSE_PAREN,
  COLON,
  EQUALS,
  endOfLiteral,
  endOfWord,
  isBlank,
  isWordStart,
  matchingClose,
  OPEN_BRACE,
  OPEN_BRACKET,
  OPEN_PAREN,
  QUESTION,
  QUOTE,
  skipBlank,
} from '../mask/chars.ts';
import { fold } from './text.ts';

/** Something that may be a function: a name (`f`, `&f`) or a path to a pointer (`src->cb`). */
export interface BoundValue {
  readonly value: string;
  readonly at: number;
}

const AMPERSAND = 38;
const CONSTANT = /^(?:[A-Z0-9_]+|true|false|nullptr)$/;
const PATH = /^[A-Za-z_][\w\s.[\]>*-]*(?:->|\.)\s*\w+\s*(?:\[[^\]]*\])?$/;

/**
 * The names that the expression at `start`..`end` may put where it is assigned, each arm of a conditional on its own.
 * Casts, brackets and `&` in front are passed over; constants in capitals and literals are no names.
 */
export function boundValues(text: string, start: number, end: number): BoundValue[] {
  const values: BoundValue[] = [];
  collect(text, start, end, values);
  return values;
}

function collect(text: string, from: number, to: number, values: BoundValue[]): void {
  const start = skipBlank(text, from);
  let end = to;
  while (end > start && isBlank(text.charCodeAt(end - 1))) {
    end--;
  }
  const c = text.charCodeAt(start);
  if (start >= end) {
    return;
  }
  if (isWordStart(c) && endOfWord(text, start) >= end) {
    named(text.slice(start, end), start, values);
  } else if (!splitArms(text, start, end, values)) {
    unwrap(text, start, end, values);
  }
}

function named(value: string, at: number, values: BoundValue[]): void {
  if (!CONSTANT.test(value)) {
    values.push({ value, at });
  }
}

function unwrap(text: string, start: number, end: number, values: BoundValue[]): void {
  const c = text.charCodeAt(start);
  if (c === OPEN_PAREN) {
    const close = matchingClose(text, start, end);
    if (close === end - 1) {
      collect(text, start + 1, close, values);
    } else if (close > 0) {
      cast(text, close + 1, end, values);
    }
  } else if (c === AMPERSAND && text.charCodeAt(start + 1) !== AMPERSAND) {
    addressOf(text, start + 1, end, values);
  } else {
    const path = text.slice(start, end);
    if (path.length < 200 && PATH.test(path)) {
      values.push({ value: fold(path), at: start });
    }
  }
}

/** What stands behind a cast; a bracket pair in front of an operator is none. */
function cast(text: string, from: number, end: number, values: BoundValue[]): void {
  const at = skipBlank(text, from);
  const c = text.charCodeAt(at);
  if (at < end && (isWordStart(c) || c === OPEN_PAREN || c === AMPERSAND)) {
    collect(text, at, end, values);
  }
}

/** `&f` and `&table`; the address of a member or element is no function. */
function addressOf(text: string, from: number, end: number, values: BoundValue[]): void {
  const at = skipBlank(text, from);
  if (isWordStart(text.charCodeAt(at)) && endOfWord(text, at) >= end) {
    named(text.slice(at, end), at, values);
  }
}

/** Splits at `? :` and behind a nested assignment; false where the expression has neither. */
function splitArms(text: string, start: number, end: number, values: BoundValue[]): boolean {
  const question = findOutside(text, start, end, QUESTION);
  if (question < 0) {
    const equals = findOutside(text, start, end, EQUALS);
    const assigns =
      equals > start && text.charCodeAt(equals + 1) !== EQUALS && !'=!<>'.includes(text.charAt(equals - 1));
    if (assigns) {
      collect(text, equals + 1, end, values);
    }
    return assigns;
  }
  const colon = armEnd(text, question + 1, end);
  if (colon < 0) {
    return false;
  }
  collect(text, question + 1, colon, values);
  collect(text, colon + 1, end, values);
  return true;
}

/** The colon that belongs to the `?` in front of `start`. */
function armEnd(text: string, start: number, end: number): number {
  let from = start;
  let open = 0;
  for (;;) {
    const colon = findOutside(text, from, end, COLON);
    const question = findOutside(text, from, colon < 0 ? end : colon, QUESTION);
    if (question >= 0) {
      open++;
      from = question + 1;
    } else if (colon < 0 || open-- === 0) {
      return colon;
    } else {
      from = colon + 1;
    }
  }
}

/** First offset of a character outside brackets and literals, or -1. */
export function findOutside(text: string, start: number, end: number, wanted: number): number {
  let depth = 0;
  let i = start;
  while (i < end) {
    const c = text.charCodeAt(i);
    if (c === wanted && depth === 0) {
      return i;
    }
    if (c === QUOTE || c === APOSTROPHE) {
      i = endOfLiteral(text, i);
      continue;
    }
    if (c === OPEN_PAREN || c === OPEN_BRACKET || c === OPEN_BRACE) {
      depth++;
    } else if (c === CLOSE_PAREN || c === CLOSE_BRACKET || c === CLOSE_BRACE) {
      depth--;
    }
    i++;
  }
  return -1;
}

import { leaveOut, leaveOutValue, openBrace, openIndex, openParen, popTo } from './brackets.ts';
import {
  APOSTROPHE,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  CLOSE_PAREN,
  COLON,
  COMMA,
  EQUALS,
  endOfComment,
  endOfLiteral,
  endOfWord,
  HASH,
  isBlank,
  isDigit,
  isWordPart,
  isWordStart,
  OPEN_BRACE,
  OPEN_BRACKET,
  OPEN_PAREN,
  QUESTION,
  QUOTE,
  SEMICOLON,
  SLASH,
} from './chars.ts';
import { settle, settleAtEnd } from './invocations.ts';
import type { ScanState } from './state.ts';
import { onWord } from './word-rules.ts';

/** What the pass does at a `#`: a directive in a file, `##` and `#name` in a macro's body. */
export type HashRule = (state: ScanState) => void;

/** Goes over the text once and writes the masks into the state's buffer. */
export function scan(state: ScanState, onHash: HashRule): void {
  const { text } = state;
  while (state.at < text.length) {
    const c = text.charCodeAt(state.at);
    if (isBlank(c)) {
      state.at++;
    } else if (isWordStart(c)) {
      const end = endOfWord(text, state.at);
      onWord(state, state.at, end);
    } else if (isDigit(c)) {
      const at = state.at;
      state.at = endOfNumber(text, at);
      state.token(c, at);
    } else {
      punctuation(state, c, onHash);
    }
  }
  settleAtEnd(state);
}

function endOfNumber(text: string, at: number): number {
  let i = at;
  while (isWordPart(text.charCodeAt(i)) || text[i] === '.') {
    i++;
  }
  return i;
}

function punctuation(state: ScanState, c: number, onHash: HashRule): void {
  const at = state.at;
  if (c === SLASH) {
    const end = endOfComment(state.text, at);
    if (end > at) {
      state.buffer.blank(at, end);
      state.at = end;
      return;
    }
  } else if (c === HASH) {
    onHash(state);
    return;
  } else if (c === QUOTE || c === APOSTROPHE) {
    literal(state, c, at);
    return;
  } else if (c > 127) {
    state.buffer.blank(at, at + 1);
    state.at = at + 1;
    return;
  }
  state.at = at + 1;
  mark(state, c, at);
}

/** The parser sees a string without what stands in it. */
function literal(state: ScanState, c: number, at: number): void {
  const end = endOfLiteral(state.text, at);
  if (c === QUOTE && state.text.charCodeAt(end - 1) === QUOTE) {
    state.buffer.cover(at + 1, end - 1);
  }
  state.token(c, at);
  state.at = end;
}

function mark(state: ScanState, c: number, at: number): void {
  switch (c) {
    case OPEN_PAREN:
      openParen(state, at);
      break;
    case OPEN_BRACKET:
      openIndex(state, c, at);
      break;
    case OPEN_BRACE:
      settle(state, c, at);
      openBrace(state, at);
      break;
    case CLOSE_PAREN:
      closeParen(state, at);
      break;
    case CLOSE_BRACKET:
      popTo(state, 'index');
      state.token(c, at);
      break;
    case CLOSE_BRACE:
      settle(state, c, at);
      state.valueAt = state.inside === 'code' ? -1 : state.valueAt;
      leaveOut(state, popTo(state, 'brace'), at);
      state.token(c, at);
      break;
    default:
      plain(state, c, at);
  }
}

function closeParen(state: ScanState, at: number): void {
  if (state.previous === COMMA) {
    state.buffer.cover(state.previousAt, state.previousAt + 1);
  } else if (state.wordAt < 0) {
    operatorArgument(state);
  }
  const open = popTo(state, 'paren');
  if (open !== undefined) {
    open.end = at;
    leaveOut(state, open, at);
  }
  state.token(CLOSE_PAREN, at, open);
}

/** `cmp(a, b, >=)`: an operator alone is no expression; a number stands in for it. */
function operatorArgument(state: ScanState): void {
  const { text } = state;
  let start = state.previousAt;
  while (isOperator(text.charCodeAt(start))) {
    start--;
  }
  if (start === state.previousAt) {
    return;
  }
  const first = start + 1;
  while (isBlank(text.charCodeAt(start))) {
    start--;
  }
  if (text.charCodeAt(start) === COMMA) {
    state.buffer.replace(first, state.previousAt + 1, '0');
  }
}

const OPERATORS = new Set([...'<>=!+-*/%&|^'].map((c) => c.charCodeAt(0)));
const isOperator = (c: number): boolean => OPERATORS.has(c);

/** `a : 3, b : 5`: the parser sees the members without their widths. */
function bitField(state: ScanState, at: number): void {
  let end = at;
  while (end < state.text.length && !',;}\n'.includes(state.text.charAt(end))) {
    end++;
  }
  state.buffer.cover(at, end);
  if (state.wordKind === 'type' || state.wordAt < 0) {
    state.buffer.write(at, 'n');
  }
  state.at = end;
}

function plain(state: ScanState, c: number, at: number): void {
  if (c === SEMICOLON || c === EQUALS) {
    settle(state, c, at);
    value(state, c, at);
  } else if (c === COLON && state.inside === 'record') {
    bitField(state, at);
  } else if (c === COLON || c === QUESTION) {
    arm(state, c);
  } else if (c === COMMA && state.inside === 'paren' && (state.previous === COMMA || state.previous === OPEN_PAREN)) {
    state.buffer.cover(at, at + 1);
  }
  state.token(c, at);
}

/** `p ? *p = 0 : 0`: at a `:` that is not of the value's own `?` the value ends. */
function arm(state: ScanState, c: number): void {
  state.arms += c === QUESTION ? 1 : -1;
  if (state.arms < 0) {
    state.valueAt = -1;
  }
}

/** At a `;` or `=`: the value in front of it ends, or one begins behind it. */
function value(state: ScanState, c: number, at: number): void {
  const { inside } = state;
  const inStatement = inside === 'code' || inside === undefined;
  if (c === SEMICOLON) {
    if (inStatement) {
      leaveOutValue(state, at);
    }
    if (inside !== 'record') {
      state.keep();
    }
  } else if ((inStatement || inside === 'paren' || inside === 'index') && isAssignment(state, at)) {
    state.keep();
    state.valueAt = inStatement ? at + 1 : -1;
    state.arms = 0;
  }
}

/** Not `==`, `<=` and their like. */
function isAssignment({ text }: ScanState, at: number): boolean {
  if (text.charCodeAt(at + 1) === EQUALS) {
    return false;
  }
  const before = text.charAt(at - 1);
  return !'=!<>'.includes(before) || (before !== '=' && before !== '!' && text.charAt(at - 2) === before);
}

import { blankAnnotation } from './annotations.ts';
import {
  CLOSE_PAREN,
  COLON,
  COMMA,
  EQUALS,
  endOfWord,
  isWordPart,
  matchingClose,
  NEWLINE,
  OPEN_PAREN,
  QUOTE,
  STAR,
  skipBlank,
} from './chars.ts';
import { loopHead, settleAtWord } from './invocations.ts';
import type { ScanState } from './state.ts';
import type { WordRule } from './words.ts';

/** Handles the word at `start`..`end` and moves on behind it, or behind what was masked with it. */
export function onWord(state: ScanState, start: number, end: number): void {
  const rule = state.words.find(state.text, start, end);
  if (rule !== undefined && masksItself(state, rule, start, end)) {
    return;
  }
  if (state.closed !== undefined) {
    settleAtWord(state, start);
  }
  if (rule !== undefined && typeArgument(state, rule, start)) {
    return;
  }
  if (rule === undefined && state.wordAt >= 0 && isConcatenation(state, start, end)) {
    state.buffer.cover(start, end);
    state.at = end;
    return;
  }
  if (rule === undefined || rule.kind === 'tag' || rule.kind === 'type') {
    blankAnnotation(state, rule !== undefined, start, end);
  }
  const leading = state.statement >= 0 && (state.wordKind === 'storage' || state.wordKind === 'qualifier');
  const statement = leading ? state.statement : state.beginsStatement() ? start : -1;
  if (rule?.kind === 'tag') {
    state.tag = state.text.startsWith('enum', start) ? 'enum' : 'record';
  }
  state.closed = undefined;
  state.before = state.previous;
  state.previous = state.text.charCodeAt(end - 1);
  state.previousAt = start;
  state.wordAt = start;
  state.wordKind = rule?.kind;
  state.statement = statement;
  state.at = end;
  if (rule?.kind === 'case') {
    caseRange(state, end);
  } else if (rule?.kind === 'control' && state.inside === 'code' && state.text.startsWith('return', start)) {
    state.valueAt = end;
    state.arms = 0;
  }
}

/** `= A B` or `(A B`: names of string literals that follow one another; the parser sees the first. */
function isConcatenation(state: ScanState, start: number, end: number): boolean {
  const { before, text } = state;
  const inValue = before === EQUALS || before === COMMA || before === OPEN_PAREN || before === QUOTE;
  return (
    inValue &&
    state.wordKind === undefined &&
    isUpper(text, start, end) &&
    isUpper(text, state.wordAt, endOfWord(text, state.wordAt))
  );
}

function isUpper(text: string, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    const c = text.charCodeAt(i);
    if (c >= 97 && c <= 122) {
      return false;
    }
  }
  return end - start > 1;
}

/** Masks that make the word disappear from the token stream. False where the word stays. */
function masksItself(state: ScanState, rule: WordRule, start: number, end: number): boolean {
  switch (rule.kind) {
    case 'mask':
      return mask(state, rule.form, start, end);
    case 'spelling':
      state.buffer.cover(start, end);
      state.at = end;
      return true;
    case 'control':
      return returnArgument(state, start, end);
    case 'attribute':
      return blankCall(state, start, end, true);
    case 'asm':
      return assembler(state, start, end);
    case 'typeof':
      return typeofCall(state, start, end);
    default:
      return false;
  }
}

/** `PICK(x, return a, return b)`: the parser sees the values. */
function returnArgument(state: ScanState, start: number, end: number): boolean {
  const isArgument = state.inside === 'paren' && (state.previous === COMMA || state.previous === OPEN_PAREN);
  if (!isArgument || !state.text.startsWith('return', start)) {
    return false;
  }
  state.buffer.cover(start, end);
  state.at = end;
  return true;
}

function mask(state: ScanState, form: string, start: number, end: number): boolean {
  if (form === 'word' || form === 'call') {
    return blankCall(state, start, end, form === 'word');
  }
  if (form === 'assembler') {
    return assembler(state, start, end);
  }
  const open = skipBlank(state.text, end);
  if (state.text.charCodeAt(open) !== OPEN_PAREN) {
    return false;
  }
  if (form === 'loop') {
    loopHead(state, start, open);
    loopToken(state, start, end);
    return true;
  }
  const close = matchingClose(state.text, open);
  if (close < 0) {
    return false;
  }
  if (form === 'arguments') {
    state.buffer.cover(open + 1, close);
    return false;
  }
  state.buffer.blank(start, open + 1);
  state.buffer.blank(close, close + 1);
  state.at = open + 1;
  return true;
}

/** A loop's name counts as one of C's own control words from here on. */
function loopToken(state: ScanState, start: number, end: number): void {
  if (state.closed !== undefined) {
    settleAtWord(state, start);
  }
  state.token(state.text.charCodeAt(end - 1), start);
  state.wordKind = 'control';
  state.wordAt = start;
  state.at = end;
}

/** Blanks the word and its bracketed arguments; `alone`: also where it has none. */
function blankCall(state: ScanState, start: number, end: number, alone: boolean): boolean {
  const open = skipBlank(state.text, end);
  const close = state.text.charCodeAt(open) === OPEN_PAREN ? matchingClose(state.text, open) : -1;
  const word = state.words.find(state.text, start, end);
  const withArguments = close >= 0 && !(word?.kind === 'mask' && word.form === 'word');
  if (!withArguments && !alone) {
    return false;
  }
  state.at = withArguments ? close + 1 : end;
  state.buffer.blank(start, state.at);
  return true;
}

/** `asm volatile (...)`: operands are no C, the parser sees an empty string between the brackets. */
function assembler(state: ScanState, start: number, end: number): boolean {
  const { text } = state;
  let open = skipBlank(text, end);
  while (isWordPart(text.charCodeAt(open))) {
    open = skipBlank(text, endOfWord(text, open));
  }
  const close = text.charCodeAt(open) === OPEN_PAREN ? matchingClose(text, open) : -1;
  if (close < 0) {
    return false;
  }
  if (state.closed !== undefined) {
    settleAtWord(state, start);
  }
  state.buffer.cover(start, open);
  state.buffer.write(start, 'asm');
  emptyString(state, open + 1, close);
  state.at = close + 1;
  state.token(CLOSE_PAREN, close);
  return true;
}

function emptyString(state: ScanState, start: number, end: number): void {
  let at = start;
  while (at + 1 < end && (state.text.charCodeAt(at) === NEWLINE || state.text.charCodeAt(at + 1) === NEWLINE)) {
    at++;
  }
  state.buffer.cover(start, end);
  if (at + 1 < end) {
    state.buffer.write(at, '""');
  }
}

/** `typeof(x)` is a type: the parser sees a type's name. */
function typeofCall(state: ScanState, start: number, end: number): boolean {
  const open = skipBlank(state.text, end);
  const close = state.text.charCodeAt(open) === OPEN_PAREN ? matchingClose(state.text, open) : -1;
  if (close < 0) {
    return false;
  }
  if (state.closed !== undefined) {
    settleAtWord(state, start);
  }
  state.buffer.replace(start, close + 1, 'T');
  state.token(state.text.charCodeAt(start), start);
  state.wordKind = 'type';
  state.wordAt = start;
  state.at = close + 1;
  return true;
}

/** `case A ... B:` keeps its first value. */
function caseRange(state: ScanState, at: number): void {
  const lineEnd = state.text.indexOf('\n', at);
  const label = state.text.slice(at, lineEnd < 0 ? state.text.length : lineEnd);
  const dots = label.indexOf('...');
  const colon = dots < 0 ? -1 : label.indexOf(String.fromCharCode(COLON), dots);
  if (colon > 0) {
    state.buffer.cover(at + dots, at + colon);
  }
}

const TYPE =
  /(?:(?:const|volatile)\s+)*(?:(?:struct|union|enum)\s+\w+|(?:unsigned|signed|int|long|short|char|void|float|double|_Bool)\b(?:\s+(?:unsigned|signed|int|long|short|char|double)\b)*)(?:\s+(?:const|volatile))*(?:\s*\*(?:\s*const\b)?)*/y;

/** A type where C wants an expression, as macros take it (`container_of(p, struct T, m)`): a name stands in for it. */
function typeArgument(state: ScanState, rule: WordRule, start: number): boolean {
  const { kind } = rule;
  if (kind !== 'tag' && kind !== 'type' && kind !== 'qualifier') {
    return false;
  }
  if (state.inside !== 'paren' || (state.previous !== COMMA && !(state.previous === OPEN_PAREN && afterName(state)))) {
    return false;
  }
  TYPE.lastIndex = start;
  const type = TYPE.exec(state.text)?.[0] ?? '';
  const next = skipBlank(state.text, start + type.length);
  const c = state.text.charCodeAt(next);
  if (type === '' || type === 'void' || (c !== COMMA && c !== CLOSE_PAREN)) {
    return false;
  }
  state.buffer.replace(start, start + type.length, 'T');
  state.at = start + type.length;
  state.token(STAR, start);
  return true;
}

/** True where the bracket just opened belongs to a name and not to a control word or a cast. */
function afterName(state: ScanState): boolean {
  const bracket = state.brackets[state.brackets.length - 1];
  if (bracket === undefined || bracket.word < 0) {
    return false;
  }
  const rule = state.words.find(state.text, bracket.word, endOfWord(state.text, bracket.word));
  return rule?.kind !== 'control' && rule?.kind !== 'opener' && rule?.kind !== 'case';
}

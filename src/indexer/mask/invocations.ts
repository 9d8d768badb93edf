import { standIn } from './brackets.ts';
import { CLOSE_BRACE, COMMA, EQUALS, endOfWord, OPEN_BRACE, OPEN_BRACKET, SEMICOLON, skipBlank } from './chars.ts';
import { makeFunction } from './makers.ts';
import type { Bracket, ScanState } from './state.ts';

/** What follows a bracket pair: a word, or one of `{`, `;`, `=`. */
const WORD = 0;

/**
 * Decides what `name(...)` at the start of a statement was, now that the next token is seen. C has no such thing in
 * front of a word or a brace, so it is a macro: a complete invocation, an annotation, a loop head, or a function's
 * head. It is rewritten so that C remains.
 */
export function settle(state: ScanState, next: number, at: number): void {
  const { closed } = state;
  if (closed === undefined || closed.statement < 0) {
    if (closed !== undefined && next === EQUALS && closed.typed) {
      state.buffer.replace(closed.word, closed.end + 1, 'n');
    }
    return;
  }
  const { inside } = state;
  if (inside === undefined) {
    atFileScope(state, closed, next, at);
  } else if (inside === 'code') {
    inCode(state, closed, next);
  } else if (inside === 'record' && (next === SEMICOLON || next === CLOSE_BRACE)) {
    state.buffer.blank(closed.statement, next === SEMICOLON ? at + 1 : at);
  } else if (inside === 'record' && next === WORD && isType(state, at)) {
    asType(state, closed);
  }
}

/** As `settle`, in front of a word. */
export function settleAtWord(state: ScanState, at: number): void {
  settle(state, WORD, at);
}

/** As `settle`, at the end of the text. */
export function settleAtEnd(state: ScanState): void {
  settle(state, WORD, state.text.length);
}

/** True where nothing but the name itself begins the statement: no `static` in front. */
const standsAlone = (closed: Bracket): boolean => closed.statement === closed.word;

/** `LIST_HEAD(tag, type) name;`: a name, then what ends a declarator. Such a macro is a type. */
function isType(state: ScanState, at: number): boolean {
  const { text } = state;
  const end = endOfWord(text, at);
  const c = text.charCodeAt(skipBlank(text, end));
  const declared = c === SEMICOLON || c === COMMA || c === EQUALS || c === OPEN_BRACKET;
  return declared && end > at && state.words.find(text, at, end) === undefined;
}

function atFileScope(state: ScanState, closed: Bracket, next: number, at: number): void {
  if (next === WORD && isType(state, at)) {
    asType(state, closed);
  } else if (next === OPEN_BRACE) {
    makeFunction(state, closed, at);
  } else if (next === EQUALS) {
    state.buffer.replace(closed.word, closed.end + 1, 'T n');
  } else if (next === SEMICOLON || standsAlone(closed)) {
    state.invocations.push({ at: closed.word, open: closed.at, close: closed.end });
    state.buffer.blank(closed.statement, closed.end + 1);
    state.token(SEMICOLON, closed.end);
  } else {
    annotation(state, closed);
  }
}

function asType(state: ScanState, closed: Bracket): void {
  state.buffer.replace(closed.word, closed.end + 1, 'T');
  state.closed = undefined;
}

function inCode(state: ScanState, closed: Bracket, next: number): void {
  if (!standsAlone(closed)) {
    if (next === SEMICOLON) {
      state.buffer.cover(closed.statement, closed.word);
    } else if (next === WORD) {
      annotation(state, closed);
    }
  } else if (next === WORD || next === OPEN_BRACE) {
    if (skipBlank(state.text, closed.at + 1) === closed.end) {
      state.buffer.cover(closed.word, closed.end + 1);
    } else {
      loopHead(state, closed.word, closed.at);
      if (closed.plain) {
        standIn(state, closed.at + 1, closed.end);
      }
    }
    state.token(SEMICOLON, closed.end);
  }
}

/** `static NAME(x) int f(void)`: the words in front still lead the statement. */
function annotation(state: ScanState, closed: Bracket): void {
  state.buffer.blank(closed.word, closed.end + 1);
  state.wordKind = 'storage';
  state.statement = closed.statement;
  state.closed = undefined;
}

/** Writes `while`, or `if` where the name is too short, over the name in front of a loop macro's bracket. */
export function loopHead(state: ScanState, word: number, open: number): void {
  const width = open - word;
  if (width >= 2) {
    state.buffer.cover(word, open);
    state.buffer.write(word, width >= 5 ? 'while' : 'if');
  }
}

import {
  APOSTROPHE,
  BACKSLASH,
  endOfComment,
  endOfLiteral,
  endOfWord,
  isBlank,
  NEWLINE,
  OPEN_PAREN,
  QUOTE,
  SLASH,
  skipBlank,
} from './chars.ts';
import { Conditionals } from './conditionals.ts';
import type { HashRule } from './pass.ts';
import type { ScanState } from './state.ts';

/**
 * The rule for `#` in a file: directives are read here and blanked, so that the parser sees C alone. Where a `#` is
 * not the first character of its line it is blanked by itself.
 */
export function directiveRule(state: ScanState): HashRule {
  const conditionals = new Conditionals(state);
  return () => {
    const at = state.at;
    if (!beginsLine(state.text, at)) {
      state.buffer.blank(at, at + 1);
      state.at = at + 1;
      return;
    }
    const end = endOfDirective(state.text, at);
    state.buffer.blank(at, end);
    state.at = end;
    directive(state, conditionals, at, end);
  };
}

function beginsLine(text: string, at: number): boolean {
  let i = at - 1;
  while (i >= 0 && text.charCodeAt(i) !== NEWLINE && isBlank(text.charCodeAt(i))) {
    i--;
  }
  return i < 0 || text.charCodeAt(i) === NEWLINE || text.startsWith('*/', i - 1) || text.charCodeAt(i) > 127;
}

function directive(state: ScanState, conditionals: Conditionals, at: number, end: number): void {
  const { text } = state;
  const start = skipBlank(text, at + 1);
  const wordEnd = endOfWord(text, start);
  const word = text.slice(start, wordEnd);
  if (word === 'define') {
    define(state, wordEnd, end);
  } else if (word === 'include') {
    const path = /[<"]([^>"\n]+)[>"]/.exec(text.slice(wordEnd, end))?.[1];
    if (path !== undefined) {
      state.includes.push(path);
    }
  } else if (word.startsWith('if') || word.startsWith('el') || word === 'endif') {
    conditionals.directive(word, text.slice(wordEnd, end), at, end);
  }
}

function define(state: ScanState, at: number, end: number): void {
  const { text } = state;
  const start = skipBlank(text, at);
  const nameEnd = endOfWord(text, start);
  if (nameEnd === start || start >= end) {
    return;
  }
  let bodyStart = nameEnd;
  let params: string[] | undefined;
  if (text.charCodeAt(nameEnd) === OPEN_PAREN) {
    const close = text.indexOf(')', nameEnd);
    if (close < 0 || close >= end) {
      return;
    }
    params = macroParams(text.slice(nameEnd + 1, close));
    bodyStart = close + 1;
  }
  state.defines.push({ name: text.slice(start, nameEnd), params, at: start, bodyStart, bodyEnd: end });
}

/** Parameters of a macro; `args...` and `...` are one parameter each. */
function macroParams(list: string): string[] {
  const names = list.replace(/\\\r?\n/g, ' ').split(',');
  return names.map((name) => name.trim()).filter((name) => name !== '');
}

/** Offset of the line end that ends the directive at `at`: continued lines and comments over lines belong to it. */
function endOfDirective(text: string, at: number): number {
  let i = at + 1;
  while (i < text.length) {
    const c = text.charCodeAt(i);
    if (c === NEWLINE) {
      return i;
    }
    i = nextInDirective(text, i, c);
  }
  return text.length;
}

function nextInDirective(text: string, i: number, c: number): number {
  if (c === BACKSLASH) {
    return text.charCodeAt(i + 1) === 13 ? i + 3 : i + 2;
  }
  if (c === QUOTE || c === APOSTROPHE) {
    return endOfLiteral(text, i);
  }
  return c === SLASH ? Math.max(endOfComment(text, i), i + 1) : i + 1;
}

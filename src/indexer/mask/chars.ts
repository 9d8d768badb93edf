/** Character codes and classes of C text. */
export const NEWLINE = 10;
export const SPACE = 32;
export const QUOTE = 34;
export const HASH = 35;
export const APOSTROPHE = 39;
export const OPEN_PAREN = 40;
export const CLOSE_PAREN = 41;
export const STAR = 42;
export const COMMA = 44;
export const DOT = 46;
export const SLASH = 47;
export const COLON = 58;
export const SEMICOLON = 59;
export const EQUALS = 61;
export const QUESTION = 63;
export const OPEN_BRACKET = 91;
export const BACKSLASH = 92;
export const CLOSE_BRACKET = 93;
export const OPEN_BRACE = 123;
export const CLOSE_BRACE = 125;

const WORD_START = 1;
const DIGIT = 2;
const BLANK = 4;

const CLASSES = new Uint8Array(128);
for (let c = 0; c < 128; c++) {
  if (/[A-Za-z_$]/.test(String.fromCharCode(c))) {
    CLASSES[c] = WORD_START;
  } else if (c >= 48 && c <= 57) {
    CLASSES[c] = DIGIT;
  } else if (c <= SPACE) {
    CLASSES[c] = BLANK;
  }
}

const classOf = (c: number): number => (c < 128 ? (CLASSES[c] ?? 0) : 0);

/** A letter, `_` or `$`: begins a word. */
export const isWordStart = (c: number): boolean => classOf(c) === WORD_START;
/** A letter, digit, `_` or `$`. */
export const isWordPart = (c: number): boolean => (classOf(c) & (WORD_START | DIGIT)) !== 0;
/** A decimal digit. */
export const isDigit = (c: number): boolean => classOf(c) === DIGIT;
/** White space or a control character. */
export const isBlank = (c: number): boolean => classOf(c) === BLANK;

/** First offset at or after `at` that is no part of a word. */
export function endOfWord(text: string, at: number): number {
  let i = at;
  while (i < text.length && isWordPart(text.charCodeAt(i))) {
    i++;
  }
  return i;
}

/** First offset at or after `at` that is not blank. */
export function skipBlank(text: string, at: number): number {
  let i = at;
  while (i < text.length && isBlank(text.charCodeAt(i))) {
    i++;
  }
  return i;
}

/** Offset after the string or character literal that begins at `at`; it ends at the line's end at the latest. */
export function endOfLiteral(text: string, at: number): number {
  const quote = text.charCodeAt(at);
  let i = at + 1;
  while (i < text.length) {
    const c = text.charCodeAt(i);
    if (c === BACKSLASH) {
      i += 2;
    } else if (c === quote) {
      return i + 1;
    } else if (c === NEWLINE) {
      return i;
    } else {
      i++;
    }
  }
  return text.length;
}

/** Offset after the comment that begins at `at` (a slash), or `at` itself where none begins. */
export function endOfComment(text: string, at: number): number {
  const next = text.charCodeAt(at + 1);
  if (next === STAR) {
    const end = text.indexOf('*/', at + 2);
    return end < 0 ? text.length : end + 2;
  }
  if (next === SLASH) {
    return endOfLineComment(text, at);
  }
  return at;
}

function endOfLineComment(text: string, at: number): number {
  let end = text.indexOf('\n', at);
  while (end > 0 && text.charCodeAt(end - 1) === BACKSLASH) {
    end = text.indexOf('\n', end + 1);
  }
  return end < 0 ? text.length : end;
}

/** Longest bracket that is matched ahead: keeps a hostile file from costing quadratic time. */
const MATCH_LIMIT = 1 << 17;

/** Offset of the bracket that closes the one at `open`, or -1; literals and comments inside are passed over. */
export function matchingClose(text: string, open: number, limit = text.length): number {
  const end = Math.min(limit, open + MATCH_LIMIT);
  let depth = 0;
  let i = open;
  while (i < end) {
    const c = text.charCodeAt(i);
    if (c === OPEN_PAREN || c === OPEN_BRACKET || c === OPEN_BRACE) {
      depth++;
    } else if (c === CLOSE_PAREN || c === CLOSE_BRACKET || c === CLOSE_BRACE) {
      depth--;
      if (depth === 0) {
        return i;
      }
    }
    i = nextPlain(text, i, c);
  }
  return -1;
}

/** Offset after the character, literal or comment at `i`. */
function nextPlain(text: string, i: number, c: number): number {
  if (c === QUOTE || c === APOSTROPHE) {
    return endOfLiteral(text, i);
  }
  if (c === SLASH) {
    return Math.max(endOfComment(text, i), i + 1);
  }
  return i + 1;
}

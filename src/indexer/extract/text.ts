import {
  APOSTROPHE,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  CLOSE_PAREN,
  COMMA,
  endOfComment,
  endOfLiteral,
  OPEN_BRACE,
  OPEN_BRACKET,
  OPEN_PAREN,
  QUOTE,
  SLASH,
} from '../mask/chars.ts';

/** C text on one line: comments, continued lines and runs of white space become one space, the ends are trimmed. */
export function fold(text: string): string {
  if (/^\S*$/.test(text)) {
    return text;
  }
  const bare = text.includes('/*') || text.includes('//') ? withoutComments(text) : text;
  return bare
    .replace(/\\\r?\n/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

function withoutComments(text: string): string {
  let result = '';
  let from = 0;
  let i = 0;
  while (i < text.length) {
    const c = text.charCodeAt(i);
    if (c === QUOTE || c === APOSTROPHE) {
      i = endOfLiteral(text, i);
      continue;
    }
    const end = c === SLASH ? endOfComment(text, i) : i;
    if (end > i) {
      result += `${text.slice(from, i)} `;
      from = end;
      i = end;
    } else {
      i++;
    }
  }
  return result + text.slice(from);
}

/** Calls `piece` for each range between separators that stand outside brackets and literals, up to the closing one. */
export function splitRange(
  text: string,
  start: number,
  limit: number,
  separator: number,
  piece: (start: number, end: number) => void,
): number {
  let depth = 0;
  let from = start;
  let i = start;
  while (i < limit) {
    const c = text.charCodeAt(i);
    if (c === QUOTE || c === APOSTROPHE) {
      i = endOfLiteral(text, i);
      continue;
    }
    if (c === OPEN_PAREN || c === OPEN_BRACKET || c === OPEN_BRACE) {
      depth++;
    } else if (c === CLOSE_PAREN || c === CLOSE_BRACKET || c === CLOSE_BRACE) {
      if (--depth < 0) {
        break;
      }
    } else if (c === separator && depth === 0) {
      piece(from, i);
      from = i + 1;
    }
    i++;
  }
  piece(from, i);
  return i;
}

/** The arguments between the bracket at `open` and its partner, as they stand, and the offset of that partner. */
export function splitArguments(text: string, open: number, limit = text.length): { args: string[]; close: number } {
  const args: string[] = [];
  const close = splitRange(text, open + 1, limit, COMMA, (start, end) => args.push(text.slice(start, end).trim()));
  if (args.length === 1 && args[0] === '') {
    args.length = 0;
  }
  return { args, close };
}

import {
  BACKSLASH,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  CLOSE_PAREN,
  COMMA,
  NEWLINE,
  OPEN_BRACE,
  OPEN_BRACKET,
  OPEN_PAREN,
  QUOTE,
  SEMICOLON,
  SPACE,
} from './chars.ts';

/** UTF-16 units of a text; bytes where it is ASCII. */
export type Units = Uint8Array | Uint16Array;

/**
 * What the parser gets: a masked text in which each run of blanks is one space or none. A parser takes longer for a blank
 * than for a letter, and half of a masked text is blank.
 */
export interface ParserText {
  readonly text: string;
  /** For each unit of `text`, and for its end, the offset in the file. */
  readonly offsets: Uint32Array;
}

/** No token begins or goes on beside these, so no blank is needed there. */
const ALONE = new Uint8Array(128);
for (const c of [OPEN_PAREN, CLOSE_PAREN, OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET, SEMICOLON, COMMA]) {
  ALONE[c] = 1;
}

const standsAlone = (c: number): boolean => c < 128 && ALONE[c] === 1;

/**
 * Leaves the blanks out of masked units, which are written over. A line end stays one: a parser that meets an error
 * counts the lines that it skips.
 */
export function parserText(units: Units, textOf: (units: Units) => string): ParserText {
  const offsets = new Uint32Array(units.length + 1);
  let length = 0;
  let last = 0;
  let gap = -1;
  let blank = SPACE;
  for (let i = 0; i < units.length; i++) {
    const c = units[i] ?? SPACE;
    if (c <= SPACE || (c === BACKSLASH && endsLine(units, i + 1))) {
      gap = gap < 0 ? i : gap;
      blank = c === NEWLINE ? NEWLINE : blank;
      continue;
    }
    if (gap >= 0) {
      if (blank === NEWLINE ? length > 0 : last !== QUOTE && !standsAlone(last) && !standsAlone(c)) {
        offsets[length] = gap;
        units[length++] = blank;
      }
      gap = -1;
      blank = SPACE;
    }
    offsets[length] = i;
    units[length++] = c;
    last = c;
  }
  offsets[length] = units.length;
  return { text: textOf(units.subarray(0, length)), offsets };
}

/** True where a line end follows, so that a backslash in front of it is blank too. */
function endsLine(units: Units, at: number): boolean {
  return units[at] === NEWLINE || (units[at] === 13 && units[at + 1] === NEWLINE);
}

/** Makes spaces of a range; line ends stay. */
export function blankOut(units: Units, start: number, end: number): void {
  for (let i = start; i < end; i++) {
    if (units[i] !== NEWLINE) {
      units[i] = SPACE;
    }
  }
}

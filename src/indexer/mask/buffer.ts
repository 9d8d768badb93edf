import { isBlank, SPACE } from './chars.ts';
import { blankOut, type ParserText, parserText, type Units } from './parser-text.ts';

/**
 * Two copies of a text that are written over in place, so that no offset and no line ever moves. `clean` loses what is
 * no C (comments, directives, annotations): names and types are read from it. `parsed` is what the parser gets: in it
 * macros are also rewritten into C of the same length, and what no fact needs a parser for is left out.
 */
export class MaskBuffer {
  readonly #clean: Units;
  readonly #masked: Units;

  constructor(text: string) {
    const units = asciiOf(text) ?? unitsOf(text);
    this.#clean = units;
    this.#masked = units.slice();
  }

  /** Makes spaces of a range in both texts; line ends stay. */
  blank(start: number, end: number): void {
    blankOut(this.#clean, start, end);
    blankOut(this.#masked, start, end);
  }

  /** Makes spaces of a range in what the parser gets; line ends stay. */
  cover(start: number, end: number): void {
    blankOut(this.#masked, start, end);
  }

  /** Writes `word` over what the parser gets from `at` on. */
  write(at: number, word: string): void {
    for (let i = 0; i < word.length; i++) {
      this.#masked[at + i] = word.charCodeAt(i);
    }
  }

  /** Covers a range and writes `word` at its start: the parser sees the word alone. */
  replace(start: number, end: number, word: string): void {
    this.cover(start, end);
    if (word.length <= end - start) {
      this.write(start, word);
    }
  }

  /** True where the range is blank in what the parser gets. */
  isBlank(start: number, end: number): boolean {
    for (let i = start; i < end; i++) {
      if (!isBlank(this.#masked[i] ?? SPACE)) {
        return false;
      }
    }
    return true;
  }

  /** The two texts. */
  finish(): { readonly clean: string; readonly parsed: ParserText } {
    return { clean: textOf(this.#clean), parsed: parserText(this.#masked, textOf) };
  }
}

/** One byte for each character, where the text is ASCII: half the memory, and the text made of it is short too. */
function asciiOf(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(text.length);
  const { read, written } = new TextEncoder().encodeInto(text, bytes);
  return read === text.length && written === text.length ? bytes : undefined;
}

function unitsOf(text: string): Uint16Array {
  const units = new Uint16Array(text.length);
  for (let i = 0; i < text.length; i++) {
    units[i] = text.charCodeAt(i);
  }
  return units;
}

function textOf(units: Units): string {
  return new TextDecoder(units instanceof Uint8Array ? 'utf-8' : 'utf-16le', { ignoreBOM: true }).decode(units);
}

import { isBlank, NEWLINE, SPACE } from './chars.ts';

/**
 * Two copies of a text that are written over in place, so that no offset and no line ever moves. `clean` loses what is
 * no C (comments, directives, annotations): names and types are read from it. `masked` is what the parser gets: in it
 * macros are also rewritten into C of the same length.
 */
export class MaskBuffer {
  readonly #clean: Uint16Array;
  readonly #masked: Uint16Array;

  constructor(text: string) {
    const units = new Uint16Array(text.length);
    for (let i = 0; i < text.length; i++) {
      units[i] = text.charCodeAt(i);
    }
    this.#clean = units;
    this.#masked = units.slice();
  }

  /** Makes spaces of a range in both texts; line ends stay. */
  blank(start: number, end: number): void {
    blankUnits(this.#clean, start, end);
    blankUnits(this.#masked, start, end);
  }

  /** Makes spaces of a range in what the parser gets; line ends stay. */
  cover(start: number, end: number): void {
    blankUnits(this.#masked, start, end);
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
  finish(): { readonly clean: string; readonly masked: string } {
    const decoder = new TextDecoder('utf-16le', { ignoreBOM: true });
    return { clean: decoder.decode(this.#clean), masked: decoder.decode(this.#masked) };
  }
}

function blankUnits(units: Uint16Array, start: number, end: number): void {
  for (let i = start; i < end; i++) {
    if (units[i] !== NEWLINE) {
      units[i] = SPACE;
    }
  }
}

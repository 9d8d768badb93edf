import type { BindingFact } from '../facts.ts';
import {
  COLON,
  COMMA,
  DOT,
  EQUALS,
  endOfWord,
  isWordStart,
  matchingClose,
  OPEN_BRACE,
  OPEN_BRACKET,
  skipBlank,
} from '../mask/chars.ts';
import { EMPTY_BINDING, type FactsBuilder, type FactText } from './source.ts';
import { fold, splitRange } from './text.ts';
import { boundValues } from './values.ts';

/** The object that a brace initialises: its type text (`''`: not known) and how it is written (`table[X]`). */
interface Place {
  readonly type: string;
  readonly path: string;
  /** Text of the array designator or position that led here, `''` outside arrays. */
  readonly index: string;
  /** True where an array designator `[X] =` led here. */
  readonly designated: boolean;
  /** The array's own name and what holds it, where the place is an array element. */
  readonly array: { readonly name: string; readonly receiver: string; readonly struct: string } | undefined;
}

/** Reads the braces that initialise a variable or compound literal, and files what they bind. */
export class InitialiserReader {
  readonly #source: FactText;
  readonly #facts: FactsBuilder;
  readonly #inFunction: string;

  constructor(source: FactText, facts: FactsBuilder, inFunction: string) {
    this.#source = source;
    this.#facts = facts;
    this.#inFunction = inFunction;
  }

  /** Braces at `open` that initialise `path` (a variable's name, `''` for a compound literal) of that type. */
  read(open: number, type: string, path: string): void {
    const array = { name: path, receiver: '', struct: '' };
    this.#list(open, { type, path, index: '', designated: false, array });
  }

  #list(open: number, place: Place): void {
    const { clean } = this.#source;
    let position = 0;
    splitRange(clean, open + 1, clean.length, COMMA, (start, end) => {
      if (skipBlank(clean, start) < end) {
        position = this.#item(start, end, place, position);
      }
    });
  }

  /** One item of a list; returns the position after it. */
  #item(start: number, end: number, place: Place, position: number): number {
    const { clean } = this.#source;
    let at = skipBlank(clean, start);
    let here = place;
    let name = '';
    for (;;) {
      const c = clean.charCodeAt(at);
      if (c === DOT || (isWordStart(c) && name === '' && isOldDesignator(clean, at))) {
        here = name === '' ? here : this.#member(here, name);
        const wordStart = c === DOT ? skipBlank(clean, at + 1) : at;
        const wordEnd = endOfWord(clean, wordStart);
        name = clean.slice(wordStart, wordEnd);
        at = skipBlank(clean, wordEnd);
      } else if (c === OPEN_BRACKET) {
        const close = matchingClose(clean, at, end);
        if (close < 0) {
          return position + 1;
        }
        here = this.#element(name === '' ? here : this.#member(here, name), fold(clean.slice(at + 1, close)), true);
        name = '';
        at = skipBlank(clean, close + 1);
      } else {
        break;
      }
    }
    const separator = clean.charCodeAt(at);
    const designated = here !== place || name !== '';
    const valueStart = designated && (separator === EQUALS || separator === COLON) ? skipBlank(clean, at + 1) : at;
    if (!designated && place.type.endsWith('[]')) {
      here = this.#element(place, String(position), false);
    } else if (name === '' && here === place) {
      name = this.#memberAt(place.type, position);
    }
    this.#value(valueStart, end, here, name, designated, position);
    return position + 1;
  }

  #value(start: number, end: number, here: Place, name: string, designated: boolean, position: number): void {
    const { clean } = this.#source;
    if (clean.charCodeAt(start) === OPEN_BRACE) {
      this.#list(start, name === '' ? here : this.#member(here, name));
      return;
    }
    for (const { value, at } of boundValues(clean, start, end)) {
      const line = this.#source.lineAt(at);
      const common = { ...EMPTY_BINDING, value, line, inFunction: this.#inFunction, index: here.index };
      this.#facts.bindings.push({ ...common, ...this.#receiver(here, name, designated, position) });
    }
  }

  #receiver(
    here: Place,
    name: string,
    designated: boolean,
    position: number,
  ): Pick<BindingFact, 'how' | 'target' | 'receiver' | 'struct' | 'argument'> {
    const how = here.designated ? 'array-designated' : designated ? 'designated' : 'positional';
    const argument = designated ? -1 : position;
    if (name === '' && here.array !== undefined) {
      const { array } = here;
      return { how, target: array.name, receiver: array.receiver, struct: array.struct, argument };
    }
    return { how, target: name, receiver: here.path, struct: structName(here.type), argument };
  }

  #member(place: Place, name: string): Place {
    const struct = structName(place.type);
    const type = this.#facts.structsByName.get(struct)?.members.find((m) => m.name === name)?.type ?? '';
    const path = place.path === '' ? '' : `${place.path}.${name}`;
    const array = { name, receiver: place.path, struct };
    return { type, path, index: place.index, designated: place.designated, array };
  }

  #element(place: Place, index: string, designated: boolean): Place {
    return {
      type: place.type.endsWith('[]') ? place.type.slice(0, -2) : '',
      path: place.path === '' ? '' : `${place.path}[${index}]`,
      index,
      designated: designated || place.designated,
      array: place.array,
    };
  }

  /** Name of the member at a position, `#2` where the struct is not of this file. */
  #memberAt(type: string, position: number): string {
    return this.#facts.structsByName.get(structName(type))?.members[position]?.name ?? `#${position}`;
  }
}

/** GNU C's `member: value`. */
function isOldDesignator(text: string, at: number): boolean {
  return text.charCodeAt(skipBlank(text, endOfWord(text, at))) === COLON;
}

/** The struct, union or typedef that a type text names, without its keyword; `''` for pointers, arrays and numbers. */
export function structName(type: string): string {
  return /^(?:(?:const|volatile)\s+)*(?:(?:struct|union)\s+)?([\w@]+)(?:\s+(?:const|volatile))*$/.exec(type)?.[1] ?? '';
}

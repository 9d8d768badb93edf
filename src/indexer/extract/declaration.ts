import type { ParamFact } from '../facts.ts';
import {
  APOSTROPHE,
  CLOSE_PAREN,
  COLON,
  COMMA,
  EQUALS,
  endOfLiteral,
  endOfWord,
  isDigit,
  isWordStart,
  matchingClose,
  OPEN_BRACE,
  OPEN_BRACKET,
  OPEN_PAREN,
  QUOTE,
  SEMICOLON,
  STAR,
  skipBlank,
} from '../mask/chars.ts';
import { fold, splitArguments } from './text.ts';

/** A declaration taken apart: the words in front, and each thing it declares. */
export interface Declaration {
  readonly isStatic: boolean;
  readonly isTypedef: boolean;
  readonly isExtern: boolean;
  /** Type text of the words in front, without storage words: `const struct ops`, `unsigned int`. */
  readonly base: string;
  /** `struct`, `union` or `enum` where a body follows, with its tag (`''`: none) and the body's range, braces included. */
  readonly body: SpecifierBody | undefined;
  readonly declarators: readonly Declarator[];
}

/** The body of a struct, union or enum specifier. */
export interface SpecifierBody {
  readonly keyword: string;
  readonly tag: string;
  readonly start: number;
  readonly end: number;
}

/** One declared name with its whole type text. */
export interface Declarator {
  readonly name: string;
  readonly at: number;
  readonly type: string;
  readonly isFunctionPointer: boolean;
  readonly isFunction: boolean;
  /** Offset of the bracket that opens the parameters, or -1. */
  readonly params: number;
  /** Number of array dimensions. */
  readonly dimensions: number;
  /** Range of the initialiser's value, empty where there is none. */
  readonly initStart: number;
  readonly initEnd: number;
}

const STORAGE = new Set(
  'static extern inline register auto typedef __inline__ __inline _Noreturn _Thread_local __thread'.split(' '),
);
const QUALIFIER = new Set('const volatile restrict __restrict __restrict__ __const'.split(' '));
const BUILTIN = new Set('void char short int long float double signed unsigned _Bool'.split(' '));
const TAGGED = new Set(['struct', 'union', 'enum']);

/** Reads the declaration at `start`..`end` of a clean text (see `MaskedText.clean`). */
export function parseDeclaration(text: string, start: number, end: number): Declaration {
  return new DeclarationReader(text, start, end).read();
}

/** One parameter of a function, from its text. */
export function parseParameter(text: string): ParamFact {
  if (text === '...') {
    return { name: '...', type: '...' };
  }
  const declaration = parseDeclaration(text, 0, text.length);
  const first = declaration.declarators[0];
  return first ? { name: first.name, type: first.type } : { name: '', type: declaration.base };
}

/** The parameters between the bracket at `open` and its partner. */
export function parseParameters(text: string, open: number): ParamFact[] {
  const params = splitArguments(text, open).args.map(parseParameter);
  return params.length === 1 && params[0]?.name === '' && params[0].type === 'void' ? [] : params;
}

class DeclarationReader {
  readonly #text: string;
  readonly #end: number;
  #at: number;
  readonly #words: string[] = [];
  readonly #storage = new Set<string>();
  #hasType = false;
  #body: SpecifierBody | undefined;

  constructor(text: string, start: number, end: number) {
    this.#text = text;
    this.#at = start;
    this.#end = end;
  }

  read(): Declaration {
    while (this.#specifier()) {}
    const base = this.#words.join(' ');
    const declarators: Declarator[] = [];
    for (let next = this.#declarator(base); next; next = this.#declarator(base)) {
      declarators.push(next);
    }
    return {
      isStatic: this.#storage.has('static'),
      isTypedef: this.#storage.has('typedef'),
      isExtern: this.#storage.has('extern'),
      base,
      body: this.#body,
      declarators,
    };
  }

  #peek(): number {
    this.#at = skipBlank(this.#text, this.#at);
    return this.#at < this.#end ? this.#text.charCodeAt(this.#at) : -1;
  }

  #wordEnd(at: number): number {
    return Math.min(endOfWord(this.#text, at), this.#end);
  }

  /** Reads one word in front of the declarators; false where they begin. */
  #specifier(): boolean {
    if (!isWordStart(this.#peek())) {
      return false;
    }
    const wordEnd = this.#wordEnd(this.#at);
    const word = this.#text.slice(this.#at, wordEnd);
    if (STORAGE.has(word)) {
      this.#storage.add(word);
      this.#at = wordEnd;
      return true;
    }
    if (QUALIFIER.has(word) || BUILTIN.has(word)) {
      this.#hasType ||= BUILTIN.has(word);
      this.#words.push(word);
      this.#at = wordEnd;
      return true;
    }
    if (TAGGED.has(word)) {
      this.#tagged(word, wordEnd);
      return true;
    }
    return this.#typeName(word, wordEnd);
  }

  /** `struct tag {...}`, `struct {...}`, `struct tag`. */
  #tagged(keyword: string, wordEnd: number): void {
    this.#hasType = true;
    this.#at = wordEnd;
    let tag = '';
    if (isWordStart(this.#peek())) {
      const tagEnd = this.#wordEnd(this.#at);
      tag = this.#text.slice(this.#at, tagEnd);
      this.#at = tagEnd;
    }
    this.#words.push(tag === '' ? keyword : `${keyword} ${tag}`);
    if (this.#peek() === OPEN_BRACE) {
      const close = matchingClose(this.#text, this.#at, this.#end);
      const bodyEnd = close < 0 ? this.#end : close + 1;
      this.#body = { keyword, tag, start: this.#at, end: bodyEnd };
      this.#at = bodyEnd;
    }
  }

  /** A name: the type where none was read yet, else an annotation (a name follows) or the declared name. */
  #typeName(word: string, wordEnd: number): boolean {
    const next = skipBlank(this.#text, wordEnd);
    const c = next < this.#end ? this.#text.charCodeAt(next) : -1;
    if (this.#hasType) {
      const isAnnotation = isWordStart(c) || c === STAR;
      this.#at = isAnnotation ? wordEnd : this.#at;
      return isAnnotation;
    }
    this.#hasType = true;
    this.#at = wordEnd;
    if (c === OPEN_PAREN && /^(?:__)?typeof/.test(word)) {
      const close = matchingClose(this.#text, next, this.#end);
      this.#at = close < 0 ? this.#end : close + 1;
      this.#words.push(`typeof${fold(this.#text.slice(next, this.#at))}`);
    } else {
      this.#words.push(word);
    }
    return true;
  }

  #declarator(base: string): Declarator | undefined {
    const c = this.#peek();
    if (c === COMMA) {
      this.#at++;
      return this.#declarator(base);
    }
    if (c < 0 || c === SEMICOLON || c === OPEN_BRACE || c === EQUALS || c === COLON || c === CLOSE_PAREN) {
      return undefined;
    }
    const before = this.#at;
    const type = `${base}${this.#stars()}`;
    const declarator = this.#named(type);
    this.#skipRest();
    return this.#at > before ? declarator : undefined;
  }

  /** Pointer stars with the qualifiers between them, as ` **`. */
  #stars(): string {
    let stars = '';
    for (let c = this.#peek(); c === STAR || isWordStart(c); c = this.#peek()) {
      if (c === STAR) {
        stars += '*';
        this.#at++;
        continue;
      }
      const wordEnd = this.#wordEnd(this.#at);
      const follows = this.#text.charCodeAt(skipBlank(this.#text, wordEnd));
      if (!QUALIFIER.has(this.#text.slice(this.#at, wordEnd)) && !isWordStart(follows) && follows !== STAR) {
        break;
      }
      this.#at = wordEnd;
    }
    return stars === '' ? '' : ` ${stars}`;
  }

  #named(type: string): Declarator {
    let name = '';
    let at = this.#at;
    let inner = '';
    if (this.#peek() === OPEN_PAREN && this.#isGroup()) {
      const close = matchingClose(this.#text, this.#at, this.#end);
      const group = this.#text.slice(this.#at + 1, close < 0 ? this.#end : close);
      const found = /^[\s*]*(?:(?:const|volatile|__\w+)\s+)*(?:\*\s*)*(\w*)/.exec(group);
      name = found?.[1] ?? '';
      at = this.#at + 1 + (found?.[0].length ?? 0) - name.length;
      inner = group;
      this.#at = close < 0 ? this.#end : close + 1;
    } else if (isWordStart(this.#peek()) || isDigit(this.#peek())) {
      at = this.#at;
      this.#at = this.#wordEnd(this.#at);
      name = this.#text.slice(at, this.#at);
    }
    return this.#suffixes(name, at, type, inner);
  }

  /** `(*name)` or `(name)`, not the parameters of a nameless function. */
  #isGroup(): boolean {
    const next = this.#text.charCodeAt(skipBlank(this.#text, this.#at + 1));
    return (
      next === STAR ||
      next === OPEN_PAREN ||
      (isWordStart(next) && this.#text.slice(this.#at).search(/^\(\s*\w+\s*\)\s*[([]/) === 0)
    );
  }

  /** Array dimensions, parameters and the initialiser behind a name. */
  #suffixes(name: string, at: number, type: string, inner: string): Declarator {
    let dimensions = inner.split('[').length - 1;
    let params = -1;
    for (let c = this.#peek(); c === OPEN_BRACKET || (c === OPEN_PAREN && params < 0); c = this.#peek()) {
      if (c === OPEN_PAREN) {
        params = this.#at;
      } else {
        dimensions++;
      }
      const close = matchingClose(this.#text, this.#at, this.#end);
      this.#at = close < 0 ? this.#end : close + 1;
    }
    const isFunctionPointer = params >= 0 && inner.includes('*');
    const shape = isFunctionPointer ? `${type} (*)${fold(this.#text.slice(params, this.#at))}` : type;
    const init = this.#initialiser();
    return {
      name,
      at,
      type: shape + '[]'.repeat(dimensions),
      isFunctionPointer,
      isFunction: params >= 0 && !isFunctionPointer && init.initStart === init.initEnd,
      params,
      dimensions,
      ...init,
    };
  }

  #initialiser(): { initStart: number; initEnd: number } {
    this.#skipTo(EQUALS);
    if (this.#peek() !== EQUALS) {
      return { initStart: this.#at, initEnd: this.#at };
    }
    const initStart = skipBlank(this.#text, this.#at + 1);
    this.#at = initStart;
    this.#skipRest();
    return { initStart, initEnd: this.#at };
  }

  /** Passes over annotations and bit-field widths in front of `=`, `,` or `;`. */
  #skipTo(stop: number): void {
    for (let c = this.#peek(); c >= 0 && c !== stop && c !== COMMA && c !== SEMICOLON; c = this.#peek()) {
      this.#step(c);
    }
  }

  /** Goes to the comma or semicolon that ends this declarator. */
  #skipRest(): void {
    for (let c = this.#peek(); c >= 0 && c !== COMMA && c !== SEMICOLON; c = this.#peek()) {
      this.#step(c);
    }
  }

  #step(c: number): void {
    const opens = c === OPEN_PAREN || c === OPEN_BRACKET || c === OPEN_BRACE;
    const close = opens ? matchingClose(this.#text, this.#at, this.#end) : -1;
    if (close >= 0) {
      this.#at = close + 1;
    } else if (c === QUOTE || c === APOSTROPHE) {
      this.#at = endOfLiteral(this.#text, this.#at);
    } else {
      this.#at = Math.max(this.#wordEnd(this.#at), this.#at + 1);
    }
  }
}

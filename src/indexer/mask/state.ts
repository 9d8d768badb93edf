import type { Dialect } from '../dialect.ts';
import type { ParamFact } from '../facts.ts';
import type { MaskBuffer } from './buffer.ts';
import { CLOSE_BRACE, COLON, OPEN_BRACE, SEMICOLON } from './chars.ts';
import type { WordRule, WordTable } from './words.ts';

/** What an open bracket belongs to: code (a body), a struct or union, an enum, an initialiser, or a plain bracket. */
export type BracketKind = 'code' | 'record' | 'enum' | 'initialiser' | 'paren' | 'index';

/** An open bracket; `word` is the start of the word in front of a `(`, `statement` where its statement began, or -1. */
export interface Bracket {
  readonly kind: BracketKind;
  readonly at: number;
  /** Where it was closed, -1 while it is open. */
  end: number;
  readonly word: number;
  readonly statement: number;
  /** True for the bracket of `if`, `while` and their like. */
  readonly control: boolean;
  /** True where a name stands in front that may be called. */
  readonly call: boolean;
  /** True for the brackets of a struct's member: what looks like a call in them is a declarator. */
  readonly ofMember: boolean;
  /** True while nothing was met inside that facts are read from by the parser's help: a call, a body, an assignment. */
  plain: boolean;
  /** True where a type stands in front of the word: a function is declared, or a macro makes a name. */
  readonly typed: boolean;
}

/** `#define` as it stands in the text; the body may hold comments and continued lines. */
export interface RawDefine {
  readonly name: string;
  readonly params: readonly string[] | undefined;
  readonly at: number;
  readonly bodyStart: number;
  readonly bodyEnd: number;
}

/** A macro invoked at file scope: `NAME(arguments)`, brackets at `open` and `close`. */
export interface Invocation {
  readonly at: number;
  readonly open: number;
  readonly close: number;
}

/** A function that a macro makes; its head begins at `start`. */
export interface MadeFunction {
  readonly name: string;
  readonly start: number;
  readonly params: readonly ParamFact[];
}

/** The part of the scanner's state that the second arm of an `#if` starts from again. */
export interface Position {
  readonly brackets: readonly Bracket[];
  readonly previous: number;
  readonly wordAt: number;
  readonly wordKind: WordRule['kind'] | undefined;
  readonly statement: number;
  readonly tag: BracketKind | undefined;
  readonly closed: Bracket | undefined;
}

/** Everything the masking pass knows while it goes over a text once. */
export class ScanState {
  readonly text: string;
  readonly buffer: MaskBuffer;
  readonly words: WordTable;
  readonly dialect: Dialect;
  readonly defines: RawDefine[] = [];
  readonly includes: string[] = [];
  readonly invocations: Invocation[] = [];
  /** Functions made by macros, by the offset of the brace that opens their body. */
  readonly made = new Map<number, MadeFunction>();
  /** Offset of the next character to look at. */
  at = 0;
  brackets: Bracket[] = [];
  /** Fewest open brackets since the last reset. */
  lowest = 0;
  /** The last character of the last token, 0 before the first, and where it stands. */
  previous = 0;
  previousAt = -1;
  /** The last character of the token before the last one. */
  before = 0;
  /** Start of the last token where that is a word, else -1; and what kind of word. */
  wordAt = -1;
  wordKind: WordRule['kind'] | undefined;
  /** Where the statement began whose leading words are being read, else -1. */
  statement = -1;
  /** True where the words read last are a type already, and where the name stands that may yet be an annotation. */
  typed = false;
  candidate = -1;
  /** Behind the `=` or `return` whose value is being read and was plain so far, else -1. */
  valueAt = -1;
  /** How many `?` of that value wait for their `:`. */
  arms = 0;
  /** What a brace would open, after `struct`, `union` or `enum`. */
  tag: BracketKind | undefined;
  /** The bracket pair that ends at the last token. */
  closed: Bracket | undefined;

  constructor(text: string, buffer: MaskBuffer, words: WordTable, dialect: Dialect) {
    this.text = text;
    this.buffer = buffer;
    this.words = words;
    this.dialect = dialect;
  }

  /** Kind of the innermost open bracket, `undefined` at file scope. */
  get inside(): BracketKind | undefined {
    return this.brackets[this.brackets.length - 1]?.kind;
  }

  /** Notes that what was met is looked for by the parser: no bracket around it may be left out. */
  keep(): void {
    this.valueAt = -1;
    for (let i = this.brackets.length - 1; i >= 0; i--) {
      const bracket = this.brackets[i];
      if (bracket === undefined || !bracket.plain) {
        return;
      }
      bracket.plain = false;
    }
  }

  /** True where the next token begins a statement, a declaration or a member. */
  beginsStatement(): boolean {
    const inside = this.inside;
    if (inside !== undefined && inside !== 'code' && inside !== 'record') {
      return false;
    }
    if (this.wordKind === 'opener' || this.closed !== undefined) {
      return this.wordKind === 'opener' || this.closed?.control === true;
    }
    const c = this.previous;
    return c === 0 || c === SEMICOLON || c === OPEN_BRACE || c === CLOSE_BRACE || c === COLON;
  }

  /** Notes a token that is no word; `closed` is the bracket pair it ends, if any. */
  token(c: number, at: number, closed?: Bracket): void {
    this.before = this.previous;
    this.previous = c;
    this.previousAt = at;
    this.wordAt = -1;
    this.wordKind = undefined;
    this.statement = -1;
    this.typed = false;
    this.candidate = -1;
    this.tag = undefined;
    this.closed = closed;
  }

  position(): Position {
    const { previous, wordAt, wordKind, statement, tag, closed } = this;
    return { brackets: this.brackets.slice(), previous, wordAt, wordKind, statement, tag, closed };
  }

  restore(position: Position): void {
    this.brackets = position.brackets.slice();
    this.lowest = this.brackets.length;
    this.previous = position.previous;
    this.wordAt = position.wordAt;
    this.wordKind = position.wordKind;
    this.statement = position.statement;
    this.tag = position.tag;
    this.closed = position.closed;
  }
}

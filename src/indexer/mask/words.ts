import type { Dialect, FunctionMaker, MaskForm } from '../dialect.ts';

/** What a word means to the masking pass: C's own words, and those a dialect hands in. */
export type WordRule =
  | { readonly kind: CWord }
  | { readonly kind: 'mask'; readonly form: MaskForm }
  | { readonly kind: 'maker'; readonly maker: FunctionMaker };

type CWord =
  | 'spelling'
  | 'control'
  | 'opener'
  | 'case'
  | 'storage'
  | 'qualifier'
  | 'tag'
  | 'type'
  | 'asm'
  | 'typeof'
  | 'attribute'
  | 'selection';

const C_WORDS: readonly (readonly [CWord, string])[] = [
  ['control', 'if while for switch return sizeof goto break continue default _Alignof _Static_assert'],
  ['opener', 'else do'],
  ['case', 'case'],
  ['storage', 'static extern inline register auto typedef __inline__ __inline _Noreturn _Thread_local __thread'],
  ['qualifier', 'const volatile restrict __restrict__'],
  ['spelling', '__volatile__ __volatile __const __const__ __restrict'],
  ['tag', 'struct union enum'],
  ['type', 'unsigned signed int long short char void float double _Bool bool'],
  ['asm', 'asm __asm__ __asm'],
  [
    'typeof',
    'typeof __typeof__ __typeof typeof_unqual offsetof __builtin_offsetof __builtin_types_compatible_p __alignof__ __alignof',
  ],
  ['attribute', '__attribute__ __attribute __extension__'],
  ['selection', '_Generic __declspec _Alignas alignas _Atomic'],
];

const MAX_LENGTH = 64;

/** The words of C and of one dialect, found by a range of a text; most words are told apart without a look-up. */
export class WordTable {
  readonly #rules = new Map<string, WordRule>();
  /** One flag for each first character and length that any word of the table has. */
  readonly #seen = new Uint8Array(128 * MAX_LENGTH);

  constructor(dialect: Dialect) {
    for (const [kind, words] of C_WORDS) {
      for (const word of words.split(' ')) {
        this.#add(word, { kind });
      }
    }
    for (const { name, form } of dialect.masks) {
      this.#add(name, { kind: 'mask', form });
    }
    for (const maker of dialect.makers) {
      this.#add(maker.name, { kind: 'maker', maker });
    }
  }

  /** The rule for the word at `start`..`end`, if there is one. */
  find(text: string, start: number, end: number): WordRule | undefined {
    const length = end - start;
    if (length >= MAX_LENGTH || this.#seen[text.charCodeAt(start) * MAX_LENGTH + length] !== 1) {
      return undefined;
    }
    return this.#rules.get(text.slice(start, end));
  }

  #add(word: string, rule: WordRule): void {
    this.#rules.set(word, rule);
    this.#seen[word.charCodeAt(0) * MAX_LENGTH + word.length] = 1;
  }
}

const tables = new WeakMap<Dialect, WordTable>();

/** The table of a dialect, made once. */
export function wordsOf(dialect: Dialect): WordTable {
  let table = tables.get(dialect);
  if (!table) {
    table = new WordTable(dialect);
    tables.set(dialect, table);
  }
  return table;
}

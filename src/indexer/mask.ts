import type { Dialect } from './dialect.ts';
import { MaskBuffer } from './mask/buffer.ts';
import { HASH, isWordPart, skipBlank } from './mask/chars.ts';
import { directiveRule } from './mask/directives.ts';
import type { ParserText } from './mask/parser-text.ts';
import { scan } from './mask/pass.ts';
import { ScanState } from './mask/state.ts';
import { wordsOf } from './mask/words.ts';

/** A text whose macros are masked, and what the masks took out of it. No offset differs from the original's. */
export interface MaskedText extends Pick<ScanState, 'defines' | 'includes' | 'invocations' | 'made'> {
  readonly original: string;
  /** Without comments, directives and annotations: names and types are read from it. */
  readonly clean: string;
  /** What the parser gets: in it macros are rewritten into C, and what no fact needs a parser for is left out. */
  readonly parsed: ParserText;
}

/** Masks one C file in a single pass over its text. */
export function maskFile(text: string, dialect: Dialect): MaskedText {
  const state = new ScanState(text, new MaskBuffer(text), wordsOf(dialect), dialect);
  scan(state, directiveRule(state));
  return maskedText(state);
}

/** Masks the bodies of macros, laid out as functions: `a ## b` becomes one name, `#a` a name. */
export function maskMacroBodies(text: string, dialect: Dialect): MaskedText {
  const state = new ScanState(text, new MaskBuffer(text), wordsOf(dialect), dialect);
  scan(state, pasteRule);
  return maskedText(state);
}

function maskedText(state: ScanState): MaskedText {
  const { defines, includes, invocations, made } = state;
  return { original: state.text, ...state.buffer.finish(), defines, includes, invocations, made };
}

function pasteRule(state: ScanState): void {
  const { text, buffer, at } = state;
  if (text.charCodeAt(at + 1) !== HASH) {
    buffer.cover(at, at + 1);
    state.at = at + 1;
    return;
  }
  const end = skipBlank(text, at + 2);
  const start = state.wordAt >= 0 ? endOfLast(state) : at;
  const joins = isWordPart(text.charCodeAt(end)) && (state.wordAt >= 0 || isWordPart(state.previous));
  buffer.cover(at, at + 2);
  if (joins) {
    buffer.write(start, '_'.repeat(end - start));
  }
  state.at = end;
}

/** Offset after the word that was read last. */
function endOfLast(state: ScanState): number {
  let end = state.at;
  while (end > 0 && !isWordPart(state.text.charCodeAt(end - 1))) {
    end--;
  }
  return end;
}

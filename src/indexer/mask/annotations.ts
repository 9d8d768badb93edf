import { endOfWord, OPEN_PAREN, skipBlank } from './chars.ts';
import type { ScanState } from './state.ts';

/**
 * C has no name in front of a type's own word (`ANNOTATION struct s *p`), and no two names between a type and what it
 * declares (`int ANNOTATION f(void)`): such a name is an annotation, whether a dialect knows it or not.
 */
export function blankAnnotation(state: ScanState, isTypeWord: boolean, start: number, end: number): void {
  const { wordAt, wordKind, tag } = state;
  const afterName = wordAt >= 0 && wordKind === undefined;
  if (isTypeWord) {
    if (state.candidate >= 0 && tag === undefined) {
      blankWord(state, state.candidate);
      state.wordKind = 'storage';
    }
    state.typed = true;
    state.candidate = -1;
  } else {
    plainName(state, afterName, start, end);
  }
}

function plainName(state: ScanState, afterName: boolean, start: number, end: number): void {
  const { wordAt, wordKind } = state;
  if (wordKind === 'tag') {
    state.typed = true;
    state.candidate = -1;
    return;
  }
  if (afterName && state.typed && state.candidate >= 0) {
    blankWord(state, trails(state, start, end) ? start : wordAt);
  }
  state.typed = afterName || (wordAt >= 0 && state.typed);
  state.candidate = start;
}

/** `int x ANNOTATION;`: the second of two names, where it looks more like an annotation than the first. */
function trails(state: ScanState, start: number, end: number): boolean {
  const { text } = state;
  const looks = (at: number): boolean =>
    text.startsWith('__', at) || !/[a-z]/.test(text.slice(at, endOfWord(text, at)));
  return text.charCodeAt(skipBlank(text, end)) !== OPEN_PAREN && looks(start) && !looks(state.wordAt);
}

function blankWord(state: ScanState, at: number): void {
  state.buffer.blank(at, endOfWord(state.text, at));
}

import { CLOSE_PAREN, EQUALS, OPEN_BRACE, OPEN_PAREN } from './chars.ts';
import type { Bracket, BracketKind, ScanState } from './state.ts';

const NO_CALL: ReadonlySet<string> = new Set(['control', 'case', 'opener', 'storage', 'qualifier', 'tag', 'type']);

/** Opens a `(`: notes the word in front of it and whether that word begins a statement. */
export function openParen(state: ScanState, at: number): void {
  const callable = state.wordKind === undefined || !NO_CALL.has(state.wordKind);
  const word = state.wordAt;
  const statement = callable && word >= 0 ? state.statement : -1;
  const control = state.wordKind === 'control';
  const typed = state.typed && word >= 0;
  state.token(OPEN_PAREN, at);
  state.brackets.push({ kind: 'paren', at, end: -1, word, statement, control, typed });
}

/** Opens a `{`: decides from what stands in front of it what it holds. */
export function openBrace(state: ScanState, at: number): void {
  const kind = kindOfBrace(state);
  state.brackets.push({ kind, at, end: -1, word: -1, statement: -1, control: false, typed: false });
  state.token(OPEN_BRACE, at);
}

function kindOfBrace(state: ScanState): BracketKind {
  const { previous, inside } = state;
  if (state.tag !== undefined) {
    return state.tag;
  }
  if (previous === EQUALS || inside === 'initialiser' || inside === 'index') {
    return 'initialiser';
  }
  if (previous === CLOSE_PAREN) {
    return state.closed?.word === -1 && inside !== undefined ? 'initialiser' : 'code';
  }
  if (previous === OPEN_PAREN) {
    return 'code';
  }
  return inside === 'paren' ? 'initialiser' : 'code';
}

/**
 * Closes the innermost bracket of that kind and whatever was left open inside it. A closing bracket without an open
 * one changes nothing: one bad macro must not spoil the rest of the file.
 */
export function popTo(state: ScanState, what: 'paren' | 'index' | 'brace'): Bracket | undefined {
  const { brackets } = state;
  for (let i = brackets.length - 1; i >= 0; i--) {
    const bracket = brackets[i];
    const brace = bracket?.kind !== 'paren' && bracket?.kind !== 'index';
    if (what === 'brace' ? brace : bracket?.kind === what) {
      brackets.length = i;
      state.lowest = Math.min(state.lowest, i);
      return bracket;
    }
    if (brace) {
      return undefined;
    }
  }
  return undefined;
}

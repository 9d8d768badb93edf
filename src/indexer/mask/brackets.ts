import { CLOSE_BRACKET, CLOSE_PAREN, EQUALS, NEWLINE, OPEN_BRACE, OPEN_PAREN, STAR, skipBlank } from './chars.ts';
import type { Bracket, BracketKind, ScanState } from './state.ts';

const NO_CALL: ReadonlySet<string> = new Set(['control', 'case', 'opener', 'storage', 'qualifier', 'tag', 'type']);

/** Opens a `(`: notes the word in front of it and whether that word begins a statement. */
export function openParen(state: ScanState, at: number): void {
  const callable = state.wordKind === undefined || !NO_CALL.has(state.wordKind);
  const word = state.wordAt;
  const statement = callable && word >= 0 ? state.statement : -1;
  const control = state.wordKind === 'control';
  const typed = state.typed && word >= 0;
  const around = state.brackets[state.brackets.length - 1];
  const ofMember = around?.kind === 'record' || around?.ofMember === true;
  if (!ofMember && (word < 0 ? closesExpression(state.previous) : callable)) {
    state.keep();
  }
  const call = callable && word >= 0 && state.wordKind !== 'selection';
  state.token(OPEN_PAREN, at);
  state.brackets.push({ ...bracketAt('paren', at), word, statement, control, call, typed, ofMember });
}

/** A bracket that no word leads. */
const bracketAt = (kind: BracketKind, at: number): Bracket => ({
  kind,
  at,
  end: -1,
  word: -1,
  statement: -1,
  control: false,
  call: false,
  typed: false,
  ofMember: false,
  plain: kind !== 'code',
});

const closesExpression = (c: number): boolean => c === CLOSE_PAREN || c === CLOSE_BRACKET;

/** Opens a `[`. */
export function openIndex(state: ScanState, c: number, at: number): void {
  state.brackets.push(bracketAt('index', at));
  state.token(c, at);
}

/** Opens a `{`: decides from what stands in front of it what it holds. */
export function openBrace(state: ScanState, at: number): void {
  const kind = kindOfBrace(state);
  if (kind !== 'initialiser' || state.previous === CLOSE_PAREN) {
    state.keep();
  }
  state.brackets.push(bracketAt(kind, at));
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
 * Leaves out what stands between a pair of brackets where no fact needs the parser for it: the arguments of a call, a
 * condition, the members of a struct, the values of a table are read from the clean text.
 */
export function leaveOut(state: ScanState, open: Bracket | undefined, at: number): void {
  if (open === undefined || !open.plain || open.at + 1 === at) {
    return;
  }
  const isCondition = open.control && !isOperator(state.text, open.word);
  const isCall = open.call && !isDeclarator(state.text, open) && !isHead(state, open);
  if (isCondition || (isCall && !open.typed && EXPRESSION.has(state.inside ?? 'code'))) {
    standIn(state, open.at + 1, at);
  } else if (isCall || HOLDS_LIST.has(open.kind)) {
    state.buffer.cover(open.at + 1, at);
  }
}

/** Brackets in which `(f())` could be read as a type. */
const EXPRESSION: ReadonlySet<BracketKind> = new Set(['paren', 'index', 'initialiser']);
const HOLDS_LIST: ReadonlySet<BracketKind> = new Set(['record', 'enum', 'initialiser']);

/** `return (T)(x)`, `sizeof (T)`: the bracket may hold a type. */
const isOperator = (text: string, word: number): boolean =>
  text.startsWith('return', word) || text.startsWith('sizeof', word) || text.startsWith('_', word);

/** `T (*f)(int)`: the name is a type. */
const isDeclarator = (text: string, open: Bracket): boolean => text.charCodeAt(skipBlank(text, open.at + 1)) === STAR;

/** Leaves out a value of several words up to `at` that holds no call: a number stands in where it ended. */
export function leaveOutValue(state: ScanState, at: number): void {
  const start = state.valueAt;
  if (start < 0 || state.previousAt <= skipBlank(state.text, start)) {
    return;
  }
  let last = at - 1;
  while (state.text.charCodeAt(last) === NEWLINE) {
    last--;
  }
  state.buffer.cover(start, at);
  state.buffer.write(last, '0');
}

/** `NAME(x)(int a) {` at file scope: what stands in the bracket may be the function's name. */
const isHead = ({ inside }: ScanState, open: Bracket): boolean => inside === undefined && open.statement >= 0;

/** Puts a number where C wants an expression. */
export function standIn(state: ScanState, start: number, end: number): void {
  let at = start;
  while (at + 1 < end && state.text.charCodeAt(at) === NEWLINE) {
    at++;
  }
  state.buffer.cover(start, end);
  state.buffer.write(at, '0');
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

import type { FunctionMaker } from '../dialect.ts';
import { parseParameter } from '../extract/declaration.ts';
import { fold, splitArguments } from '../extract/text.ts';
import type { ParamFact } from '../facts.ts';
import { endOfWord } from './chars.ts';
import type { Bracket, ScanState } from './state.ts';

/** A maker that no dialect names: the first argument is the name. */
const UNKNOWN_MAKER: Omit<FunctionMaker, 'name' | 'reason'> = { nameArgument: 0, params: 'declarations' };

/**
 * Rewrites `NAME(arguments) {` at file scope into the head of a C function of the same length, and notes what people
 * call the function it makes: `NAME(argument)`, or `NAME` alone where no argument is a name.
 */
export function makeFunction(state: ScanState, closed: Bracket, brace: number): void {
  const { text, buffer } = state;
  const macro = text.slice(closed.word, endOfWord(text, closed.word));
  const rule = state.words.find(text, closed.word, closed.word + macro.length);
  if (rule?.kind !== 'maker' && isOldStyle(macro)) {
    return;
  }
  const maker = rule?.kind === 'maker' ? rule.maker : UNKNOWN_MAKER;
  const args = splitArguments(text, closed.at).args.map((arg) => withoutAnnotations(state, fold(arg)));
  const named = args[maker.nameArgument] ?? '';
  const name = /^\w+$/.test(named) ? `${macro}(${named})` : macro;
  state.made.set(brace, { name, start: closed.statement, params: paramsOf(maker, args) });
  buffer.write(closed.word, 'T ');
  buffer.cover(closed.at + 1, closed.end);
}

function withoutAnnotations(state: ScanState, arg: string): string {
  const isMask = (word: string): boolean => state.words.find(word, 0, word.length)?.kind === 'mask';
  return fold(arg.replace(/\w+/g, (word) => (isMask(word) ? ' ' : word)));
}

/** A name in lower case with nothing in front is a function of implicit `int`, as C once allowed. */
const isOldStyle = (name: string): boolean => !/[A-Z]/.test(name) || name.length < 3;

function paramsOf(maker: Pick<FunctionMaker, 'params' | 'nameArgument'>, args: readonly string[]): ParamFact[] {
  const rest = args.filter((_, i) => i > maker.nameArgument);
  if (maker.params === 'none') {
    return [];
  }
  if (maker.params === 'declarations') {
    return rest.map(parseParameter);
  }
  const params: ParamFact[] = [];
  for (let i = 0; i + 1 < rest.length; i += 2) {
    params.push({ type: rest[i] ?? '', name: rest[i + 1] ?? '' });
  }
  return params;
}

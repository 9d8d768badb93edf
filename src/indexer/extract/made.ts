import type { FunctionFact } from '../facts.ts';
import type { Invocation, RawDefine } from '../mask/state.ts';
import { parseParameters } from './declaration.ts';
import type { LineTable } from './lines.ts';
import type { FactsBuilder } from './source.ts';
import { fold, splitArguments } from './text.ts';

/** The head of a function inside a macro's body: its name as tokens that may be parameters, and its parameters' text. */
const HEAD = /(\w+(?:\s*##\s*\w*)*)\s*(\([^(){};]*\))\s*\{/g;
const NOT_A_NAME = /^(?:if|for|while|switch)$/;

/**
 * The functions that macros of this file make when they are invoked at file scope:
 * `#define MAKE(n) int get_##n(void) {...}`, then `MAKE(x)`, makes `get_x`. Another name that a `#define` gives such a
 * function is a function too.
 */
export function readMadeFunctions(
  text: string,
  lines: LineTable,
  defines: readonly RawDefine[],
  invocations: readonly Invocation[],
  facts: FactsBuilder,
): void {
  const makers = new Map<string, RawDefine>();
  for (const define of defines) {
    if (define.params !== undefined && text.slice(define.bodyStart, define.bodyEnd).includes('{')) {
      makers.set(define.name, define);
    }
  }
  const made: FunctionFact[] = [];
  for (const invocation of invocations) {
    const maker = makers.get(/^\w+/.exec(text.slice(invocation.at, invocation.open))?.[0] ?? '');
    if (maker !== undefined) {
      made.push(...expand(text, lines, maker, invocation));
    }
  }
  facts.functions.push(...made, ...otherNames(text, defines, made));
}

function expand(text: string, lines: LineTable, maker: RawDefine, invocation: Invocation): FunctionFact[] {
  const body = fold(text.slice(maker.bodyStart, maker.bodyEnd));
  const args = splitArguments(text, invocation.open).args.map(fold);
  const values = new Map((maker.params ?? []).map((param, i) => [param, args[i] ?? '']));
  const fill = (part: string): string =>
    part
      .replace(/\s*##\s*/g, '\u0000')
      .replace(/\w+/g, (word) => values.get(word) ?? word)
      .replaceAll('\u0000', '');
  const line = lines.lineAt(invocation.at);
  const functions: FunctionFact[] = [];
  for (const { 1: name = '', 2: params = '()', index } of body.matchAll(HEAD)) {
    if (!NOT_A_NAME.test(name) && isOutside(body, index)) {
      functions.push({
        name: fill(name),
        line,
        endLine: lines.lineAt(invocation.close),
        isStatic: /\bstatic\b/.test(body),
        origin: 'macro',
        params: parseParameters(fill(params), 0),
        returns: '',
      });
    }
  }
  return functions;
}

/** True where no brace is open in front of the offset: a head, not a statement of a body. */
function isOutside(body: string, offset: number): boolean {
  const before = body.slice(0, offset);
  return before.split('{').length === before.split('}').length;
}

/** `#define other made` */
function otherNames(text: string, defines: readonly RawDefine[], made: readonly FunctionFact[]): FunctionFact[] {
  const byName = new Map(made.map((fact) => [fact.name, fact]));
  return defines.flatMap(({ name, params, bodyStart, bodyEnd }) => {
    const fact = params === undefined ? byName.get(fold(text.slice(bodyStart, bodyEnd))) : undefined;
    return fact === undefined || byName.has(name) ? [] : [{ ...fact, name }];
  });
}

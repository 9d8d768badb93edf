import type { MacroRef, TreeView } from '../tree-view.ts';

/**
 * The value of a C integer constant as both sides of a boundary must agree on it. `sized` is false where an ioctl number
 * takes the size of a type that was not read: its size bits are then unknown and stay 0.
 */
export interface ConstantValue {
  readonly value: bigint;
  readonly sized: boolean;
}

/** A macro with its value. */
export interface NumberMacro {
  readonly macro: MacroRef;
  readonly constant: ConstantValue;
}

/** Nested macros followed before giving up: a macro may name itself through others. */
const MAX_DEPTH = 16;

/** Value of the macro or enumerator `name`; undefined where it is not defined or not constant. */
export function numberOf(view: TreeView, name: string): NumberMacro | undefined {
  for (const macro of view.macrosNamed(name)) {
    const constant = macro.fact.params === undefined ? evaluate(view, macro.fact.body) : undefined;
    if (constant !== undefined) {
      return { macro, constant };
    }
  }
  return undefined;
}

/** Whether two constants are the same, as far as both are known. */
export function sameNumber(a: ConstantValue, b: ConstantValue): boolean {
  const mask = a.sized && b.sized ? ~0n : ~IOC.sizeMask;
  return (a.value & mask) === (b.value & mask);
}

/** Value of an integer constant expression in the terms of one tree. */
export function evaluate(view: TreeView, text: string): ConstantValue | undefined {
  const state: State = { view, sized: true, depth: 0 };
  const value = constantOf(state, text, new Map());
  return value === undefined ? undefined : { value, sized: state.sized };
}

interface State {
  readonly view: TreeView;
  sized: boolean;
  depth: number;
}

type Scope = ReadonlyMap<string, string>;

/** Layout of an ioctl number (include/uapi/asm-generic/ioctl.h): 8 bits number, 8 type, 14 size, 2 direction. */
const IOC = { typeShift: 8n, sizeShift: 16n, directionShift: 30n, sizeMask: 0x3fffn << 16n } as const;

const IOC_DIRECTION: Readonly<Record<string, bigint>> = { _IO: 0n, _IOW: 1n, _IOR: 2n, _IOWR: 3n };

/** Sizes in bytes of the scalar types that ioctl numbers name, on x86-64. */
const SCALAR_SIZES: Readonly<Record<string, bigint>> = {
  char: 1n,
  __u8: 1n,
  uint8_t: 1n,
  __u16: 2n,
  uint16_t: 2n,
  int: 4n,
  unsigned: 4n,
  'unsigned int': 4n,
  __s32: 4n,
  __u32: 4n,
  uint32_t: 4n,
  long: 8n,
  'unsigned long': 8n,
  __s64: 8n,
  __u64: 8n,
  uint64_t: 8n,
};

/** Operators by binding strength, the weakest level first. Comparisons do not occur in such constants. */
const LEVELS: readonly (readonly string[])[] = [['|'], ['^'], ['&'], ['<<', '>>'], ['+', '-'], ['*', '/', '%']];

const TOKEN = /\s*(0[xX][0-9a-fA-F]+|\d+|[A-Za-z_]\w*|<<|>>|[|^&+\-*/%~(),])([uUlL]*)/y;

/** Splits into tokens; undefined where something else than a constant expression stands there. */
function tokens(text: string): string[] | undefined {
  const found: string[] = [];
  TOKEN.lastIndex = 0;
  const source = text.replace(/\/\*.*?\*\/|\/\/.*$/g, ' ').trimEnd();
  while (TOKEN.lastIndex < source.length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(source);
    if (match?.[1] === undefined) {
      return undefined;
    }
    const isNumber = /^\d/.test(match[1]);
    found.push(match[1]);
    if (!isNumber && match[2]) {
      TOKEN.lastIndex = at + match[0].length - match[2].length;
    }
  }
  return found;
}

function constantOf(state: State, text: string, scope: Scope): bigint | undefined {
  const all = tokens(text);
  if (all === undefined || all.length === 0 || state.depth > MAX_DEPTH) {
    return undefined;
  }
  state.depth++;
  const parser: Parser = { state, scope, tokens: all, at: 0 };
  const value = binary(parser, 0);
  state.depth--;
  return parser.at === all.length ? value : undefined;
}

interface Parser {
  readonly state: State;
  readonly scope: Scope;
  readonly tokens: readonly string[];
  at: number;
}

function binary(p: Parser, level: number): bigint | undefined {
  const operators = LEVELS[level];
  if (operators === undefined) {
    return unary(p);
  }
  let left = binary(p, level + 1);
  for (;;) {
    const operator = p.tokens[p.at];
    if (operator === undefined || !operators.includes(operator)) {
      return left;
    }
    p.at++;
    const right = binary(p, level + 1);
    left = left === undefined || right === undefined ? undefined : apply(operator, left, right);
  }
}

function apply(operator: string, a: bigint, b: bigint): bigint | undefined {
  switch (operator) {
    case '|':
      return a | b;
    case '^':
      return a ^ b;
    case '&':
      return a & b;
    case '<<':
      return b < 64n ? a << b : undefined;
    case '>>':
      return a >> b;
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    default:
      return b === 0n ? undefined : operator === '/' ? a / b : a % b;
  }
}

function unary(p: Parser): bigint | undefined {
  const token = p.tokens[p.at++];
  if (token === undefined) {
    return undefined;
  }
  if (token === '-' || token === '~') {
    const value = unary(p);
    return value === undefined ? undefined : token === '-' ? -value : ~value;
  }
  if (token === '(') {
    return bracketed(p);
  }
  return /^\d/.test(token) ? BigInt(token) : named(p, token);
}

/** `(expression)`, or a cast in front of an operand: `(uint32_t)x`. */
function bracketed(p: Parser): bigint | undefined {
  const start = p.at;
  const inner = SCALAR_SIZES[p.tokens[p.at] ?? ''];
  if (inner !== undefined && p.tokens[p.at + 1] === ')') {
    p.at += 2;
    return unary(p);
  }
  p.at = start;
  const value = binary(p, 0);
  return p.tokens[p.at++] === ')' ? value : undefined;
}

function named(p: Parser, name: string): bigint | undefined {
  if (p.tokens[p.at] === '(') {
    return invoked(p, name);
  }
  const bound = p.scope.get(name);
  if (bound !== undefined) {
    return constantOf(p.state, bound, new Map());
  }
  for (const macro of p.state.view.macrosNamed(name)) {
    const value = macro.fact.params === undefined ? constantOf(p.state, macro.fact.body, new Map()) : undefined;
    if (value !== undefined) {
      return value;
    }
  }
  return undefined;
}

function invoked(p: Parser, name: string): bigint | undefined {
  const args = argumentsOf(p)?.map((arg) => substituted(arg, p.scope));
  if (args === undefined) {
    return undefined;
  }
  const direction = IOC_DIRECTION[name];
  if (direction !== undefined) {
    return ioctlNumber(p.state, direction, args);
  }
  for (const { fact } of p.state.view.macrosNamed(name)) {
    if (fact.params?.length === args.length) {
      const scope = new Map(fact.params.map((param, i) => [param, `(${args[i] ?? ''})`] as const));
      const value = constantOf(p.state, fact.body, scope);
      if (value !== undefined) {
        return value;
      }
    }
  }
  return undefined;
}

const substituted = (text: string, scope: Scope): string =>
  text.replace(/[A-Za-z_]\w*/g, (name) => scope.get(name) ?? name);

/** The arguments of an invocation as text; the parser then stands behind the closing bracket. */
function argumentsOf(p: Parser): string[] | undefined {
  const args: string[][] = [[]];
  let depth = 0;
  for (;;) {
    const token = p.tokens[p.at++];
    if (token === undefined) {
      return undefined;
    }
    if (token === '(' && depth++ === 0) {
      continue;
    }
    if (token === ')' && --depth === 0) {
      return args.map((part) => part.join(' '));
    }
    if (token === ',' && depth === 1) {
      args.push([]);
    } else {
      args.at(-1)?.push(token);
    }
  }
}

function ioctlNumber(state: State, direction: bigint, args: readonly string[]): bigint | undefined {
  const type = constantOf(state, args[0] ?? '', new Map());
  const nr = constantOf(state, args[1] ?? '', new Map());
  if (type === undefined || nr === undefined) {
    return undefined;
  }
  const size = direction === 0n ? 0n : SCALAR_SIZES[args[2]?.trim() ?? ''];
  if (size === undefined) {
    state.sized = false;
  }
  return (direction << IOC.directionShift) | ((size ?? 0n) << IOC.sizeShift) | (type << IOC.typeShift) | nr;
}
